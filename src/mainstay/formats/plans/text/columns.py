"""The columns of a plan as a table: heading, member of an activity, and how its value is said. Durations and work are hours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mainstay.formats.terms import ActivityKind, ConstraintType

MINUTES = 60
MOST = 10**9


@dataclass(frozen=True, slots=True)
class Column:
    """``say`` gives the cell, ``read`` the value of a text; it raises ValueError where the text is none."""

    heading: str
    member: str
    read: Callable[[str], Any]
    say: Callable[[Any], Any] = lambda value: value


def yes(text: str) -> bool:
    return {"yes": True, "no": False}[text.lower()]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def number(text: str) -> float:
    found = float(text)
    if not abs(found) <= MOST:  # what is no number compares with none
        raise ValueError(text)
    return found


def minutes(text: str) -> float:
    return round(number(text) * MINUTES, 6)


def hours(value: float | None) -> float | None:
    return None if value is None else round(value / MINUTES, 8)


def word(value: Any) -> str:
    return "" if value is None else str(value)


UID, CALENDAR, PREDECESSORS, RESOURCES = "uid", "calendar", "predecessors", "resources"

COLUMNS = (
    Column(UID, "uid", int),
    Column("activity id", "activity_id", str),
    Column("wbs", "wbs", str),
    Column("level", "outline_level", int),
    Column("parent uid", "parent_uid", int),
    Column("name", "name", str),
    Column("kind", "kind", ActivityKind, word),
    Column("summary", "summary", yes),
    Column("milestone", "milestone", yes),
    Column("start", "start", moment),
    Column("finish", "finish", moment),
    Column("duration (hours)", "duration_minutes", minutes, hours),
    Column("elapsed", "duration_is_elapsed", yes),
    Column("remaining (hours)", "remaining_duration_minutes", minutes, hours),
    Column("per cent complete", "percent_complete", number),
    Column("actual start", "actual_start", moment),
    Column("actual finish", "actual_finish", moment),
    Column("constraint", "constraint", ConstraintType, word),
    Column("constraint date", "constraint_date", moment),
    Column("second constraint", "secondary_constraint", ConstraintType, word),
    Column("second constraint date", "secondary_constraint_date", moment),
    Column("deadline", "deadline", moment),
    Column("expected finish", "expected_finish", moment),
    Column("manual", "manual", yes),
    Column("priority", "priority", int),
)
JOINED = (CALENDAR, PREDECESSORS, RESOURCES)
"""Columns that name other things: a calendar, links (`12FS+16h`), and a line for each resource (`Crew A 50%`)."""
HEADINGS = (*(column.heading for column in COLUMNS), *JOINED)
