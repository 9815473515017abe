"""The long work of reporting: the workbooks of many returns; and the recurring: the chase, and clearing away what was left."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.jobs.kinds import job
from mainstay.jobs.progress import Progress
from mainstay.register.access import visible_to
from mainstay.register.errors import ActionError, NotFound, Refused
from mainstay.register.history import Actor
from mainstay.reporting.commission.register import CommissionRegister
from mainstay.reporting.cycle import chase
from mainstay.reporting.cycle.workbook import uploads
from mainstay.reporting.cycle.workbook.loading import load_files
from mainstay.reporting.distribution import delivering
from mainstay.reporting.portfolio import arriving


@job(uploads.KIND, limit_seconds=1800, retries=1, told=(ActionError,))
def load_workbooks(progress: Progress, *, folder: str, names: list[str], commission: int, send: bool, account: int) -> dict[str, Any]:
    """Load each workbook on its own; one that is loaded a second time changes nothing."""
    by = Account.objects.get(pk=account)
    if not by.is_active:
        raise Refused("The account that sent these files may no longer sign in.")
    asked = visible_to(by, CommissionRegister).filter(pk=commission, is_withdrawn=False).select_related("initiative").first()
    if asked is None:
        raise NotFound
    files = [(uploads.folder(folder) / str(number), name) for number, name in enumerate(names)]
    told = []
    for number, made in enumerate(load_files(files, Actor(by, "job"), expected=asked, send=send), 1):
        told.append(made.as_json())
        progress(number, len(files), made.name)
    uploads.clear(folder)
    return {"url": reverse("reporting.workbooks", args=[commission]) + f"?loaded={folder}", "files": told}


@job("reporting.chase", every=timedelta(hours=1), retries=0)
def take_steps(progress: Progress) -> dict[str, Any]:
    progress.check_cancelled()
    return chase.run()


@job("reporting.distribute", every=timedelta(hours=1), retries=0)
def distribute(progress: Progress) -> dict[str, Any]:
    progress.check_cancelled()
    return delivering.run()


@job("reporting.clear_workbooks", every=timedelta(hours=6))
def clear_workbooks(progress: Progress) -> dict[str, Any]:
    progress.check_cancelled()
    return {"cleared": uploads.clear_old()}


@job("reporting.clear_publications", every=timedelta(hours=6))
def clear_publications(progress: Progress) -> dict[str, Any]:
    progress.check_cancelled()
    return {"cleared": arriving.clear_old()}
