"""Who comes in: a token in the header, or the session of a browser, which then shows its form token for every write."""

import math
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer, SessionAuth

from mainstay.accounts import rates, tokens
from mainstay.accounts.addresses import address_of
from mainstay.accounts.models import Account
from mainstay.api.refusals import Forbidden, TooMany, Unknown
from mainstay.register.history import Actor
from mainstay.register.requests import actor_of

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class BearerToken(HttpBearer):
    """`Authorization: Bearer mainstay_…`. A token that is wrong is refused at once; no session stands in for it."""

    def __call__(self, request: HttpRequest) -> Any:
        if "Authorization" not in request.headers:
            return None
        found = super().__call__(request)
        if found is None:
            raise Unknown(_("This token is unknown, has expired or was revoked. Make a new one under Settings."))
        return found

    def authenticate(self, request: HttpRequest, token: str) -> Account | None:
        try:
            held = tokens.holder(token, address_of(request))
        except tokens.TooManyGuesses:
            raise TooMany(_("Too many wrong tokens have come from this address. Try again in five minutes."), 300) from None
        if held is None:
            return None
        request.actor = Actor(held.account, "api", actor_of(request).request_id)  # type: ignore[attr-defined]  # read by every operation
        limit(held.account)
        if not held.may_write and request.method not in SAFE:
            raise Forbidden(_("This token may only read. Make one that may write under Settings."))
        return held.account


class BrowserSession(SessionAuth):
    """The session cookie of a signed-in browser; a write must also carry the form token in `X-CSRFToken`."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Account | None:
        account = actor_of(request).account
        if account is not None:
            limit(account)
        return account


def limit(account: Account) -> None:
    wait = rates.wait(account.pk)
    if wait:
        raise TooMany(_("Too many requests. Wait a moment, then go on more slowly."), math.ceil(wait))
