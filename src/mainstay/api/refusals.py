"""What the API answers when it does nothing: one sentence and the right status, as problem+json. Refused writes go into the history."""

import json
import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from mainstay.api import records
from mainstay.register.actions import InvalidRows
from mainstay.register.errors import Frozen, Invalid, NotFound, Refused, Stale
from mainstay.register.history import Event, record_event
from mainstay.register.problems import problem
from mainstay.register.requests import actor_of
from mainstay.register.spec import register_of

log = logging.getLogger("mainstay.security")
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="mainstay"'}


class Unreadable(Exception):  # reads as a sentence where it is caught
    """The request cannot be read: broken JSON, a parameter that does not exist."""


class Unknown(Exception):  # the same
    """Nobody knows who asks."""


class Forbidden(Exception):  # the same
    """Known, but not with this token."""


class TooMany(Exception):  # the same
    """Too fast, or too many guesses; says when to come back."""

    def __init__(self, text: str, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(text)


def missing(request: HttpRequest, _fault: Exception) -> JsonResponse:
    note(request)
    return problem(404, str(NotFound()))


def refused(request: HttpRequest, fault: Exception) -> JsonResponse:
    note(request)
    return problem(403, str(fault))


def invalid(_request: HttpRequest, fault: Invalid) -> JsonResponse:
    if isinstance(fault, InvalidRows):
        rows = [{"row": number, "errors": named(errors)} for number, errors in sorted(fault.rows.items())]
        return problem(422, _("Nothing was written: %(count)s of the rows cannot be used.") % {"count": len(rows)}, rows=rows)
    return problem(422, _("Nothing was written: something that was sent cannot be used."), errors=named(fault.errors))


def named(errors: dict[str, list[str]]) -> dict[str, list[str]]:
    """Faults by field; those of the whole record under `record`."""
    return {("record" if name == "__all__" else name): texts for name, texts in errors.items()}


def stale(request: HttpRequest, fault: Stale) -> JsonResponse:
    """What stands now comes with the answer, as far as the writer may see it, which the gate has found out before."""
    register = register_of(type(fault.record))
    current = records.one(register, actor_of(request).account, fault.record) if register else None
    return problem(409, str(fault), current=current)


def frozen(_request: HttpRequest, fault: Exception) -> JsonResponse:
    return problem(409, str(fault))


def unreadable(_request: HttpRequest, fault: Exception) -> JsonResponse:
    return problem(400, str(fault))


def too_large(_request: HttpRequest, _fault: Exception) -> JsonResponse:
    return problem(413, _("The request is too large. Send it in parts."))


def broken_off(_request: HttpRequest, _fault: Exception) -> JsonResponse:
    return problem(400, _("The request broke off before its end. Send it again."))


def unknown(_request: HttpRequest, fault: Exception) -> JsonResponse:
    text = str(fault) if isinstance(fault, Unknown) else _("Say who you are: send a token as Authorization: Bearer, or sign in.")
    return problem(401, text, headers=CHALLENGE)


def too_many(_request: HttpRequest, fault: TooMany) -> JsonResponse:
    return problem(429, str(fault), headers={"Retry-After": str(fault.seconds)})


def form_token(request: HttpRequest, fault: HttpError) -> JsonResponse:
    if fault.status_code == 403:
        note(request)
        return problem(403, _("A write from a browser must carry its form token in X-CSRFToken and come from this site."))
    return problem(fault.status_code, str(fault))


def unfitting(_request: HttpRequest, fault: ValidationError) -> JsonResponse:
    errors: dict[str, Any] = {str(error["loc"][-1]): [str(error["msg"])] for error in fault.errors}
    return problem(422, _("A part of the address cannot be used."), errors=errors)


def busy(_request: HttpRequest, fault: Exception) -> JsonResponse:
    log.error("database: %s", fault)
    return problem(503, _("The database is busy or cannot be reached. Nothing was changed. Try again."), headers={"Retry-After": "5"})


def note(request: HttpRequest) -> None:
    """A denied write is an event of its own."""
    if request.method in ("GET", "HEAD"):
        return
    actor = actor_of(request)
    log.warning("refused %s", json.dumps(f"{request.method} {request.path}"))
    reason = f"{request.method} {request.path}"[:500]
    record_event(Event("accounts.account", "refused", actor.account.pk if actor.account else None, reason=reason), actor)


HANDLERS: tuple[tuple[type[Exception], Any], ...] = (
    (NotFound, missing),
    (Http404, missing),
    (Refused, refused),
    (Forbidden, refused),
    (Invalid, invalid),
    (Stale, stale),
    (Frozen, frozen),
    (Unreadable, unreadable),
    (RequestDataTooBig, too_large),
    (UnreadablePostError, broken_off),
    (Unknown, unknown),
    (AuthenticationError, unknown),
    (TooMany, too_many),
    (HttpError, form_token),
    (ValidationError, unfitting),
    (OperationalError, busy),
)


def handle(api: NinjaAPI) -> None:
    for kind, handler in HANDLERS:
        api.add_exception_handler(kind, handler)
