"""Where a dependency is read, as mail tells it."""

from typing import Any

from django.conf import settings
from django.urls import reverse


def address(record: Any) -> str:
    return f"{settings.PUBLIC_URL}{reverse('planning.dependency.detail', args=[record.pk])}"
