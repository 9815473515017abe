"""A session ends after 30 idle minutes, after 12 hours, and at once when its account is switched off."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class SessionLimits:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(timezone.now().timestamp())
            started = request.session.setdefault("started", now)
            seen = request.session.get("seen", now)
            if now - seen > settings.SESSION_IDLE_SECONDS or now - started > settings.SESSION_COOKIE_AGE:
                logout(request)
            elif now - seen > 60 or "seen" not in request.session:
                # Once a minute is exact enough and keeps reading pages from writing on every request.
                request.session["seen"] = now
        return self.get_response(request)
