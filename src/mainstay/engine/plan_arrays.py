"""The plan as columns of numbers, checked; what the kernels read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import ELAPSED, Ints
from mainstay.engine.errors import (
    ConstraintError,
    DuplicateIdError,
    DurationError,
    OutlineError,
    PlanError,
    UnknownActivityError,
    UnknownCalendarError,
    UnknownProjectError,
)
from mainstay.engine.plan_items import Activity, Link, Project
from mainstay.engine.plan_terms import ActivityKind, ConstraintType
from mainstay.engine.worktime import Calendar

Bytes = NDArray[np.int8]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

NONE = -(1 << 60)
"""Stands in an array of instants for: no such date."""


class ActivityArrays(NamedTuple):
    """One entry an activity, in the order of ``PlanData.activities``. Instants are ``NONE`` where there is no date."""

    duration: Ints
    remaining: Ints
    calendar: Ints
    """Number of the calendar its work is counted in; ``ELAPSED`` for elapsed durations."""
    base_calendar: Ints
    """Number of the calendar that lags into it and its floats are counted in."""
    project: Ints
    kind: Bytes
    parent: Ints
    actual_start: Ints
    actual_finish: Ints
    constraint: Bytes
    constraint_date: Ints
    second_constraint: Bytes
    second_constraint_date: Ints
    expected_finish: Ints
    external_start: Ints
    external_finish: Ints
    deadline: Ints
    manual: Flags
    fixed_start: Ints
    fixed_finish: Ints
    resumes: Ints
    pause: Ints
    levelling_delay: Ints
    starts_work: Flags


class LinkArrays(NamedTuple):
    """One entry a link, in the order of ``PlanData.links``; ``lag`` as written (minutes or per cent)."""

    predecessor: Ints
    successor: Ints
    type: Bytes
    lag: Floats
    lag_kind: Bytes


@dataclass(frozen=True, slots=True)
class PlanArrays:
    index: Mapping[str, int]
    calendar_numbers: Mapping[str, int]
    project_numbers: Mapping[str, int]
    project_calendar: Ints
    activities: ActivityArrays
    links: LinkArrays


def arrays_of(
    projects: Sequence[Project], calendars: Sequence[Calendar], activities: Sequence[Activity], links: Sequence[Link]
) -> PlanArrays:
    """Turn a plan into arrays, or say what is wrong with it."""
    if not projects:
        raise UnknownProjectError("The plan has no project; give at least one with its start and calendar.")
    calendar_numbers = _numbered([calendar.id for calendar in calendars], "calendars")
    project_numbers = _numbered([project.id for project in projects], "projects")
    index = _numbered([activity.id for activity in activities], "activities")
    for project in projects:
        if project.calendar not in calendar_numbers:
            named = project.id or "without id"
            raise UnknownCalendarError(f"Project {named} names calendar {project.calendar}, which the plan lacks; add it.")
    project_calendar = np.array([calendar_numbers[project.calendar] for project in projects], np.int64)
    columns = _activity_arrays(activities, index, calendar_numbers, project_numbers, project_calendar)
    _check(columns, activities)
    return PlanArrays(index, calendar_numbers, project_numbers, project_calendar, columns, _link_arrays(links, index))


def _numbered(ids: Sequence[str], what: str) -> dict[str, int]:
    numbers = {name: k for k, name in enumerate(ids)}
    if len(numbers) != len(ids):
        seen: set[str] = set()
        doubled = next(name for name in ids if name in seen or seen.add(name))  # type: ignore[func-returns-value]  # add is used for its effect
        raise DuplicateIdError(f"Two {what} have the id {doubled}; give each its own.")
    return numbers


def _activity_arrays(
    rows: Sequence[Activity],
    index: Mapping[str, int],
    calendar_numbers: Mapping[str, int],
    project_numbers: Mapping[str, int],
    project_calendar: Ints,
) -> ActivityArrays:
    try:
        project = _ints([project_numbers[row.project] for row in rows])
    except KeyError:
        row = next(row for row in rows if row.project not in project_numbers)
        raise UnknownProjectError(f"Activity {row.id} belongs to project {row.project}, which the plan lacks; add it.") from None
    try:
        own = _ints([ELAPSED if row.elapsed else -2 if row.calendar is None else calendar_numbers[row.calendar] for row in rows])
        base = _ints([-2 if row.base_calendar is None else calendar_numbers[row.base_calendar] for row in rows])
    except KeyError as missing:
        row = next(row for row in rows if missing.args[0] in (row.calendar, row.base_calendar))
        raise UnknownCalendarError(f"Activity {row.id} names calendar {missing.args[0]}, which the plan lacks; add it.") from None
    try:
        parent = _ints([-1 if row.parent is None else index[row.parent] for row in rows])
    except KeyError:
        row = next(row for row in rows if row.parent is not None and row.parent not in index)
        raise UnknownActivityError(f"Activity {row.id} lies under {row.parent}, which the plan lacks; correct the outline.") from None
    calendar = np.where(own == -2, project_calendar[project], own)
    return ActivityArrays(
        duration=_ints([row.duration for row in rows]),
        remaining=_ints([_remaining(row) for row in rows]),
        calendar=calendar,
        base_calendar=np.where(base == -2, calendar, base),
        project=project,
        kind=np.array([row.kind for row in rows], np.int8),
        parent=parent,
        actual_start=_dates([row.actual_start for row in rows]),
        actual_finish=_dates([row.actual_finish for row in rows]),
        constraint=np.array([row.constraint for row in rows], np.int8),
        constraint_date=_dates([row.constraint_date for row in rows]),
        second_constraint=np.array([row.second_constraint for row in rows], np.int8),
        second_constraint_date=_dates([row.second_constraint_date for row in rows]),
        expected_finish=_dates([row.expected_finish for row in rows]),
        external_start=_dates([row.external_start for row in rows]),
        external_finish=_dates([row.external_finish for row in rows]),
        deadline=_dates([row.deadline for row in rows]),
        manual=np.array([row.manual for row in rows], np.bool_),
        fixed_start=_dates([row.fixed_start for row in rows]),
        fixed_finish=_dates([row.fixed_finish for row in rows]),
        resumes=_dates([row.resumes for row in rows]),
        pause=_ints([row.pause for row in rows]),
        levelling_delay=_ints([row.levelling_delay for row in rows]),
        starts_work=np.array([row.starts_work for row in rows], np.bool_),
    )


def _remaining(row: Activity) -> int:
    if row.remaining is not None:
        return row.remaining
    if row.actual_finish is not None:
        return 0
    return row.duration - round(row.duration * row.percent_complete / 100)


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, np.int64)


def _dates(values: Sequence[int | None]) -> Ints:
    return np.array([NONE if value is None else value for value in values], np.int64)


def _link_arrays(links: Sequence[Link], index: Mapping[str, int]) -> LinkArrays:
    try:
        predecessor = _ints([index[link.predecessor] for link in links])
        successor = _ints([index[link.successor] for link in links])
    except KeyError as missing:
        link = next(link for link in links if link.predecessor not in index or link.successor not in index)
        raise UnknownActivityError(
            f"The link from {link.predecessor} to {link.successor} names activity {missing.args[0]}, which the plan lacks; "
            "remove the link or add the activity."
        ) from None
    return LinkArrays(
        predecessor,
        successor,
        np.array([link.type for link in links], np.int8),
        np.array([link.lag for link in links], np.float64),
        np.array([link.lag_kind for link in links], np.int8),
    )


def _check(columns: ActivityArrays, rows: Sequence[Activity]) -> None:
    _refuse(columns.duration < 0, rows, DurationError, "has a negative duration; give zero or more minutes")
    _refuse(columns.pause < 0, rows, DurationError, "has a negative pause; give zero or more minutes")
    _refuse(columns.remaining < 0, rows, DurationError, "has a negative remaining duration; give zero or more minutes")
    percent = np.array([row.percent_complete for row in rows], np.float64)
    _refuse(~((percent >= 0) & (percent <= 100)), rows, DurationError, "has a percentage outside 0 to 100; correct it")
    for kind, when in (
        (columns.constraint, columns.constraint_date),
        (columns.second_constraint, columns.second_constraint_date),
    ):
        undated = (kind > ConstraintType.AS_LATE_AS_POSSIBLE) & (when == NONE)
        _refuse(undated, rows, ConstraintError, "has a constraint without a date; give the date or remove the constraint")
    both = (columns.actual_start != NONE) & (columns.actual_finish != NONE)
    backwards = both & (columns.actual_finish < columns.actual_start)
    _refuse(backwards, rows, ConstraintError, "finished before it started; correct its actual dates")
    unstarted = (columns.actual_start == NONE) & (columns.actual_finish != NONE)
    _refuse(unstarted, rows, ConstraintError, "has an actual finish but no actual start; give both")
    placed = columns.manual & (columns.kind != ActivityKind.SUMMARY) & (columns.fixed_start == NONE) & (columns.actual_start == NONE)
    _refuse(placed & (columns.fixed_finish != NONE), rows, ConstraintError, "is scheduled by hand to a finish but no start; give both")
    child = np.flatnonzero(columns.parent >= 0)
    under_task = np.zeros(len(rows), np.bool_)
    under_task[child] = columns.kind[columns.parent[child]] != ActivityKind.SUMMARY
    _refuse(under_task, rows, OutlineError, "lies under an activity that is not a summary; correct the outline")
    _check_outline(columns.parent, rows)


def _check_outline(parent: Ints, rows: Sequence[Activity]) -> None:
    """Halve the distance to the root until all are there; what never arrives lies below itself."""
    above = parent.copy()
    for _ in range(max(1, len(rows)).bit_length() + 1):
        above = np.where(above >= 0, above[above], -1)
        if not (above >= 0).any():
            return
    _refuse(above >= 0, rows, OutlineError, "lies below itself in the outline; correct its parent")


def _refuse(wrong: Flags, rows: Sequence[Activity], error: type[PlanError], text: str) -> None:
    if wrong.any():
        raise error(f"Activity {rows[int(np.argmax(wrong))].id} {text}.")
