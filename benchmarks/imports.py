"""Reads every plan file of the shared data, compares the counts with those of its inventory, and prints totals and times.

`python -m benchmarks.imports [FOLDER]`; FOLDER holds `mpxj-junit` with its `inventory.csv`, `mpsplib-mpp` and `other-tools`.
"""

import csv
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from mainstay.formats.errors import FormatError
from mainstay.formats.kinds import PLANS
from mainstay.formats.plans import Limits, ReadResult, SchedulePool

FOLDERS = ("mpxj-junit", "mpsplib-mpp", "other-tools")
EXTENSIONS = frozenset(extension for kind in PLANS for extension in kind.extensions) - {".txt", ".dat"}
LIMITS = Limits(memory_mb=1024, seconds=120)
COLUMNS = {"tasks": "activities", "links": "links", "resources": "resources", "assignments": "assignments"}
BLANK_ROWS = {"mpp14nulltasks.mpp": 6}
"""The inventory counts three blank rows of this file as tasks; the MSPDI twin, counted on its own, has six."""
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@dataclass
class Outcome:
    """What reading one folder gave."""

    folder: str
    read: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    differing: list[str] = field(default_factory=list)
    totals: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    megabytes: float = 0.0


def expected(folder: Path) -> dict[str, dict[str, str]]:
    """The rows of the inventory by file, where there is one."""
    path = folder / "inventory.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def plan_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in EXTENSIONS and path.is_file())


def counted(result: ReadResult) -> dict[str, int]:
    """The counts as the inventory names them: all rows of the first project of the file."""
    return {column: len(getattr(result.schedules[0], name)) for column, name in COLUMNS.items()}


def differences(counts: dict[str, int], row: dict[str, str]) -> list[str]:
    """Where the counts are others than the inventory's; those counted in the XML itself go before those of a tool."""
    if row["mpxj_16_10_status"] == "err":  # the inventory's tool could not read it, so that it knows no counts
        return []
    wanted = {name: int(row.get(f"mspdi_{name}_lxml") or row[name]) for name in COLUMNS}
    wanted["tasks"] = BLANK_ROWS.get(row["file"], wanted["tasks"])
    return [f"{name} {counts[name]} instead of {wanted[name]}" for name in COLUMNS if counts[name] != wanted[name]]


def read_folder(folder: Path, workers: int = 2) -> Outcome:
    """Read all files of one folder through a few long-lived readers."""
    found, wanted = Outcome(folder.name), expected(folder)
    paths = plan_files(folder)
    started = time.perf_counter()
    with SchedulePool(LIMITS, workers=workers) as pool:
        for path, result in pool.read_many(paths):
            name = path.relative_to(folder).as_posix()
            found.megabytes += path.stat().st_size / 1e6
            if isinstance(result, FormatError):
                found.refused[name] = str(result)
                continue
            found.read += 1
            counts = counted(result)
            found.totals.update(counts)
            if name in wanted and (wrong := differences(counts, wanted[name])):
                found.differing.append(f"{name}: {', '.join(wrong)}")
    found.seconds = time.perf_counter() - started
    return found


def main(data: Path = SHARED) -> int:
    """Print what was read; 1 where counts differ or a file was refused that the inventory reads."""
    worst = 0
    for name in FOLDERS:
        folder = data / name
        if not folder.exists():
            print(f"{name}: not here; the folder that holds it is given to python -m benchmarks.imports")
            continue
        found, wanted = read_folder(folder), expected(folder)
        totals = ", ".join(f"{count:,} {what}" for what, count in found.totals.items())
        print(f"{name}: {found.read} files read, {len(found.refused)} refused, {len(found.differing)} with other counts; {totals}")
        print(f"    {found.megabytes:.1f} MB in {found.seconds:.1f} s, {found.read / max(found.seconds, 0.001):.1f} files a second")
        for file, sentence in found.refused.items():
            is_expected = wanted.get(file, {}).get("mpxj_16_10_status") == "err"
            worst = max(worst, 0 if is_expected else 1)
            print(f"    {'as expected' if is_expected else 'NOT EXPECTED'}: {file}: {sentence}")
        for line in found.differing:
            worst = 1
            print(f"    {line}")
    return worst


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED))
