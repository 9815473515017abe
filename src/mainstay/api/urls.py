"""Addresses of the API, below the namespace `api`. The framework's views ask for a sign-in here, and each operation for its own right."""

from collections.abc import Iterable

from django.urls import URLPattern, URLResolver, include, path

from mainstay.api import documentation
from mainstay.api.service import service
from mainstay.register.requests import SIGNED_IN

Addresses = list[URLPattern | URLResolver]


def nested(patterns: Iterable[URLPattern | URLResolver], levels: int = 2) -> Addresses:
    """The same addresses below their first words: a request is compared with those of its own register, not with a thousand."""
    here: Addresses = []
    below: dict[str, list[URLPattern | URLResolver]] = {}
    for pattern in patterns:
        word, slash, rest = str(pattern.pattern).partition("/")
        if not (isinstance(pattern, URLPattern) and levels and slash and rest) or "<" in word:
            here.append(pattern)
            continue
        below.setdefault(word, []).append(path(rest, pattern.callback, pattern.default_args, pattern.name))
    return [*here, *(path(f"{word}/", include(nested(found, levels - 1))) for word, found in below.items())]


operations, _app, _namespace = service().urls
for pattern in operations:
    if isinstance(pattern, URLPattern):
        pattern.callback.permission = SIGNED_IN  # type: ignore[attr-defined]  # the declaration is the attribute

urlpatterns: Addresses = [
    path("openapi.json", documentation.openapi, name="openapi"),
    path("docs", documentation.page, name="docs"),
    *nested(operations),
]
