"""The Django app of communications."""

from django.apps import AppConfig


class CommunicationsConfig(AppConfig):
    name = "mainstay.communications"
    label = "communications"

    def ready(self) -> None:
        # Imports here, because models exist only once the apps are loaded.
        from mainstay.communications import panels
        from mainstay.register import panels as register_panels

        register_panels.add("communications.meeting", panels.business, order=10)
