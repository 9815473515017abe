"""The Django app of forecasts."""

from django.apps import AppConfig


class ForecastsConfig(AppConfig):
    name = "mainstay.forecasts"
    label = "forecasts"
