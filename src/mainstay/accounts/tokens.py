"""Tokens for programs: made, shown once, looked up by digest, revoked. Wrong ones are counted like wrong passwords."""

import hashlib
import re
import secrets
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from mainstay.accounts import guesses
from mainstay.accounts.models import Account, Token

PREFIX = "mainstay"
FORM = re.compile(r"mainstay_([a-z0-9]{12})_([A-Za-z0-9_-]{43})")
LONGEST_DAYS = 366
MOST_LIVE = 20
USED_EVERY = timedelta(minutes=1)
"""How exactly the last use is kept; a row written on each request would slow all of them."""


class TooManyGuesses(Exception):  # reads as a sentence where it is caught
    """Too many wrong tokens have come from this address; even a right one waits."""


class TooManyTokens(Exception):  # the same
    """The account has as many live tokens as anybody needs."""


def digest_of(secret: str) -> str:
    """The secret has 256 random bits, so that a plain digest cannot be turned back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def make(account: Account, name: str, *, may_write: bool, days: int) -> tuple[Token, str]:
    """A new token and the text that is shown this once."""
    if not 1 <= days <= LONGEST_DAYS:
        raise ValueError(f"A token holds for 1 to {LONGEST_DAYS} days.")
    if live(account).count() >= MOST_LIVE:
        raise TooManyTokens
    part, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    made = Token.objects.create(
        account=account,
        name=name.strip()[:60],
        name_part=part,
        digest=digest_of(secret),
        may_write=may_write,
        expires_at=timezone.now() + timedelta(days=days),
    )
    return made, f"{PREFIX}_{part}_{secret}"


def live(account: Account) -> QuerySet[Token]:
    return Token.objects.filter(account=account, revoked_at__isnull=True, expires_at__gt=timezone.now())


def revoke(token: Token) -> None:
    """From the next request on it opens nothing."""
    Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())


def holder(text: str, address: str) -> Token | None:
    """The live token that `text` is, of an account that may sign in; `TooManyGuesses` where this address has guessed too often."""
    if not guesses.may_try("token", address):
        raise TooManyGuesses
    found = look_up(text)
    if found is None:
        guesses.failed("token", address)
        return None
    now = timezone.now()
    if found.last_used_at is None or now - found.last_used_at > USED_EVERY:
        Token.objects.filter(pk=found.pk).update(last_used_at=now)
    return found


def look_up(text: str) -> Token | None:
    match = FORM.fullmatch(text)
    if match is None:
        return None
    part, secret = match.groups()
    found = Token.objects.select_related("account").filter(name_part=part).first()
    if found is None or not secrets.compare_digest(found.digest, digest_of(secret)):
        return None
    return found if found.is_live and found.account.is_active else None
