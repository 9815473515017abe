"""Signed links: what opens one record to one person without an account. The packages that have them say what they are bound to."""

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from mainstay.accounts import guesses
from mainstay.accounts.tokens import TooManyGuesses

FORM = re.compile(r"([0-9a-f]{24})\.([A-Za-z0-9_-]{43})")
FACTOR = "link"
SEEN_EVERY = timedelta(minutes=1)


def new_handle() -> str:
    return secrets.token_hex(12)


class SignedLink(models.Model):
    """What the signature of a link is bound to. The link itself is not kept: it follows from this row and the installation's key."""

    handle = models.CharField(max_length=24, unique=True)
    """96 random bits by which the row is found; they tell nothing of the record."""
    expires_on = models.DateField()
    """Its last day."""
    made_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True)
    """When a person was last seen to use it; that a program fetched the page does not count."""
    withdrawn_at = models.DateTimeField(null=True)

    PURPOSE: ClassVar[str]
    """What the signature is for: that of another purpose opens nothing here."""
    PAGE: ClassVar[str]
    """The name of the address that it opens."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.handle

    def bound(self) -> Sequence[object]:
        """What else the signature holds for: where one of these is another, it is not the signature any more."""
        raise NotImplementedError

    @property
    def signature(self) -> str:
        held = [self.handle, *self.bound(), self.expires_on.isoformat()]
        digest = salted_hmac(self.PURPOSE, "\n".join(map(str, held)), algorithm="sha256").digest()
        return urlsafe_b64encode(digest).rstrip(b"=").decode()

    @property
    def address(self) -> str:
        return f"{settings.PUBLIC_URL}{reverse(self.PAGE, args=[f'{self.handle}.{self.signature}'])}"

    @property
    def has_run_out(self) -> bool:
        return timezone.localdate() > self.expires_on


Link = TypeVar("Link", bound=SignedLink)


def opened(rows: models.QuerySet[Link], text: str, caller: str, why_dead: Callable[[Link], str]) -> Link | None:
    """The live link among `rows` that `text` is.

    Raises
    ------
    TooManyGuesses
        Where `caller`, a network address, has sent too many that were never made.
    """
    if not guesses.may_try(FACTOR, caller):
        raise TooManyGuesses
    found = look_up(rows, text)
    if found is None:
        guesses.failed(FACTOR, caller)
        return None
    return None if why_dead(found) else found


def look_up(rows: models.QuerySet[Link], text: str) -> Link | None:
    """The link whose signature this is, live or not."""
    match = FORM.fullmatch(text)
    if match is None:
        return None
    handle, given = match.groups()
    found = rows.filter(handle=handle).first()
    return found if found is not None and hmac.compare_digest(found.signature, given) else None


def end(rows: models.QuerySet[Any]) -> int:
    """From the next request on they open nothing; how many were live."""
    return rows.filter(withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())


def seen(link: SignedLink) -> None:
    """A person uses it now."""
    now = timezone.now()
    if link.opened_at is None or now - link.opened_at > SEEN_EVERY:
        type(link)._default_manager.filter(pk=link.pk).update(opened_at=now)
