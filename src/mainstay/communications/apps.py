"""The Django app of communications."""

from django.apps import AppConfig


class CommunicationsConfig(AppConfig):
    name = "mainstay.communications"
    label = "communications"
