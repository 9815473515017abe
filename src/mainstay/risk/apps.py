"""The Django app of risk: its page in the navigation and on the page of an initiative."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RiskConfig(AppConfig):
    name = "mainstay.risk"
    label = "risk"

    def ready(self) -> None:
        # Imports here, because models exist only once the apps are loaded.
        from mainstay.register import panels as register_panels
        from mainstay.register.menu import register_page
        from mainstay.risk import panels

        register_page("risk", _("Heat map"), "risk.heat_maps", permission="risk.risk:view", order=60)
        register_panels.add("initiatives.initiative", panels.exposure, order=40)
