"""The Django app of the web face."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "mainstay.web"
    label = "web"

    def ready(self) -> None:
        # The import registers the checks; it needs the apps to be loaded.
        from mainstay.web import checks as _checks  # noqa: F401
