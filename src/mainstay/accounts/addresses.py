"""Where a request comes from, as far as it can be believed."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The caller's network address. Behind our own proxy it is the last one that the proxy has added; what a caller writes itself counts for nothing."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER is None:
        return direct[:45]
    told = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return (told or direct)[:45]
