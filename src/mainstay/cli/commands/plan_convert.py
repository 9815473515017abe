"""`mainstay plan convert FILE --to FORMAT`: a plan written for another tool, as a table, or its milestones as a calendar; no database."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mainstay.cli.outcome import DONE, REFUSED, UNREADABLE, Failure
from mainstay.formats.errors import FormatError
from mainstay.formats.plans import read_schedule
from mainstay.formats.plans.text import to_csv
from mainstay.formats.plans.writing import to_icalendar, to_mspdi, to_pmxml, to_xer
from mainstay.formats.plans.writing.losses import Target, losses
from mainstay.formats.schedule import Schedule

TEXT = "a plan in another format: mspdi and pmxml (XML of Microsoft Project and Primavera P6), xer, csv, or its milestones as ical"
WRITERS: dict[Target, tuple[Callable[[Schedule], bytes], str]] = {
    Target.MSPDI: (to_mspdi, ".xml"),
    Target.XER: (to_xer, ".xer"),
    Target.PMXML: (to_pmxml, ".xml"),
    Target.CSV: (to_csv, ".csv"),
    Target.ICAL: (to_icalendar, ".ics"),
}


def add(kinds: Any) -> None:
    one = kinds.add_parser("convert", help=f"write {TEXT}")
    one.description = f"Writes {TEXT}; prints what it cannot carry. An .mpp file can be read but not written."
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--to", type=Target, choices=list(Target), required=True, help="the format to write")
    one.add_argument("--output", type=Path, metavar="PATH", help="the file to write; else beside the first, under its name")
    one.add_argument("--project", metavar="NAME", help="which project, where the file holds several: its id or name")
    one.add_argument("--force", action="store_true", help="write over a file that is there already")
    one.add_argument("--json", action="store_true", help="print one JSON object")
    one.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    if not arguments.file.is_file():
        raise Failure(f"{arguments.file}: There is no such file.", UNREADABLE)
    try:
        found = [row for row in read_schedule(arguments.file).schedules if not row.is_baseline]
    except FormatError as fault:
        raise Failure(f"{arguments.file}: {fault}", UNREADABLE) from fault
    schedule = chosen(found, arguments.project)
    write, ending = WRITERS[arguments.to]
    target = arguments.output or arguments.file.with_suffix(ending)
    if target.exists() and (not arguments.force or target.samefile(arguments.file)):
        raise Failure(f"{target} is there already; name another file with --output, or write over it with --force.", REFUSED)
    content = write(schedule)
    try:
        target.write_bytes(content)
    except OSError as fault:
        raise Failure(f"{target} cannot be written: {fault.strerror}.", UNREADABLE) from fault
    missing = losses(schedule, arguments.to)
    if arguments.json:
        told = {"file": str(target), "project": schedule.name, "bytes": len(content), "not_carried": dict(missing)}
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(f"{target}: {schedule.name}, {len(content):,} bytes")
        print("".join(f"  not carried: {name} ({count:,})\n" for name, count in missing), end="")
    return DONE


def chosen(found: list[Schedule], name: str | None) -> Schedule:
    if name is not None:
        found = [row for row in found if name in (row.project_id, row.name)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise Failure("The file holds no such project; `mainstay plan read FILE --json` names those it has.", UNREADABLE)
    names = ", ".join(row.project_id or row.name for row in found[:8])
    raise Failure(f"The file holds {len(found)} projects ({names}); name one with --project.", UNREADABLE)
