"""Mainstay: the platform that a programme or project management office runs on."""
