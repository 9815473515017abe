"""One attempt at one job, in this process: call its function, tell its progress, write its end. Claiming and limits live elsewhere."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from mainstay.jobs import claims, kinds
from mainstay.jobs.models import Job, State
from mainstay.jobs.progress import Applied, Cancelled, Progress

log = logging.getLogger("mainstay.jobs")

SECONDS_BETWEEN_WRITES = 0.5
UNEXPECTED = "Mainstay could not finish this, and nothing that was not finished is kept. Tell your administrator the number {job}."


class Superseded(Exception):
    """Another attempt has taken the job over; this one must leave nothing behind."""


class JobProgress(Progress):
    """Progress written to the job's row, at most twice a second, and never inside a transaction of the work."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._written = 0.0

    def __call__(self, done: int, total: int, text: str = "") -> None:
        now = time.monotonic()
        if connection.in_atomic_block or now - self._written < SECONDS_BETWEEN_WRITES:
            return
        self._written = now
        try:
            held = claims.held(self.job).update(done=max(0, done), total=max(0, total), text=text[:200], heartbeat_at=timezone.now())
        except DatabaseError:  # a writer before us takes long: the next call tells
            return
        if not held:
            raise Superseded
        self.check_cancelled()

    def check_cancelled(self) -> None:
        if Job.objects.filter(pk=self.job.pk, cancel_asked=True).exists():
            raise Cancelled

    @contextmanager
    def once(self, *, although_cancelled: bool = False) -> Iterator[Applied]:
        with transaction.atomic():
            if not claims.held(self.job).select_for_update().exists():
                raise Superseded
            if not although_cancelled:
                self.check_cancelled()
            applied = Applied()
            yield applied
            claims.held(self.job).update(is_applied=True, result=applied.result or {})


def run_here(job: Job) -> None:
    """Claim and run `job` in this process."""
    if claims.take(job):
        run(job)


def run(job: Job) -> None:
    """Run a job that this attempt holds. Every end is written, none raised."""
    kind = kinds.get(job.kind)
    if job.is_applied:  # the attempt before us was killed between the commit and the last word
        claims.end(job, State.DONE, result=job.result)
        return
    try:
        result: dict[str, Any] = kind.function(JobProgress(job), **job.arguments)
    except Cancelled:
        claims.end(job, State.CANCELLED)
    except Superseded:
        log.warning("%s was taken over by another attempt", job)
    except kind.told as fault:
        claims.end(job, State.FAILED, error=str(fault))
    except MemoryError:
        claims.end(job, State.FAILED, error=claims.too_much_memory(kind))
    except Exception:  # whatever goes wrong in the work must end the job visibly
        log.exception("%s failed", job)
        claims.end(job, State.FAILED, error=UNEXPECTED.format(job=f"J-{job.pk}"))
    else:
        claims.end(job, State.DONE, result=result)
