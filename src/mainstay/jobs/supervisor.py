"""The process that does the work: claims jobs, runs each in a child of its own, watches over time and memory, and starts recurring work."""

import logging
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from types import FrameType

import django
from django.db import DatabaseError, connections

from mainstay.jobs import claims, kinds, limits, running, upkeep
from mainstay.jobs.kinds import Kind
from mainstay.jobs.models import Job, State

log = logging.getLogger("mainstay.jobs")

LOOK_SECONDS = 0.25
BEAT_SECONDS = 10.0
UPKEEP_SECONDS = 20.0
GRACE_SECONDS = 5.0
# A fork starts in a moment with everything loaded; where it is not safe, a fresh interpreter is started.
START = multiprocessing.get_context("fork") if sys.platform == "linux" else multiprocessing.get_context("spawn")


@dataclass(slots=True)
class Child:
    """A job and the process that works on it."""

    job: Job
    kind: Kind
    process: BaseProcess
    started: float
    place: str
    """Its folder for temporary files, cleared away however it ends."""

    @property
    def pid(self) -> int:
        return self.process.pid or 0


class Supervisor:
    """`Supervisor(workers=2).run()` until it is told to stop; jobs that run then are put back."""

    def __init__(self, workers: int = 2) -> None:
        self.workers = workers
        self.children: list[Child] = []
        self.stopping = False
        self._beaten = self._kept = 0.0

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        kinds.load()
        while not self.stopping:
            try:
                self.turn()
            except DatabaseError:  # locked or restarting: look again at the next turn
                log.warning("the database did not answer", exc_info=True)
                connections.close_all()
            time.sleep(LOOK_SECONDS)
        self.put_back()

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        self.stopping = True

    def turn(self) -> None:
        """One look at everything."""
        now = time.monotonic()
        for child in list(self.children):
            self.look_at(child, now)
        if self.children and now - self._beaten > BEAT_SECONDS:
            self._beaten = now
            claims.beat([child.job for child in self.children])
        if now - self._kept > UPKEEP_SECONDS:
            self._kept = now
            claims.reap()
            upkeep.start_due()
        while len(self.children) < self.workers and (job := claims.take_next()) is not None:
            self.begin(job)

    def begin(self, job: Job) -> None:
        try:
            kind = kinds.get(job.kind)
        except kinds.UnknownKind:
            claims.end(job, State.FAILED, error="This release knows no such work. Start it again from its page.")
            return
        connections.close_all()  # a connection must not be shared with the child
        place = tempfile.mkdtemp(prefix="mainstay-job-")
        process = START.Process(target=work_on, args=(job.pk, job.token, kind.memory_mb, os.getpid(), place), daemon=False)
        process.start()
        self.children.append(Child(job, kind, process, time.monotonic(), place))

    def look_at(self, child: Child, now: float) -> None:
        if not child.process.is_alive():
            self.forget(child)
            claims.lost(child.job, claims.stopped_unexpectedly(child.job))
        elif now - child.started > child.kind.limit_seconds:
            self.end(child, claims.too_long(child.kind))
        elif limits.memory_used_mb(child.pid) > child.kind.memory_mb:
            self.end(child, claims.too_much_memory(child.kind))

    def end(self, child: Child, why: str) -> None:
        """Stop a child that has used up what it may use; its job has failed, another attempt would fail as well."""
        limits.end_group(child.pid, signal.SIGKILL)
        self.forget(child)
        claims.end(child.job, State.FAILED, error=why)

    def forget(self, child: Child) -> None:
        child.process.join()
        shutil.rmtree(child.place, ignore_errors=True)
        self.children.remove(child)

    def put_back(self) -> None:
        """At the end: stop the children and let the next supervisor do their jobs from the start."""
        for child in self.children:
            limits.end_group(child.pid, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for child in list(self.children):
            child.process.join(max(0.1, deadline - time.monotonic()))
            limits.end_group(child.pid, signal.SIGKILL)
            self.forget(child)
            claims.put_back(child.job)


def work_on(pk: int, token: str, memory_mb: int, parent: int, place: str) -> None:
    """The life of a child process: one job."""
    os.setsid()
    os.environ["TMPDIR"] = tempfile.tempdir = place
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limits.bind_to_parent(parent)
    limits.bound_memory(memory_mb)
    django.setup()
    job = Job.objects.filter(pk=pk, token=token).first()
    if job is not None:
        running.run(job)
    connections.close_all()
