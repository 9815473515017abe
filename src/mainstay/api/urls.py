"""Addresses of the API. The framework's views ask for a sign-in here, and each operation for its own right."""

from django.urls import URLPattern, URLResolver, path

from mainstay.api import documentation
from mainstay.api.service import service
from mainstay.register.requests import SIGNED_IN

operations = service().urls
for pattern in operations[0]:
    if isinstance(pattern, URLPattern):
        pattern.callback.permission = SIGNED_IN  # type: ignore[attr-defined]  # the declaration is the attribute

urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", documentation.openapi, name="api.openapi"),
    path("docs", documentation.page, name="api.docs"),
    path("", operations),
]
