"""Workbooks that were sent for a commission: kept in a folder until a job has loaded them, and what became of each."""

import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.accounts.models import Account
from mainstay.jobs import work
from mainstay.jobs.models import Job, State
from mainstay.register.errors import Invalid
from mainstay.register.history import Actor
from mainstay.reporting.commission.model import Commission
from mainstay.reporting.cycle.workbook.loading import LIMITS

KEEP = timedelta(days=2)
MOST_FILES = 100
LONGEST_NAME = 200
KIND = "reporting.load_workbooks"
Files = Sequence["UploadedFile[Any]"]


def folder(name: str) -> Path:
    return Path(settings.HOME) / "workbooks" / name


def refuse(files: Files) -> None:
    """What can be said before anything is kept."""
    if not files:
        raise Invalid({"files": [_("Choose at least one workbook.")]})
    if len(files) > MOST_FILES:
        told = _("These are %(count)d files. Load at most %(most)d at once.") % {"count": len(files), "most": MOST_FILES}
        raise Invalid({"files": [told]})
    for file in files:
        if (file.size or 0) > LIMITS.file_mb * 1_000_000:
            told = _("%(name)s is larger than %(most)d MB, and a return is not. Choose the workbook of the return.")
            raise Invalid({"files": [told % {"name": tidy(file.name), "most": LIMITS.file_mb}]})


def tidy(name: str | None) -> str:
    """A file's name without folders or what cannot be printed."""
    kept = "".join(letter for letter in PurePath((name or "").replace("\\", "/")).name if letter.isprintable())
    return kept[-LONGEST_NAME:] or _("unnamed")


def keep(files: Files, place: Path) -> list[tuple[Path, str]]:
    """The files in a folder of their own, each with the name it came by."""
    place.mkdir(parents=True, mode=0o700)
    kept = []
    for number, file in enumerate(files):
        with (place / str(number)).open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        kept.append((place / str(number), tidy(file.name)))
    return kept


def key_of(name: str) -> str:
    """The key of the job that loads a folder, by which its result is found."""
    return f"{KIND} {name}"


def told_of(name: str, account: Account | None) -> list[dict[str, Any]]:
    """What became of each file of a folder; nothing where it is not this account's."""
    found = work.visible_to(account).filter(key=key_of(name), state=State.DONE).first() if name else None
    return list(found.result.get("files", [])) if found else []


def receive(files: Files, commission: Commission, actor: Actor, *, send: bool) -> Job:
    """Keep the files and have them loaded; the job's page leads to what became of them."""
    refuse(files)
    name = get_random_string(24)
    kept = keep(files, folder(name))
    told = {"folder": name, "names": [each for _path, each in kept], "commission": commission.pk, "send": send}
    title = ngettext("Loading %(count)d workbook", "Loading %(count)d workbooks", len(kept)) % {"count": len(kept)}
    return work.start(
        KIND, {**told, "account": actor.account.pk if actor.account else None}, by=actor.account, title=title, key=key_of(name)
    )


def clear(name: str) -> None:
    shutil.rmtree(folder(name), ignore_errors=True)


def clear_old() -> int:
    """Folders that a job has left behind because it was stopped."""
    home, count = folder(""), 0
    for place in home.iterdir() if home.exists() else ():
        if timezone.now().timestamp() - place.stat().st_mtime > KEEP.total_seconds():
            shutil.rmtree(place, ignore_errors=True)
            count += 1
    return count
