"""The Django app of organisation."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "mainstay.organisation"
    label = "organisation"
