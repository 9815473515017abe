"""Who may sign in: accounts, passwords, sessions, guesses. No roles: those are held in initiatives."""
