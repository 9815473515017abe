"""The supervisor with real processes: work done, killed, too long, too much, cancelled, put back."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


@dataclass
class Installation:
    """A database of its own, reached only through processes, as an installation is."""

    home: Path

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAINSTAY", "DATABASE", "PYTEST", "DJANGO"))}
        return {**kept, "MAINSTAY_HOME": str(self.home), "DJANGO_SETTINGS_MODULE": "mainstay.project.settings", "PYTHONPATH": str(ROOT)}

    def python(self, code: str) -> Any:
        """Run code in the installation; what it leaves in `out` comes back."""
        before = "import django; django.setup()\nimport json\nfrom mainstay.jobs.models import Job\nfrom tests.jobs import sample_work"
        whole = f"{before}\n{code}\nprint(json.dumps(out, default=str))"
        done = subprocess.run([sys.executable, "-c", whole], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def start(self, kind: str, **arguments: Any) -> int:
        return int(self.python(f"from mainstay.jobs import work\nout = work.start({kind!r}, {arguments!r}, by=None, title='Work').pk"))

    def job(self, pk: int) -> dict[str, Any]:
        found: dict[str, Any] = self.python(f"out = Job.objects.filter(pk={pk}).values().get()")
        return found

    def until(self, pk: int, *states: str, seconds: float = 30) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        while (found := self.job(pk))["state"] not in states:
            assert time.monotonic() < deadline, found
        return found


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    made = Installation(tmp_path_factory.mktemp("home"))
    made.python("from django.core.management import call_command\ncall_command('migrate', verbosity=0)\nout = 1")
    return made


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


def wait_for(path: Path, seconds: float = 20) -> str:
    deadline = time.monotonic() + seconds
    while not path.exists() or not path.read_text():
        assert time.monotonic() < deadline, path
        time.sleep(0.05)
    return path.read_text()


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
