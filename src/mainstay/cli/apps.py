"""The Django app of cli."""

from django.apps import AppConfig


class CliConfig(AppConfig):
    name = "mainstay.cli"
    label = "cli"
