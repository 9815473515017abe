"""The Django app of exchange."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "mainstay.exchange"
    label = "exchange"
