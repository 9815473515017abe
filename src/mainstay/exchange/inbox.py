"""The watched folder: plans and tables that other systems lay down, taken in without anybody at a page.

`INBOX/SCR-HB/plan.mpp` is for the initiative SCR-HB. What is taken in moves to `INBOX/SCR-HB/taken`, what is not to `refused`, with the
reasons in a text file of the same name; nothing is ever deleted, and nothing that a person would have to look at is taken in.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.exchange import batch, uploads
from mainstay.register.errors import ActionError, Invalid
from mainstay.register.history import Actor

TAKEN, REFUSED = "taken", "refused"
AT_REST_SECONDS = 20
"""A file that has not been written to for so long is whole."""
MOST_AT_ONCE = 50
LEFT_ALONE = (".part", ".tmp", ".crdownload", ".filepart")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; no reasons where it was taken in."""

    code: str
    name: str
    reasons: tuple[str, ...] = ()


def collect(now: float | None = None) -> list[Outcome]:
    """Take in what lies in the folder and is whole. Each file on its own: one that is refused keeps no other out."""
    if settings.INBOX is None:
        return []
    account = Account.objects.filter(email=settings.INBOX_ACCOUNT, is_active=True).first()
    if account is None:
        raise Invalid({"account": [_("MAINSTAY_INBOX_AS names %(email)s, which may not sign in.") % {"email": settings.INBOX_ACCOUNT}]})
    moment = time.time() if now is None else now
    return [take(path, Actor(account, "folder")) for path in list(arrived(settings.INBOX, moment))[:MOST_AT_ONCE]]


def arrived(inbox: Path, now: float) -> Iterator[Path]:
    """The whole files, the oldest first. Links are not followed: they may lead anywhere."""
    folders = [place for place in inbox.iterdir() if place.is_dir() and not place.is_symlink()] if inbox.is_dir() else []
    files = [path for place in folders for path in place.iterdir() if path.is_file() and not path.is_symlink()]
    aged = [(path.stat().st_mtime, path) for path in files if not path.name.startswith((".", "~$")) and path.suffix not in LEFT_ALONE]
    for changed, path in sorted(aged):
        if now - changed >= AT_REST_SECONDS:
            yield path


def take(path: Path, actor: Actor) -> Outcome:
    """One file, taken in or refused, and moved. After a crash in between, the same plan comes once more and is still one version."""
    code = path.parent.name
    try:
        reasons = take_in(path, code, actor)
    except Invalid as fault:
        reasons = tuple(text for texts in fault.errors.values() for text in texts)
    except ActionError as fault:
        reasons = (str(fault),)
    put_away(path, reasons)
    return Outcome(code, path.name, reasons)


def take_in(path: Path, code: str, actor: Actor) -> tuple[str, ...]:
    """The reasons why not; empty where it was taken in."""
    if path.stat().st_size > settings.UPLOAD_LIMIT_BYTES:
        return (_("It is larger than %(most)d MB.") % {"most": settings.UPLOAD_LIMIT_BYTES // 1_000_000},)
    name = uploads.tidy(path.name)
    found = batch.read([(path, name)], actor, into=code)
    reasons = (*found.faults.values(), *found.problems, *batch.unaccepted(found))
    if reasons:
        return reasons
    batch.take_in(found, actor)
    return ()


def put_away(path: Path, reasons: tuple[str, ...]) -> None:
    """Beside the others of its kind, under its name and the moment; the reasons as a text file."""
    place = path.parent / (REFUSED if reasons else TAKEN)
    place.mkdir(exist_ok=True)
    moved = place / f"{timezone.localtime():%Y-%m-%d %H%M%S} {path.name}"
    path.rename(moved)
    if reasons:
        lines = [_("%(name)s was not taken in:") % {"name": path.name}, *(f"- {reason}" for reason in reasons)]
        moved.with_name(f"{moved.name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
