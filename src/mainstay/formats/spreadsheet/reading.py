"""The one way to read table files: through the gate, then text here and workbooks in a child process that may not grow."""

import json
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from mainstay.formats.errors import Damaged, FormatError, PasswordProtected, ReadingFailed, TooLarge, TooMuchMemory, TooSlow
from mainstay.formats.gate import admit
from mainstay.formats.kinds import TABLES, WORKBOOKS, FileKind
from mainstay.formats.spreadsheet import delimited
from mainstay.formats.spreadsheet.limits import Limits
from mainstay.formats.spreadsheet.sheet import Row, Sheet, Value, Workbook

ERRORS: Mapping[str, type[FormatError]] = {"large": TooLarge, "damaged": Damaged, "password": PasswordProtected}
OF_TEXT: Mapping[str, Callable[[str], Value]] = {"d": date.fromisoformat, "t": time.fromisoformat, "m": datetime.fromisoformat}


def read(path: Path, name: str | None = None, limits: Limits | None = None) -> Workbook:
    """The sheets of the file at `path`, which a person chose as `name`; raises FormatError with a sentence to show."""
    limits = limits or Limits()
    kind = admit(path, TABLES, name=name, most_bytes=limits.file_mb * 1_000_000)
    if kind is FileKind.TEXT:
        return delimited.read(path, limits)
    return workbook(kind, told_by_child(kind, path, limits))


def read_many(
    files: Sequence[tuple[Path, str]], limits: Limits | None = None, *, kinds: Collection[FileKind] = WORKBOOKS, part: int = 20
) -> Iterator[Workbook | FormatError]:
    """Each of many small workbooks in turn, with oddities and merged cells, or what is wrong with it; some share a child process.

    Where a child breaks a limit, those of its files that it has not told of are read alone, so that none spoils another.
    """
    limits = limits or Limits()
    for start in range(0, len(files), part):
        yield from read_part(files[start : start + part], limits, kinds)


def read_part(files: Sequence[tuple[Path, str]], limits: Limits, kinds: Collection[FileKind]) -> Iterator[Workbook | FormatError]:
    admitted: list[FileKind | FormatError] = []
    for path, name in files:
        try:
            admitted.append(admit(path, kinds, name=name, most_bytes=limits.file_mb * 1_000_000))
        except FormatError as fault:
            admitted.append(fault)
    paths = [path for path, _name in files]
    good = [(kind, path) for kind, path in zip(admitted, paths, strict=True) if isinstance(kind, FileKind)]
    told = iter(told_together(good, limits))
    for kind in admitted:
        yield kind if isinstance(kind, FormatError) else made_of(kind, next(told))


def told_together(files: Sequence[tuple[FileKind, Path]], limits: Limits) -> Iterator[Any]:
    """What children say of each: JSON, or the FormatError that ended the reading of it."""
    if not files:
        return
    try:
        lines = run(files, limits, "odd")
    except ReadingFailed as fault:
        if len(files) == 1:
            yield fault
            return
        lines = []
    yield from map(json.loads, lines)
    for one in files[len(lines) :]:
        yield from told_together([one], limits)


def made_of(kind: FileKind, told: Any) -> Workbook | FormatError:
    if isinstance(told, FormatError):
        return told
    return ERRORS[told["error"]](told["text"]) if "error" in told else workbook(kind, told)


def told_by_child(kind: FileKind, path: Path, limits: Limits) -> Any:
    """What the child process says of the workbook, as JSON."""
    told = json.loads(run([(kind, path)], limits, "plain")[0])
    if "error" in told:
        raise ERRORS[told["error"]](told["text"])
    return told


def run(files: Sequence[tuple[FileKind, Path]], limits: Limits, how: str) -> list[bytes]:
    """The lines of a child process that reads these files; ReadingFailed where it broke a limit."""
    numbers = [limits.rows, limits.columns, limits.area, limits.characters, limits.memory_mb, limits.seconds]
    places = [text for kind, path in files for text in (kind.value, str(path.resolve()))]
    command = [sys.executable, "-I", "-m", "mainstay.formats.spreadsheet.child", *map(str, numbers), how, *places]
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter and module; the paths are arguments, never a command
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=limits.seconds, check=False, env={"LC_ALL": "C.UTF-8"}
        )
    except subprocess.TimeoutExpired:
        raise TooSlow(
            f"Reading the workbook took longer than {limits.seconds} seconds and was stopped. Split it into smaller ones."
        ) from None
    lines = done.stdout.splitlines()
    if done.returncode or len(lines) != len(files):
        raise TooMuchMemory(
            f"Reading the workbook needs more than the {limits.memory_mb} MB allowed and was stopped. Split it into smaller ones."
        )
    return lines


def workbook(kind: FileKind, told: Any) -> Workbook:
    return Workbook(kind, tuple(map(sheet, told["sheets"])), tuple(told["remarks"]))


def sheet(told: Any) -> Sheet:
    hidden = set(told["hidden_rows"])
    rows = tuple(Row(number, tuple(map(value, values)), number in hidden) for number, values in told["rows"])
    return Sheet(told["name"], rows, told["is_hidden"], told["odd"], tuple(map(tuple, told["merged"])))


def value(told: Any) -> Value:
    """A cell as JSON holds it: dates and times are pairs of a letter and their ISO text."""
    if isinstance(told, list):
        letter, text = told
        return OF_TEXT[letter](text)
    plain: Value = told
    return plain
