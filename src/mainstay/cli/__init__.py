"""The face on the command line: the `mainstay` command."""
