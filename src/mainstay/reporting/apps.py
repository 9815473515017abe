"""The Django app of reporting."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "mainstay.reporting"
    label = "reporting"
