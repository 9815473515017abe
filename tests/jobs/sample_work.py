"""Kinds of work for the tests with real processes; the supervisor under test imports this module."""

import os
import tempfile
import time
from pathlib import Path
from typing import Any

from mainstay.accounts.models import Account
from mainstay.jobs.kinds import job
from mainstay.jobs.progress import Progress


@job("tests.quick")
def quick(progress: Progress, *, number: int) -> dict[str, Any]:
    progress(1, 2, "half way")
    return {"double": number * 2, "pid": os.getpid()}


@job("tests.sleep", retries=1)
def sleep(progress: Progress, *, marker: str) -> dict[str, Any]:
    """Writes one account and then waits inside the transaction until the file `marker` appears."""
    with progress.once() as applied:
        (Path(tempfile.mkdtemp()) / "half a document").write_text("half")
        Account.objects.create_user("half@example.org", "Half Done")
        Path(marker + ".started").write_text(str(os.getpid()))
        while not Path(marker).exists():
            time.sleep(0.05)
        applied.keep({"made": 1})
    return {"made": 1}


@job("tests.patient", retries=0)
def patient(progress: Progress) -> dict[str, Any]:
    for step in range(600):
        progress(step, 600, f"step {step}")
        time.sleep(0.1)
    return {}


@job("tests.slow", limit_seconds=1)
def slow(progress: Progress) -> dict[str, Any]:
    time.sleep(60)
    return {}


@job("tests.greedy", memory_mb=150)
def greedy(progress: Progress) -> dict[str, Any]:
    held = []
    for _ in range(100):
        held.append(bytearray(os.urandom(1024) * 10_240))
        time.sleep(0.05)
    return {"held": len(held)}


@job("tests.huge", memory_mb=150)
def huge(progress: Progress) -> dict[str, Any]:
    return {"held": len(bytearray(16 * 1024**3))}
