"""Points 12 to 14: the critical path test, the critical path length index and the baseline execution index."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import numpy as np
from django.utils.translation import gettext as _

from mainstay.engine.errors import EngineError
from mainstay.engine.worktime import WorkingTime, minute_of
from mainstay.formats.schedule import Schedule
from mainstay.planning.comparison import ScheduledPlan, schedule_file
from mainstay.planning.health.dates import is_done_by
from mainstay.planning.health.point import Limits, Point
from mainstay.planning.health.population import Population, code_of

NEARLY = 0.99
"""A finish that moves by less than this part of the delay is held by something else than the path's links."""


def points(people: Population, limits: Limits) -> Iterator[Point]:
    yield path_test(people, limits)
    yield length_index(people, limits)
    yield execution_index(people, limits)


def path_test(people: Population, limits: Limits) -> Point:
    """Delay the first unfinished critical activity by a very long time: the plan's end must move by as much."""
    title, counted = _("Critical path test"), _("working days")
    told = Point(number=12, code="path_test", title=title, counted=counted)
    critical = np.flatnonzero(people.open_work & people.plan.result.critical)
    if not critical.size:
        return replace(told, note=_("No unfinished work is critical, so there is no path to test."))
    first = int(critical[np.argmin(people.plan.result.start[critical])])
    added = limits.path_days * people.day
    try:
        delayed = schedule_file(with_longer(people.file, people.rows[first].uid, added))
    except EngineError as fault:
        return replace(told, note=str(fault))
    last = last_of(people)
    moved = working_minutes(people.plan, first, int(people.plan.result.finish[last]), int(delayed.result.finish[last]))
    days = int(moved // people.day)
    note = _("%(code)s was made %(added)g working days longer: the end moves by %(moved)d.") % {
        "code": code_of(people.rows[first]),
        "added": limits.path_days,
        "moved": days,
    }
    return replace(
        told, count=days, of=int(limits.path_days), holds=moved >= NEARLY * added, note=note, activities=(code_of(people.rows[first]),)
    )


def with_longer(file: Schedule, uid: int, minutes: float) -> Schedule:
    """The same plan with one activity that takes so many working minutes more."""
    rows = tuple(
        replace(
            row,
            duration_minutes=(row.duration_minutes or 0) + minutes,
            remaining_duration_minutes=None if row.remaining_duration_minutes is None else row.remaining_duration_minutes + minutes,
        )
        if row.uid == uid
        else row
        for row in file.activities
    )
    return replace(file, activities=rows)


def last_of(people: Population) -> int:
    """The place of the activity that ends the plan; of several, the last."""
    finish = np.where(people.real, people.plan.result.finish, np.iinfo(np.int64).min)
    return int(np.flatnonzero(finish == finish.max())[-1])


def working_minutes(plan: ScheduledPlan, place: int, first: int, last: int) -> int:
    """From one instant to another by the calendar of an activity; less than none where the second is earlier."""
    number = int(plan.result.plan.arrays.activities.base_calendar[place])
    time = WorkingTime(plan.result.plan.calendars[number])
    return time.between(first, last) if last >= first else -time.between(last, first)


def length_index(people: Population, limits: Limits) -> Point:
    """(Critical path length + total float to the date that was agreed) / critical path length, from the status date on."""
    title, counted = _("Critical path length index"), _("working days")
    told = Point(number=13, code="cpli", title=title, counted=counted, limit=limits.cpli, is_least=True)
    agreed = agreed_finish(people)
    begin = people.file.status_date or people.file.start
    if agreed is None or begin is None:
        return replace(told, note=_("The plan has neither a date to finish by nor a baseline finish to be measured against."))
    if not people.open.any():
        return replace(told, note=_("All is finished."))
    place = last_of(people)
    finish = int(people.plan.result.finish[place])
    length = working_minutes(people.plan, place, minute_of(begin), finish)
    spare = working_minutes(people.plan, place, finish, minute_of(agreed))
    if length <= 0:
        return replace(told, note=_("The plan ends before its status date."))
    value = (length + spare) / length
    note = _("%(length)d working days left, %(spare)d to spare to %(agreed)s.") % {
        "length": length // people.day,
        "spare": spare // people.day,
        "agreed": f"{agreed.day} {agreed:%b %Y}",
    }
    return replace(told, value=value, holds=value >= limits.cpli, note=note)


def agreed_finish(people: Population) -> datetime | None:
    """The date by which the plan must finish; else the latest finish of its baseline."""
    ends = [b.finish for row in people.rows for b in row.baselines if b.number == 0 and b.finish is not None]
    return people.file.must_finish_by or max(ends, default=None)


def execution_index(people: Population, limits: Limits) -> Point:
    """Work finished by the status date / work due by then in the baseline; the strict form counts only what was due."""
    title, counted = _("Baseline execution index"), _("work due by the status date in the baseline")
    told = Point(number=14, code="bei", title=title, counted=counted, limit=limits.bei, is_least=True)
    status = people.file.status_date
    if status is None:
        return replace(told, note=_("The plan has no status date."))
    due = people.work & people.flags(lambda row: any(b.number == 0 and b.finish is not None and b.finish <= status for b in row.baselines))
    count = int(due.sum())
    if not count:
        return replace(told, note=_("No work was due by the status date in the baseline, or there is no baseline."))
    done = people.work & is_done_by(people)
    value = int(done.sum()) / count
    note = _("All that was finished; of what was due alone %(strict).2f.") % {"strict": int((due & done).sum()) / count}
    late = due & ~done
    return replace(told, count=int(done.sum()), of=count, value=value, holds=value >= limits.bei, note=note, activities=people.codes(late))
