"""Who holds a job: taking it, the heartbeat, its end, and what becomes of jobs whose attempt has died."""

import uuid
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from mainstay.jobs import kinds
from mainstay.jobs.kinds import Kind
from mainstay.jobs.models import Job, State

STALE_AFTER = timedelta(seconds=120)
WAIT_BEFORE_RETRY = timedelta(seconds=2)


def held(job: Job) -> QuerySet[Job]:
    """The job's row, if this attempt still holds it."""
    return Job.objects.filter(pk=job.pk, token=job.token, state=State.RUNNING)


def take(job: Job) -> bool:
    """Make this process's attempt the one that holds a waiting job; False when another was quicker."""
    now, token = timezone.now(), uuid.uuid4().hex
    waiting = Job.objects.filter(pk=job.pk, state=State.QUEUED, cancel_asked=False)
    taken = waiting.update(state=State.RUNNING, token=token, attempts=F("attempts") + 1, heartbeat_at=now, started_at=now, text="")
    if taken:
        job.refresh_from_db()
    return bool(taken)


def take_next() -> Job | None:
    """Take the job that has waited longest; None when there is none."""
    for job in Job.objects.filter(state=State.QUEUED, ready_at__lte=timezone.now()).order_by("pk")[:5]:
        if take(job):
            return job
    return None


def beat(jobs: list[Job]) -> None:
    """Tell that the attempts at `jobs` live."""
    Job.objects.filter(token__in=[job.token for job in jobs], state=State.RUNNING).update(heartbeat_at=timezone.now())


def end(job: Job, state: State, *, result: dict[str, Any] | None = None, error: str = "") -> bool:
    """Write how it ended, once; False when this attempt no longer holds the job."""
    return bool(held(job).update(state=state, result=result or {}, error=error, ended_at=timezone.now(), heartbeat_at=None, text=""))


def lost(job: Job, why: str) -> None:
    """An attempt has died without a word: try again if the kind allows it, else fail visibly."""
    with transaction.atomic():
        row = held(job).select_for_update().first()
        if row is None:
            return
        try:
            retries = kinds.get(row.kind).retries
        except kinds.UnknownKind:
            retries = 0
        if row.is_applied:
            end(job, State.DONE, result=row.result)
        elif row.cancel_asked:
            end(job, State.CANCELLED)
        elif row.attempts <= retries:
            held(job).update(state=State.QUEUED, token="", heartbeat_at=None, ready_at=timezone.now() + WAIT_BEFORE_RETRY)
        else:
            end(job, State.FAILED, error=why)


def put_back(job: Job) -> None:
    """Its supervisor is told to stop: the job waits for the next one, as if it had not been tried."""
    held(job).filter(is_applied=False).update(state=State.QUEUED, token="", heartbeat_at=None, attempts=F("attempts") - 1)


def reap() -> int:
    """Take care of the jobs whose heartbeat has stopped: their supervisor or their machine has died."""
    stale = list(Job.objects.filter(state=State.RUNNING, heartbeat_at__lt=timezone.now() - STALE_AFTER))
    for job in stale:
        lost(job, stopped_unexpectedly(job))
    return len(stale)


def stopped_unexpectedly(job: Job) -> str:
    times = "once" if job.attempts == 1 else f"{job.attempts} times"
    return f"The process that did this work was stopped from outside, {times}. Nothing was half done. Start it again."


def too_long(kind: Kind) -> str:
    return f"This took longer than the {kind.limit_seconds:,} seconds allowed and was stopped. Nothing was half done. Divide it."


def too_much_memory(kind: Kind) -> str:
    return f"This needed more than the {kind.memory_mb:,} MB of memory allowed and was stopped. Nothing was half done. Divide it."
