"""What happens around every request: headers, who asks, who may come in, and plain words for what was refused."""

import logging
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.register.errors import ActionError, Frozen, Invalid, NotFound, Refused, Stale
from mainstay.register.history import Actor, Event, record_event
from mainstay.register.problems import problem
from mainstay.register.requests import ADMINISTRATOR, PUBLIC, actor_of, permission_of
from mainstay.web import errors
from mainstay.web.logs import without_secrets

log = logging.getLogger("mainstay.security")
Respond = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
STATUS = {NotFound: 404, Refused: 403, Invalid: 422, Stale: 409, Frozen: 409}


class SecurityHeaders:
    """The same headers on every answer; nothing that an account sees is kept by a cache."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("X-Frame-Options", "DENY")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers["Cache-Control"] = "no-store"
        return response


class RequestContext:
    """Names the request and its actor, and lets nobody in where nothing says so."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user if isinstance(request.user, Account) and request.user.is_active else None
        channel = "api" if request.path.startswith("/api/") else "page"
        request.actor = Actor(account, channel, str(uuid.uuid4()))  # type: ignore[attr-defined]  # read by every view
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:  # the framework's signature
        permission = permission_of(view)
        if permission == PUBLIC:
            return None
        account = actor_of(request).account
        if account is None:
            if request.path.startswith("/api/"):
                return None  # the API answers 401 itself, after looking for a token
            return redirect_to_login(request.get_full_path(), reverse("web.login"))
        if permission is None or (permission == ADMINISTRATOR and not account.is_administrator):
            return errors.not_found(request)
        return None


class Refusals:
    """A write that did not happen becomes the right status and a sentence; denied writes go into the history."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ActionError):
            return None
        status = STATUS.get(type(exception), 422 if isinstance(exception, Invalid) else 400)
        if status in (403, 404) and request.method not in ("GET", "HEAD"):
            actor = actor_of(request)
            log.warning("refused %s %s", request.method, request.path)
            record_event(
                Event(
                    "accounts.account",
                    "refused",
                    actor.account.pk if actor.account else None,
                    reason=without_secrets(f"{request.method} {request.path}")[:500],
                ),
                actor,
            )
        if request.path.startswith("/api/"):
            return problem(status, str(exception))
        return errors.page(request, status, str(exception))
