"""System check: every address declares what it asks of its visitor."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from mainstay.register.requests import permission_of


def addresses(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """All address patterns with their views."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry.callback


@register(deploy=False)
def every_address_is_declared(**kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001  # the framework's signature
    return [
        Error(f"The address {address!r} does not declare who may come in.", id="web.E001")
        for address, view in addresses()
        if permission_of(view) is None
    ]
