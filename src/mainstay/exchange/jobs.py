"""The long work of imports: reading sent files, taking them in, clearing away what was left."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from mainstay.exchange import batch, inbox, uploads
from mainstay.exchange.batch import Batch
from mainstay.exchange.models import Stage, Upload
from mainstay.formats.errors import FormatError
from mainstay.jobs.kinds import job
from mainstay.jobs.progress import Progress
from mainstay.register.errors import ActionError, Invalid, Refused
from mainstay.register.history import Actor

MEMORY_MB = 3072
SECONDS = 900
TOLD = (FormatError, ActionError)


def opened(pk: int) -> tuple[Upload, Actor]:
    """The upload and who sent it, who must still be allowed in."""
    upload = Upload.objects.select_related("by", "into").get(pk=pk)
    if not upload.by.is_active:
        raise Refused("The account that sent these files may no longer sign in.")
    return upload, Actor(upload.by, "job")


def read(upload: Upload, actor: Actor, progress: Progress) -> Batch:
    into = upload.into.code if upload.into else None
    options = {"unversioned": upload.unversioned, "add": upload.additions}
    return batch.read(uploads.paths(upload), actor, into=into, register=upload.register or None, progress=progress, **options)


@job("exchange.read_files", limit_seconds=SECONDS, memory_mb=MEMORY_MB, retries=1, told=TOLD)
def read_files(progress: Progress, *, upload: int) -> dict[str, Any]:
    held, actor = opened(upload)
    found = read(held, actor, progress)
    Upload.objects.filter(pk=upload, stage=Stage.READING).update(found=batch.as_json(found), stage=Stage.READY)
    return {"url": uploads.address(held)}


@job("exchange.take_in", limit_seconds=SECONDS, memory_mb=MEMORY_MB, retries=1, told=TOLD)
def take_in(progress: Progress, *, upload: int) -> dict[str, Any]:
    """Read again in the same limited process, then write everything in one transaction."""
    held, actor = opened(upload)
    found = read(held, actor, progress)
    told = batch.as_json(found)
    batch.place(found, held.places, actor)
    refuse_unlooked(held, found, told)
    result: dict[str, Any] = {"url": uploads.address(held)}
    with progress.once() as applied:
        counts = batch.take_in(found, actor)
        Upload.objects.filter(pk=upload).update(stage=Stage.TAKEN, taken=counts)
        applied.keep(result)
    uploads.clear(held)
    return result


def refuse_unlooked(held: Upload, found: Batch, told: dict[str, Any]) -> None:
    """A plan that something stands against is taken in only where somebody has said so; the page then shows what it is."""
    against = batch.unaccepted(found)
    if not against:
        return
    placed = {number: row for number, row in enumerate(told["plans"]) if held.places.get(str(number), row["initiative"])}
    for number, row in zip(placed, batch.as_json(found)["plans"], strict=True):
        told["plans"][number] = row
    Upload.objects.filter(pk=held.pk).update(found=told)
    raise Invalid({"files": [_("Nothing was taken in. %(against)s") % {"against": " ".join(against)}]})


@job("exchange.collect", every=timedelta(minutes=2), limit_seconds=SECONDS, memory_mb=MEMORY_MB, retries=0, told=TOLD)
def collect(progress: Progress) -> dict[str, Any]:
    """What other systems laid into the watched folder."""
    progress.check_cancelled()
    told = inbox.collect()
    return {"taken": sum(not one.reasons for one in told), "refused": [f"{one.code}/{one.name}" for one in told if one.reasons]}


@job("exchange.clear_old", every=timedelta(hours=6))
def clear_old(progress: Progress) -> dict[str, Any]:
    progress.check_cancelled()
    return {"cleared": uploads.clear_old()}
