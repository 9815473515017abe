"""Where a request comes from, as far as it can be believed."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The caller's network address; behind our own proxy the one that the proxy has added, which no caller can write itself."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER is None:
        return direct[:45]
    told = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return (told or direct)[:45]
