"""The Django app of planning."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "mainstay.planning"
    label = "planning"

    def ready(self) -> None:
        # Imports here, because models exist only once the apps are loaded.
        from mainstay.planning.rules import activities_exist
        from mainstay.register import rules

        for key in ("planning.dependency", "planning.milestone"):
            rules.add(key, activities_exist)
