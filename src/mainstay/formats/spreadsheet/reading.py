"""The one way to read a table file: through the gate, then text here and workbooks in a child process that may not grow."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from mainstay.formats.errors import Damaged, FormatError, PasswordProtected, TooLarge, TooMuchMemory, TooSlow
from mainstay.formats.gate import admit
from mainstay.formats.kinds import TABLES, FileKind
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


def told_by_child(kind: FileKind, path: Path, limits: Limits) -> Any:
    """What the child process says of the workbook, as JSON."""
    numbers = [limits.rows, limits.columns, limits.area, limits.characters, limits.memory_mb, limits.seconds]
    command = [sys.executable, "-I", "-m", "mainstay.formats.spreadsheet.child", kind.value, str(path.resolve()), *map(str, numbers)]
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter and module; the path is an argument, never a command
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=limits.seconds, check=False, env={"LC_ALL": "C.UTF-8"}
        )
    except subprocess.TimeoutExpired:
        raise TooSlow(
            f"Reading the workbook took longer than {limits.seconds} seconds and was stopped. Split it into smaller ones."
        ) from None
    if done.returncode or not done.stdout:
        raise TooMuchMemory(
            f"Reading the workbook needs more than the {limits.memory_mb} MB allowed and was stopped. Split it into smaller ones."
        )
    told = json.loads(done.stdout)
    if "error" in told:
        raise ERRORS[told["error"]](told["text"])
    return told


def workbook(kind: FileKind, told: Any) -> Workbook:
    return Workbook(kind, tuple(map(sheet, told["sheets"])), tuple(told["remarks"]))


def sheet(told: Any) -> Sheet:
    hidden = set(told["hidden_rows"])
    rows = tuple(Row(number, tuple(map(value, values)), number in hidden) for number, values in told["rows"])
    return Sheet(told["name"], rows, told["is_hidden"])


def value(told: Any) -> Value:
    """A cell as JSON holds it: dates and times are pairs of a letter and their ISO text."""
    if isinstance(told, list):
        letter, text = told
        return OF_TEXT[letter](text)
    plain: Value = told
    return plain
