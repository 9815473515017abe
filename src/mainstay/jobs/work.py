"""Asking for work and stopping it: what other packages call."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.jobs import kinds, running
from mainstay.jobs.models import Job, State

LIVE = (State.QUEUED, State.RUNNING, State.DONE)


def start(kind: str, arguments: Mapping[str, Any], *, by: Account | None, title: str, key: str = "", url: str = "") -> Job:
    """Ask for work; it begins once the caller's transaction is committed. Under the same `key` it is done once and the first job returned.

    `url` is the page that it belongs to; where a result names another `url`, its starter is led there at the end.
    Where `JOBS_IN_PROCESS` is set, as in tests, it is done before this returns.
    """
    kinds.get(kind)
    try:
        with transaction.atomic():
            made = Job.objects.create(kind=kind, arguments=dict(arguments), by=by, title=title[:200], key=key or None, url=url)
    except IntegrityError:
        held = Job.objects.filter(key=key, state__in=LIVE).first() if key else None
        if held is None:
            raise
        return held
    if settings.JOBS_IN_PROCESS:
        running.run_here(made)
        made.refresh_from_db()
    return made


def cancel(job: Job) -> bool:
    """Stop a job: at once while it waits, else at its next step. False when it is over already."""
    now = timezone.now()
    waiting = Job.objects.filter(pk=job.pk, state=State.QUEUED)
    if waiting.update(state=State.CANCELLED, cancel_asked=True, ended_at=now, text=""):
        return True
    return bool(Job.objects.filter(pk=job.pk, state=State.RUNNING).update(cancel_asked=True))


def visible_to(account: Account | None) -> QuerySet[Job]:
    """The jobs that `account` started; to administrators all."""
    if account is None or not account.is_active:
        return Job.objects.none()
    return Job.objects.all() if account.is_administrator else Job.objects.filter(by=account)
