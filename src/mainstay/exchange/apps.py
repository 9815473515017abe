"""The Django app of exchange."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "mainstay.exchange"
    label = "exchange"

    def ready(self) -> None:
        from mainstay.register.menu import register_page  # the menu's package needs the apps loaded

        register_page("web", _("Import"), "exchange.imports", permission="planning.plan:import", key="u", order=20)
        register_page("web", _("Jobs"), "web.jobs", order=30)
