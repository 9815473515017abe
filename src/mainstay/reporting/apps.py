"""The Django app of reporting: it knows the snapshots that “seen as at” offers."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "mainstay.reporting"
    label = "reporting"

    def ready(self) -> None:
        # Imports here, because models exist only once the apps are loaded.
        from mainstay.register.asat import use_snapshots
        from mainstay.reporting.providing import FrozenSnapshots

        use_snapshots(FrozenSnapshots())
