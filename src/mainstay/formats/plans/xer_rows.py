"""What does not fit together in an .xer file, told beside the plan: links without an end, rows of another width, idle calendars."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ENCODING = "cp1252"
SHIFT = re.compile(r"\b[sf]\|\d")


def misfits(path: Path) -> tuple[str, ...]:
    """One sentence for each kind of misfit; Primavera's own reader leaves such rows out without a word."""
    tasks: set[str] = set()
    projects: set[str] = set()
    links: list[dict[str, str]] = []
    idle: list[str] = []
    ragged: Counter[str] = Counter()
    for table, fields, cells in rows(path):
        if len(cells) > len(fields) or 2 * len(cells) < len(fields):  # empty cells at the end of a row may be left out
            ragged[table] += 1
        row = dict(zip(fields, cells, strict=False))
        if table == "TASK":
            tasks.add(row.get("task_id", ""))
        elif table == "PROJECT":
            projects.add(row.get("proj_id", ""))
        elif table == "TASKPRED":
            links.append(row)
        elif table == "CALENDAR" and is_idle(row):
            idle.append(row.get("clndr_name", ""))
    return (*_dangling(links, tasks, projects), *_ragged(ragged), *map(_idle, idle))


def is_idle(calendar: dict[str, str]) -> bool:
    """Whether a calendar names no shift, nor another calendar to take its shifts from."""
    return not calendar.get("base_clndr_id") and not SHIFT.search(calendar.get("clndr_data", ""))


def _idle(name: str) -> str:
    return f"The calendar {name} has no working time; Monday to Friday from 08:00 to 16:00 stands for it."


def rows(path: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Every row of every table: its table, the names of the columns, the cells."""
    table, fields = "", list[str]()
    with path.open(encoding=ENCODING, errors="replace", newline="") as file:
        for line in file:
            mark, *cells = line.rstrip("\r\n").split("\t")
            if mark == "%T":
                table, fields = cells[0] if cells else "", []
            elif mark == "%F":
                fields = cells
            elif mark == "%R" and fields:
                yield table, fields, cells


def _dangling(links: list[dict[str, str]], tasks: set[str], projects: set[str]) -> Iterator[str]:
    """Links an end of which is no task of the file, though its project is here; those to other projects are told as external links."""
    ends = (("task_id", "proj_id"), ("pred_task_id", "pred_proj_id"))
    lost = [
        link
        for link in links
        if any(link.get(task, "") not in tasks and link.get(project, "") in {*projects, ""} for task, project in ends)
    ]
    if lost:
        what = "A link names an activity" if len(lost) == 1 else f"{len(lost):,} links name activities"
        first = lost[0]
        yield (
            f"{what} that the file does not hold (from {first.get('pred_task_id') or 'nowhere'} to {first.get('task_id') or 'nowhere'}"
            f"{', and so on' if len(lost) > 1 else ''}); left out."
        )


def _ragged(ragged: Counter[str]) -> Iterator[str]:
    for table, count in ragged.items():
        what = "A row" if count == 1 else f"{count:,} rows"
        verb = "has" if count == 1 else "have"
        named = table or "without a name"
        yield f"{what} of the table {named} {verb} more or fewer cells than it has columns; what is missing is taken as empty."
