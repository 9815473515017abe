"""The face in the browser: shell, sign-in, home, search, help."""
