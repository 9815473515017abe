"""Reading plan files: one, or many through a few long-lived reader processes. A bad file spoils none of the others."""

import json
import queue
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from mainstay.formats.compound import is_cut_off
from mainstay.formats.errors import Damaged, FormatError
from mainstay.formats.gate import admit
from mainstay.formats.kinds import PLANS, FileKind
from mainstay.formats.plans.child import ReaderChild
from mainstay.formats.plans.limits import Limits, ReadResult
from mainstay.formats.plans.text import from_csv, is_plan_table
from mainstay.formats.plans.xer_rows import misfits
from mainstay.formats.plans.xml_rows import xml_misfits
from mainstay.formats.schedule import Schedule
from mainstay.formats.schedule_json import from_dict

DEFAULT = Limits()
XER_TAIL_BYTES = 4096


class SchedulePool:
    """``with SchedulePool() as pool: pool.read(path)``; may be shared by threads. Processes start when first needed."""

    def __init__(self, limits: Limits = DEFAULT, *, workers: int = 1) -> None:
        self.limits = limits
        self.workers = workers
        self._children: queue.SimpleQueue[ReaderChild | None] = queue.SimpleQueue()
        for _ in range(workers):
            self._children.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def read(self, path: Path, *, name: str | None = None, anew: bool = False) -> ReadResult:
        """Raise FormatError with a sentence to show. ``name`` is the name under which a person chose the file.

        With ``anew`` the dates are those that MPXJ's own schedulers give the plan, and none where they refuse it.
        """
        started = time.perf_counter()
        stem = Path(name or path.name).stem
        most = self.limits.file_mb * 1_000_000
        if path.suffix.lower() == ".csv" and is_plan_table(path):
            kind = admit(path, (FileKind.TEXT,), name=name, most_bytes=most)
            return ReadResult(path, kind, (from_csv(path, stem),), time.perf_counter() - started)
        kind = admit(path, PLANS, name=name, most_bytes=most)
        _check_complete(kind, path)
        document = self._through_child(kind, path, anew)
        schedules = tuple(_schedule(project, stem) for project in json.loads(document))
        if told := misfits(path) if kind is FileKind.XER else xml_misfits(path, kind):
            schedules = (replace(schedules[0], warnings=(*schedules[0].warnings, *told)), *schedules[1:])
        return ReadResult(path, kind, schedules, time.perf_counter() - started)

    def read_many(self, paths: Iterable[Path]) -> Iterator[tuple[Path, ReadResult | FormatError]]:
        """Each path with what it gave, in the order asked for."""
        with ThreadPoolExecutor(self.workers) as threads:
            yield from threads.map(self._attempt, paths)

    def close(self) -> None:
        for _ in range(self.workers):
            child = self._children.get()
            if child is not None:
                child.close()
            self._children.put(None)

    def _attempt(self, path: Path) -> tuple[Path, ReadResult | FormatError]:
        try:
            return path, self.read(path)
        except FormatError as error:
            return path, error

    def _through_child(self, kind: FileKind, path: Path, anew: bool) -> bytes:
        child = self._children.get()
        try:
            if child is None or child.is_worn_out:
                if child is not None:
                    child.close()
                child = ReaderChild(self.limits)
            return child.read(kind, path, anew=anew)
        finally:
            self._children.put(child)


def read_schedule(path: Path, *, limits: Limits = DEFAULT, name: str | None = None) -> ReadResult:
    """All projects of one plan file, read in a process of its own."""
    with SchedulePool(limits) as pool:
        return pool.read(path, name=name)


def _schedule(project: dict[str, Any], stem: str) -> Schedule:
    project["name"] = project.get("name") or project.get("title") or stem
    return from_dict(project)


def _check_complete(kind: FileKind, path: Path) -> None:
    """Half an .xer file reads like a smaller plan, as does an .mpp file without its end; the last line and the table of sectors tell."""
    if kind is FileKind.MPP and is_cut_off(path):
        raise Damaged("The Microsoft Project file is cut off: its end is missing. Copy it again, or save it again in Microsoft Project.")
    if kind is not FileKind.XER:
        return
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - XER_TAIL_BYTES))
        tail = file.read()
    if not any(line.strip() == b"%E" for line in tail.replace(b"\0", b"").splitlines()):
        raise Damaged("The Primavera file is cut off: its last line (%E) is missing. Export it again from Primavera.")
