"""Files on their way in: kept in a folder of their own, read by a job, taken in by another, and cleared away afterwards."""

import shutil
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.exchange.models import Stage, Upload
from mainstay.initiatives.models import Initiative
from mainstay.jobs import work
from mainstay.jobs.models import Job
from mainstay.register.errors import Invalid
from mainstay.register.history import Actor

KEEP = timedelta(days=2)
MOST_FILES = 50
LONGEST_NAME = 200
OPEN = (Stage.READING, Stage.READY)


def folder(upload: Upload) -> Path:
    return Path(settings.HOME) / "uploads" / str(upload.pk)


def address(upload: Upload) -> str:
    """The page of the import."""
    return reverse("exchange.import", args=[upload.pk])


def paths(upload: Upload) -> list[tuple[Path, str]]:
    """The kept files with the names they came by."""
    return [(folder(upload) / str(number), name) for number, name in enumerate(upload.names)]


def receive(
    files: "Sequence[UploadedFile[Any]]",
    actor: Actor,
    into: Initiative | None,
    register: str = "",
    *,
    unversioned: bool = False,
    additions: bool = False,
) -> Upload:
    """Keep the files and have them read; the job's page leads to what they hold."""
    refuse(files)
    assert actor.account is not None  # noqa: S101 (the page asks for a signed-in account)
    upload = Upload.objects.create(
        by=actor.account,
        into=into,
        register=register,
        unversioned=unversioned,
        additions=additions,
        names=list(map(tidy, (file.name for file in files))),
    )
    keep(upload, files)
    return read(upload)


def read(upload: Upload) -> Upload:
    """Have the kept files read."""
    count = len(upload.names)
    title = _("Reading %(name)s") % {"name": upload.names[0]} if count == 1 else _("Reading %(count)d files") % {"count": count}
    upload.job = work.start("exchange.read_files", {"upload": upload.pk}, by=upload.by, title=title, url=address(upload))
    upload.save(update_fields=["job"])
    return upload


def read_again(upload: Upload, *, unversioned: bool, additions: bool) -> Upload:
    """Have the files read once more with other options, while they are still to be checked."""
    changed = Upload.objects.filter(pk=upload.pk, stage=Stage.READY)
    if changed.update(stage=Stage.READING, unversioned=unversioned, additions=additions):
        upload.refresh_from_db()
        return read(upload)
    return upload


def refuse(files: "Sequence[UploadedFile[Any]]") -> None:
    """What can be said before anything is kept."""
    if not files:
        raise Invalid({"files": [_("Choose at least one file.")]})
    if len(files) > MOST_FILES:
        raise Invalid(
            {"files": [_("These are %(count)d files. Send at most %(most)d at once.") % {"count": len(files), "most": MOST_FILES}]}
        )
    large = [file.name for file in files if (file.size or 0) > settings.UPLOAD_LIMIT_BYTES]
    if large:
        most = settings.UPLOAD_LIMIT_BYTES // 1_000_000
        raise Invalid({"files": [_("%(name)s is larger than %(most)d MB. Split it.") % {"name": large[0], "most": most}]})


def tidy(name: str | None) -> str:
    """A file's name without folders or what cannot be printed."""
    kept = "".join(letter for letter in PurePath((name or "").replace("\\", "/")).name if letter.isprintable())
    return kept[-LONGEST_NAME:] or _("unnamed")


def keep(upload: Upload, files: "Iterable[UploadedFile[Any]]") -> None:
    place = folder(upload)
    place.mkdir(parents=True, mode=0o700)
    for number, file in enumerate(files):
        with (place / str(number)).open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)


def confirm(upload: Upload, places: dict[str, str], actor: Actor) -> Job:
    """Have the files taken in, all or none. Sent twice, it is done once."""
    Upload.objects.filter(pk=upload.pk).update(places=places)
    title = _("Taking in %(what)s") % {"what": upload}
    key = f"exchange.take_in {upload.pk}"
    upload.job = work.start("exchange.take_in", {"upload": upload.pk}, by=actor.account, title=title, key=key, url=address(upload))
    upload.save(update_fields=["job"])
    return upload.job


def discard(upload: Upload) -> None:
    if Upload.objects.filter(pk=upload.pk, stage__in=OPEN).update(stage=Stage.DISCARDED, found={}):
        clear(upload)


def clear(upload: Upload) -> None:
    shutil.rmtree(folder(upload), ignore_errors=True)


def clear_old() -> int:
    """Discard what nobody came back for, and folders that belong to nothing any more."""
    old = list(Upload.objects.filter(stage__in=OPEN, at__lt=timezone.now() - KEEP))
    for upload in old:
        discard(upload)
    home = Path(settings.HOME) / "uploads"
    kept = {str(pk) for pk in Upload.objects.filter(stage__in=OPEN).values_list("pk", flat=True)}
    for place in home.iterdir() if home.exists() else ():
        if place.name not in kept and timezone.now().timestamp() - place.stat().st_mtime > KEEP.total_seconds():
            shutil.rmtree(place, ignore_errors=True)
    return len(old)
