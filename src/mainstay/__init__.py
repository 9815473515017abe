"""Mainstay: the platform that a programme or project management office runs on."""

from importlib.metadata import version

__version__ = version("mainstay")
