"""The Django app of forecasts: its page in the navigation and on the page of an initiative."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForecastsConfig(AppConfig):
    name = "mainstay.forecasts"
    label = "forecasts"

    def ready(self) -> None:
        # Imports here, because models exist only once the apps are loaded.
        from mainstay.forecasts import panels
        from mainstay.register import panels as register_panels
        from mainstay.register.menu import register_page

        register_page("forecasts", _("Forecast"), "forecasts.forecasts", permission="forecasts.run:view", key="f", order=10)
        register_panels.add("initiatives.initiative", panels.latest, order=30)
        register_panels.add("forecasts.run", panels.of_run, order=10)
