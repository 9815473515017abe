"""How the parts are put together: settings, URLs, the server's entry point."""
