"""The supervisor with real processes: work done, killed, too long, too much, cancelled, put back."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.jobs.installation import ROOT, Installation, set_up, wait_for

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Installation:
    return set_up(Installation(tmp_path_factory.mktemp("home")), migrated)


Start = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def supervise(installation: Installation) -> Iterator[Start]:
    started: list[subprocess.Popen[bytes]] = []

    def begin() -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.jobs.run_supervisor"], cwd=ROOT, env=installation.environment, stderr=subprocess.DEVNULL
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.terminate()
        assert process.wait(20) is not None


def accounts(installation: Installation) -> int:
    return int(
        installation.python("from mainstay.accounts.models import Account\nout = Account.objects.filter(email='half@example.org').count()")
    )


def test_work_runs_in_a_child_and_limits_are_kept(installation: Installation, supervise: Start) -> None:
    supervisor = supervise()
    jobs = {
        kind: installation.start(f"tests.{kind}", **({"number": 21} if kind == "quick" else {}))
        for kind in ("quick", "slow", "greedy", "huge")
    }
    ends = {kind: installation.until(pk, "done", "failed") for kind, pk in jobs.items()}
    assert ends["quick"]["result"]["double"] == 42
    assert ends["quick"]["result"]["pid"] != supervisor.pid
    assert {kind: end["state"] for kind, end in ends.items()} == {"quick": "done", "slow": "failed", "greedy": "failed", "huge": "failed"}
    assert "longer than the 1 seconds" in ends["slow"]["error"]
    assert "150 MB" in ends["greedy"]["error"]
    assert "150 MB" in ends["huge"]["error"]


def test_a_killed_child_leaves_nothing_and_is_tried_again(installation: Installation, supervise: Start, tmp_path: Path) -> None:
    supervise()
    marker = tmp_path / "go"
    pk = installation.start("tests.sleep", marker=str(marker))
    started = Path(f"{marker}.started")
    first = int(wait_for(started))
    started.unlink()
    os.kill(first, signal.SIGKILL)
    second = int(wait_for(started))
    assert second != first
    assert accounts(installation) == 0
    marker.write_text("go")
    end = installation.until(pk, "done", "failed")
    assert (end["state"], end["attempts"], accounts(installation)) == ("done", 2, 1)
    deadline = time.monotonic() + 10
    while left := list(installation.temporary.iterdir()):
        assert time.monotonic() < deadline, left
        time.sleep(0.1)


def test_a_killed_supervisor_takes_its_children_along(installation: Installation, supervise: Start) -> None:
    supervisor = supervise()
    pk = installation.start("tests.patient")
    installation.until(pk, "running")
    supervisor.kill()
    supervisor.wait()
    time.sleep(0.5)
    first = installation.job(pk)["heartbeat_at"]
    time.sleep(1)
    assert installation.job(pk)["heartbeat_at"] == first
    installation.python(
        f"from datetime import timedelta\nfrom django.utils import timezone\n"
        f"out = Job.objects.filter(pk={pk}).update(heartbeat_at=timezone.now() - timedelta(hours=1))"
    )
    supervise()
    end = installation.until(pk, "failed")
    assert "stopped from outside" in end["error"]


def test_a_running_job_is_cancelled(installation: Installation, supervise: Start) -> None:
    supervise()
    pk = installation.start("tests.patient")
    installation.until(pk, "running")
    installation.python(f"from mainstay.jobs import work\nout = work.cancel(Job.objects.get(pk={pk}))")
    assert installation.until(pk, "cancelled", "done", "failed")["state"] == "cancelled"


def test_a_supervisor_that_is_told_to_stop_puts_its_jobs_back(installation: Installation, supervise: Start) -> None:
    supervisor = supervise()
    pk = installation.start("tests.patient")
    installation.until(pk, "running")
    supervisor.terminate()
    assert supervisor.wait(20) == 0
    held = installation.job(pk)
    assert (held["state"], held["attempts"]) == ("queued", 0)
    installation.python(f"from mainstay.jobs import work\nout = work.cancel(Job.objects.get(pk={pk}))")
