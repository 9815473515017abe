"""The Django app of risk."""

from django.apps import AppConfig


class RiskConfig(AppConfig):
    name = "mainstay.risk"
    label = "risk"
