"""A worker process killed in the middle of an import: nothing half loaded, the job told, nothing done twice."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mainstay.jobs import limits
from tests.jobs.installation import Installation, set_up
from tests.jobs.large_import import ACTIVITIES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks for the children of a process as Linux tells them"),
]
Begin = Callable[[], "subprocess.Popen[bytes]"]
NOTHING = {"plans": 0, "activities": 0, "told": 0, "faults": []}
SECONDS = 120.0


@pytest.fixture
def installation(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Installation:
    return set_up(Installation(tmp_path_factory.mktemp("home")), migrated)


@pytest.fixture
def supervise(installation: Installation) -> Iterator[Begin]:
    """Starts the product's own process of jobs, as `mainstay serve` does."""
    started: list[subprocess.Popen[bytes]] = []

    def begin() -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "mainstay.jobs", "1"]
        process = subprocess.Popen(command, cwd=installation.home, env=installation.environment, stderr=subprocess.DEVNULL)
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()


def ask(installation: Installation, words: str) -> Any:
    return installation.python(f"from tests.jobs import large_import\nout = large_import.{words}")


def sent(installation: Installation) -> tuple[int, int]:
    """A large plan, read and confirmed: the import and the job that takes it in."""
    upload = ask(installation, "begin()")
    end = installation.until(ask(installation, f"reading_job({upload})"), "done", "failed", seconds=SECONDS)
    assert end["state"] == "done", end["error"]
    return upload, ask(installation, f"confirm({upload})")


def writer_of(installation: Installation, supervisor: "subprocess.Popen[bytes]") -> int:
    """The process that works on the job, once it has held the database for a while: it is in the middle of its writing."""
    held, deadline = 0, time.monotonic() + SECONDS
    while held < 4:
        assert time.monotonic() < deadline, "nothing was written"
        held = held + 1 if is_held(installation) else 0
        time.sleep(0.05)
    (worker, *_) = limits.descendants(supervisor.pid)[1:]
    return worker


def is_held(installation: Installation) -> bool:
    """Whether somebody else is writing."""
    database = sqlite3.connect(installation.home / "mainstay.sqlite3", timeout=0, isolation_level=None)
    try:
        database.execute("BEGIN IMMEDIATE")
        database.execute("ROLLBACK")
    except sqlite3.OperationalError as fault:
        return "locked" in str(fault)
    finally:
        database.close()
    return False


def test_a_killed_worker_leaves_nothing_and_the_second_attempt_does_it_once(installation: Installation, supervise: Begin) -> None:
    supervisor = supervise()
    upload, job = sent(installation)
    os.kill(writer_of(installation, supervisor), signal.SIGKILL)
    found = ask(installation, f"standing({upload})")
    assert {name: found[name] for name in NOTHING} == NOTHING
    assert (found["stage"], found["are_files_kept"]) == ("ready", True)
    end = installation.until(job, "done", "failed", seconds=SECONDS)
    assert (end["state"], end["attempts"]) == ("done", 2), end["error"]
    found = ask(installation, f"standing({upload})")
    assert (found["plans"], found["activities"], found["told"], found["faults"]) == (1, ACTIVITIES, 1, [])
    assert ask(installation, f"confirm({upload})") == job
    again = ask(installation, f"standing({upload})")
    assert again == {**found, "stage": "taken", "are_files_kept": False, "jobs": 1}


def test_killed_at_each_attempt_it_fails_in_a_sentence_and_may_be_asked_for_again(installation: Installation, supervise: Begin) -> None:
    supervisor = supervise()
    upload, job = sent(installation)
    for _attempt in (1, 2):
        os.kill(worker := writer_of(installation, supervisor), signal.SIGKILL)
        wait_until_gone(worker)
    end = installation.until(job, "done", "failed", seconds=SECONDS)
    assert (end["state"], end["attempts"]) == ("failed", 2)
    assert end["error"] == "The process that did this work was stopped from outside, 2 times. Nothing was half done. Start it again."
    found = ask(installation, f"standing({upload})")
    assert {name: found[name] for name in NOTHING} == NOTHING
    assert (found["stage"], found["are_files_kept"]) == ("ready", True)
    another = ask(installation, f"confirm({upload})")
    assert another != job
    assert installation.until(another, "done", "failed", seconds=SECONDS)["state"] == "done"
    assert ask(installation, f"standing({upload})")["activities"] == ACTIVITIES


def test_a_killed_supervisor_takes_its_writer_along_and_the_next_one_goes_on(installation: Installation, supervise: Begin) -> None:
    supervisor = supervise()
    upload, job = sent(installation)
    worker = writer_of(installation, supervisor)
    supervisor.kill()
    supervisor.wait()
    wait_until_gone(worker)
    found = ask(installation, f"standing({upload})")
    assert {name: found[name] for name in NOTHING} == NOTHING
    assert installation.job(job)["state"] == "running", "nobody has had the time to tell"
    later = "from datetime import timedelta\nfrom django.utils import timezone\n"
    installation.python(f"{later}out = Job.objects.filter(pk={job}).update(heartbeat_at=timezone.now() - timedelta(hours=1))")
    supervise()
    end = installation.until(job, "done", "failed", seconds=SECONDS)
    assert (end["state"], end["attempts"]) == ("done", 2)
    found = ask(installation, f"standing({upload})")
    assert (found["plans"], found["activities"], found["faults"]) == (1, ACTIVITIES, [])


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 20
    while (limits.PROCESSES / str(pid) / "task" / str(pid) / "children").exists():
        assert time.monotonic() < deadline, pid
        time.sleep(0.02)
