"""The Django app of the web face."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "mainstay.web"
    label = "web"

    def ready(self) -> None:
        # The imports need the apps to be loaded; that of the checks registers them.
        from mainstay.register.menu import register_page
        from mainstay.web import checks as _checks  # noqa: F401

        register_page("exchange", _("Messages"), "web.messages", permission="administrator", order=95)
