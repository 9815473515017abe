"""The Django app of planning."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "mainstay.planning"
    label = "planning"
