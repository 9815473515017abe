"""A plan from a CSV of the columns that we write, in any order and with any of them left out but uid and name.

What does not fit is told with the line on which it stands, and left out; the rest is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mainstay.formats.errors import Damaged
from mainstay.formats.plans.text.columns import CALENDAR, COLUMNS, PREDECESSORS, RESOURCES, UID
from mainstay.formats.plans.text.joined import link_of, resources_of
from mainstay.formats.schedule import Activity, Assignment, Calendar, Link, Resource, Schedule, Shift
from mainstay.formats.spreadsheet import delimited
from mainstay.formats.spreadsheet.limits import Limits
from mainstay.formats.spreadsheet.sheet import Row
from mainstay.formats.terms import TimeUnit

LIMITS = Limits()
HEAD_BYTES = 4096
MOST_TOLD = 100
STANDARD = ((Shift(480, 720), Shift(780, 1020)),) * 5 + ((), ())
NEEDED = {UID, "name", "start", "finish"}


def is_plan_table(path: Path) -> bool:
    """Whether the first line of a text has the headings that a plan's table cannot do without."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    first = head.decode("utf-8-sig", "replace").splitlines()[:1]
    names = {name.strip(' "').lower() for line in first for name in line.replace(";", ",").replace("\t", ",").split(",")}
    return names >= NEEDED


@dataclass(slots=True)
class Read:
    """What was found so far."""

    activities: dict[int, Activity] = field(default_factory=dict)
    joined: list[tuple[int, int, dict[str, str]]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def tell(self, line: int, sentence: str) -> None:
        if len(self.told) < MOST_TOLD:
            self.told.append(f"Line {line}: {sentence}")


def from_csv(path: Path, name: str = "") -> Schedule:
    """Raises FormatError where the text is no such table."""
    (sheet,) = delimited.read(path, LIMITS).sheets
    rows = iter(sheet.rows)
    head = next(rows, None)
    places = {str(value).strip().lower(): k for k, value in enumerate(head.values if head else ()) if value is not None}
    if not {UID, "name"} <= places.keys():
        raise Damaged("The table has no columns uid and name, without which its rows are no activities of a plan.")
    read = Read()
    for row in rows:
        take(row, places, read)
    for activity in list(read.activities.values()):
        if activity.parent_uid is not None and activity.parent_uid not in read.activities:
            read.activities[activity.uid] = replace(activity, parent_uid=None)
    return schedule_of(read, name or path.stem)


def take(row: Row, places: dict[str, int], read: Read) -> None:
    values: dict[str, Any] = {}
    for column in COLUMNS:
        text = cell(row, places.get(column.heading))
        if text:
            try:
                values[column.member] = column.read(text)
            except (ValueError, KeyError, OverflowError):
                read.tell(row.number, f"{column.heading} says {text[:40]!r}, which is none; left out.")
    if "uid" not in values or values["uid"] in read.activities:
        read.tell(row.number, "the uid is missing or stands in another row, too; the row is left out.")
        return
    elapsed = values.pop("duration_is_elapsed", False)
    for member, word in (("duration_minutes", "duration"), ("remaining_duration_minutes", "remaining duration")):
        if values.get(member, 0) < 0:
            read.tell(row.number, f"the {word} is negative; taken as none.")
            values[member] = 0.0
    unit = TimeUnit.ELAPSED_HOURS if elapsed else TimeUnit.HOURS
    read.activities[values["uid"]] = Activity(**values, duration_unit=unit)
    read.joined.append((row.number, values["uid"], {key: cell(row, places.get(key)) for key in (CALENDAR, PREDECESSORS, RESOURCES)}))


def cell(row: Row, place: int | None) -> str:
    value = None if place is None else row.value(place)
    return "" if value is None else str(value)


def schedule_of(read: Read, name: str) -> Schedule:
    calendars, people = dict[str, int](), dict[str, int]()
    links, assignments = list[Link](), list[Assignment]()
    lengths = {row.uid: row.duration_minutes or 0.0 for row in read.activities.values()}
    for line, uid, told in read.joined:
        if told[CALENDAR]:
            number = calendars.setdefault(told[CALENDAR], len(calendars) + 1)
            read.activities[uid] = replace(read.activities[uid], calendar_uid=number)
        links += links_of(line, uid, told[PREDECESSORS], lengths, read)
        for person, units in resources_of(told[RESOURCES]):
            who = people.setdefault(person, len(people) + 1)
            assignments.append(Assignment(uid=len(assignments) + 1, activity_uid=uid, resource_uid=who, units=units))
    starts = [row.start for row in read.activities.values() if row.start]
    return Schedule(
        name=name, file_type="CSV", start=min(starts, default=None), default_calendar_uid=1,
        calendars=tuple(Calendar(uid, named, STANDARD) for named, uid in (calendars or {"Standard": 1}).items()),
        activities=tuple(read.activities.values()), links=tuple(links), assignments=tuple(assignments),
        resources=tuple(Resource(uid=uid, name=person) for person, uid in people.items()), warnings=tuple(read.told),
    )  # fmt: skip


def links_of(line: int, uid: int, text: str, lengths: dict[int, float], read: Read) -> Iterator[Link]:
    for part in filter(None, (part.strip() for part in text.split(";"))):
        try:
            link = link_of(part, uid, lengths)
        except (ValueError, KeyError):
            read.tell(line, f"{part[:40]!r} is no link; left out.")
            continue
        if link.predecessor_uid not in lengths:
            read.tell(line, f"a link names activity {link.predecessor_uid}, which the table does not hold; left out.")
        else:
            yield link
