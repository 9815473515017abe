"""The Django app of jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "mainstay.jobs"
    label = "jobs"
