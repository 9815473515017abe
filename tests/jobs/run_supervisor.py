"""Starts the real supervisor with the tests' kinds of work; run as a process by the tests."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mainstay.project.settings")
django.setup()

from mainstay.jobs.supervisor import Supervisor  # noqa: E402  # models need the set-up above
from tests.jobs import sample_work  # noqa: E402, F401  # declares the kinds

if __name__ == "__main__":
    Supervisor(2).run()
