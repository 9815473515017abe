"""Where an account is signed in: one row for each open session, shown to its owner, who may end it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from mainstay.accounts.addresses import address_of
from mainstay.accounts.models import Account, SignIn

BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS X": "macOS", "Linux": "Linux"}
"""Marks in what a browser sends, the telling ones first: most name their forebears, too."""


@dataclass(frozen=True, slots=True)
class Open:
    """One session that still holds, as its owner sees it."""

    id: int
    browser: str
    address: str
    started_at: datetime
    seen_at: datetime
    is_here: bool


def began(request: HttpRequest, account: Account) -> None:
    """Called once the session has its key; what is left of sessions that are over goes at the same time."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    SignIn.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    browser = browser_of(request.headers.get("User-Agent", ""))
    SignIn.objects.create(account=account, session_key=request.session.session_key or "", address=address_of(request), browser=browser)


def moved(account: Account, before: str | None, now: str | None) -> None:
    """The session goes on under another key, as after a new password."""
    SignIn.objects.filter(account=account, session_key=before).update(session_key=now)


def browser_of(agent: str) -> str:
    """Browser and system in two words; "" where the browser does not say."""
    found = [next((name for mark, name in marks.items() if mark in agent), "") for marks in (BROWSERS, SYSTEMS)]
    return ", ".join(word for word in found if word)


def open_of(account: Account, here: str | None) -> list[Open]:
    """The sessions that would be let in now, the latest first."""
    rows = {row.session_key: row for row in SignIn.objects.filter(account=account)}
    now, found = timezone.now(), []
    for session in Session.objects.filter(session_key__in=rows, expire_date__gt=now):
        row, seen = rows[session.session_key], session.get_decoded().get("seen")
        seen_at = datetime.fromtimestamp(seen, UTC) if isinstance(seen, int) else row.started_at
        if now - seen_at <= timedelta(seconds=settings.SESSION_IDLE_SECONDS):
            found.append(Open(row.pk, row.browser, row.address, row.started_at, seen_at, row.session_key == here))
    return sorted(found, key=lambda each: each.id, reverse=True)


def end(account: Account, pk: int) -> bool:
    """Whether there was such a session of this account; from the next request on it opens nothing."""
    key = SignIn.objects.filter(account=account, pk=pk).values_list("session_key", flat=True).first()
    return key is not None and delete([key]) > 0


def end_others(account: Account, here: str | None) -> int:
    """Ends all sessions of the account but the one that asks; how many there were."""
    return delete(list(SignIn.objects.filter(account=account).exclude(session_key=here).values_list("session_key", flat=True)))


def delete(keys: list[str]) -> int:
    SignIn.objects.filter(session_key__in=keys).delete()
    return Session.objects.filter(session_key__in=keys).delete()[0]
