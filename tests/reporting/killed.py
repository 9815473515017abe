"""Freezing and rendering killed at chosen moments, in an installation that tests reach only through processes."""

import os
import signal
import time
import traceback
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from django.db import connections

from mainstay.cli.keeping import keep
from mainstay.register import history
from mainstay.register.models import Change
from mainstay.reporting import making
from mainstay.reporting.models import Snapshot
from mainstay.reporting.snapshot import verify
from tests.contract.worlds import World, actor


def begun(work: Callable[[], Any]) -> int:
    """`work` in a process of its own; its id."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001  # whatever it is, this process may not go on as its parent
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return child


def killed_after(seconds: float, work: Callable[[], Any]) -> bool:
    """Begin `work` and kill it after a time; whether it had ended before."""
    child = begun(work)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFEXITED(status)


def timed(work: Callable[[], Any]) -> float:
    """How long it takes, in seconds, when nobody kills it."""
    start = time.monotonic()
    _pid, status = os.waitpid(begun(work), 0)
    assert status == 0
    return time.monotonic() - start


def freeze(name: str) -> Snapshot:
    world = World()
    return making.freeze(world.programme, name, actor(world.owner))


def freezing(points: int) -> dict[str, Any]:
    """Killed at `points` moments spread over the time that it takes; each name is then frozen again."""
    Snapshot.objects.all().delete()
    whole = timed(partial(freeze, "Undisturbed"))
    told: dict[str, Any] = {"ended": 0, "there": 0, "half": [], "again": 0}
    for point in range(points):
        name = f"Point {point}"
        has_ended = killed_after(whole * (point + 0.5) / points, partial(freeze, name))
        there = Snapshot.objects.filter(title=name).exists()
        events = Change.objects.filter(register="reporting.snapshot", verb="freeze", after__title=name).count()
        told["ended"] += has_ended
        told["there"] += there
        # What was kept just before the kill may be told as killed, but never the other way round.
        if events != there or (has_ended and not there):
            told["half"].append(name)
        if not there:
            freeze(name)
            told["again"] += 1
    told["count"] = Snapshot.objects.count()
    told["faults"] = [*map(str, history.faults()), *map(str, verify())]
    return told


def rendering(points: int, folder: str) -> dict[str, Any]:
    """The four files of a pack, killed while they are made and written: what the folder holds then is whole.

    Nothing is rendered in this process: its threads would be missing in those that it begins. They find the libraries loaded.
    """
    for form in making.FORMATS:
        import_module(f"mainstay.render.{form}")
    snapshot = freeze("To be rendered")

    def render(name: str) -> Callable[[], Any]:
        return lambda: keep(Path(folder) / name, (making.make(snapshot, form) for form in making.FORMATS))

    whole = timed(render("whole"))
    files = {path.name: path.read_bytes() for path in (Path(folder) / "whole").iterdir()}
    told: dict[str, Any] = {"ended": 0, "kept": 0, "half": [], "files": len(files)}

    def killed(name: str, seconds: float) -> None:
        told["ended"] += killed_after(seconds, render(name))
        for file, content in files.items():
            kept = Path(folder) / name / file
            if kept.exists():
                told["kept"] += 1
                told["half"] += [str(kept)] if kept.read_bytes() != content else []

    for point in range(points):
        killed(str(point), 1.2 * whole * (point + 0.5) / points)
    for late in (2, 4, 8, 16):  # a machine that has become busy since the undisturbed one
        if not told["kept"]:
            killed(f"late {late}", late * whole)
    return told
