"""A file's plan scheduled by our engine, and its dates compared with those that the file's own tool stored. No database."""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mainstay.engine.critical_path import ScheduleResult, schedule
from mainstay.engine.errors import CycleError, EngineError
from mainstay.engine.worktime import datetime_of
from mainstay.formats.schedule import Activity, Schedule
from mainstay.planning.conventions import Conventions
from mainstay.planning.conversion import activity_key, plan_data
from mainstay.planning.conversion.network import is_kept

DATES = ("start", "finish", "early_start", "early_finish", "late_start", "late_finish")
FLOATS = ("total_float", "free_float")
FIELDS = (*DATES, *FLOATS, "critical")
SHOWN = 50
MINUTES_OF_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that differs: a date in ISO form, a float in minutes, or whether critical; and the convention by which it does."""

    activity: str
    name: str
    ours: str | int | bool
    stored: str | int | bool
    reason: str


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """How many stored values of one field ours equal, and the first that differ."""

    field: str
    compared: int
    equal: int
    differences: tuple[Difference, ...] = ()
    reasons: Mapping[str, int] = dataclasses.field(default_factory=dict)
    """How many differ by which convention (``conventions``)."""


@dataclass(frozen=True, slots=True)
class ScheduledPlan:
    """One project of a file and what the engine makes of it."""

    schedule: Schedule = field(repr=False)
    result: ScheduleResult = field(repr=False)

    @property
    def finish(self) -> datetime:
        return datetime_of(int((self.result.finish if self.result.finish.size else self.result.ends).max()))

    @property
    def critical_count(self) -> int:
        return int(self.result.critical.sum())


def schedule_file(plan: Schedule) -> ScheduledPlan:
    """Schedule one project of a file.

    Raises
    ------
    mainstay.engine.errors.EngineError
        With one sentence: activities that wait for each other, a calendar that cannot be worked by, and the like.
    """
    try:
        return ScheduledPlan(plan, schedule(plan_data(plan, "")))
    except EngineError as error:
        raise in_words(error, {activity_key("", row.uid): called(row) for row in plan.activities}) from error


def called(activity: Activity) -> str:
    """How people call an activity: its code and its name."""
    return f"{activity.activity_id or activity.wbs or activity.uid} {activity.name}".strip()


def in_words(error: EngineError, names: Mapping[str, str]) -> EngineError:
    """The same error with the names of activities in place of the engine's ids."""
    if isinstance(error, CycleError):
        return CycleError([names.get(key, key) for key in error.activities], error.projects)
    return type(error)(re.sub(r"[\w-]*:\d+\b", lambda found: names.get(found[0], found[0]), str(error)))


def compare(plan: ScheduledPlan) -> tuple[FieldComparison, ...]:
    """Compare each field that the file stores; fields that it stores for no activity are left out."""
    found = [_compared(plan, name) for name in FIELDS]
    return tuple(each for each in found if each.compared)


def stores_days_only(plan: ScheduledPlan, name: str) -> bool:
    """Whether the file has days without times in a field, as exchange files may: then days are compared."""
    stored = [getattr(activity.stored, name) for activity in plan.result.plan.activities]
    dates = [value for value in stored if value is not None]
    return bool(dates) and all(value % MINUTES_OF_DAY == 0 for value in dates)


def _compared(plan: ScheduledPlan, name: str) -> FieldComparison:
    values = getattr(plan.result, name).tolist()
    by_day = name in DATES and stores_days_only(plan, name)
    names = {f":{activity.uid}": activity for activity in plan.schedule.activities}
    compared = equal = 0
    differences: list[Difference] = []
    reasons: Counter[str] = Counter()
    telling = Conventions(plan.result)
    for place, (activity, ours) in enumerate(zip(plan.result.plan.activities, values, strict=True)):
        stored = getattr(activity.stored, name)
        if stored is None:
            continue
        compared += 1
        if stored == (ours - ours % MINUTES_OF_DAY if by_day else ours):
            equal += 1
            continue
        reason = telling.reason(place, name)
        reasons[reason] += 1
        if len(differences) < SHOWN:
            row = names[activity.id]
            differences.append(Difference(row.activity_id or str(row.uid), row.name, _shown(name, ours), _shown(name, stored), reason))
    return FieldComparison(name, compared, equal, tuple(differences), dict(reasons))


def _shown(name: str, value: int | bool) -> str | int | bool:
    return datetime_of(value).isoformat(timespec="minutes") if name in DATES else value


def scheduled_rows(plan: ScheduledPlan) -> Iterator[dict[str, Any]]:
    """Every scheduled activity as a flat row, for a table or JSON: dates in ISO form, floats in working minutes."""
    result = plan.result
    rows = {f":{activity.uid}": activity for activity in plan.schedule.activities}
    columns = {name: getattr(result, name).tolist() for name in FIELDS}
    for place, activity in enumerate(result.plan.activities):
        row = rows[activity.id]
        found: dict[str, Any] = {"uid": row.uid, "activity": row.activity_id or row.wbs, "name": row.name, "summary": row.summary}
        yield found | {name: _shown(name, columns[name][place]) for name in FIELDS}


def equal_elsewhere(plan: Schedule, other: Schedule) -> dict[str, int]:
    """How many stored values of each field another calculation of the same plan equals, over the activities that ours compares."""
    names = {"total_float": "total_slack_minutes"}
    theirs = {row.uid: row for row in other.activities}
    kept = [row for row in plan.activities if is_kept(row, ()) and row.uid in theirs]
    found = {}
    for name in (*DATES, "total_float"):
        member = names.get(name, name)
        pairs = [(stored_value(row, member), stored_value(theirs[row.uid], member)) for row in kept]
        found[name] = sum(1 for stored, made in pairs if stored is not None and stored == made)
    return found


def stored_value(row: Activity, member: str) -> datetime | int | None:
    value = getattr(row, member)
    if value is None and member.startswith(("early", "late")):
        value = getattr(row, f"remaining_{member}")
    return round(value) if isinstance(value, int | float) else value
