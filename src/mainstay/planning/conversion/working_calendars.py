"""Which calendar the work of each activity is counted in, and which one its lags and floats: its own, the project's, its resources'."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce

from mainstay.engine.worktime import Calendar, CalendarException, Day, WorkingTime
from mainstay.formats import schedule as file
from mainstay.planning.conversion.calendars import identified, project_calendar

WORKERS = frozenset({file.ResourceKind.WORK, file.ResourceKind.EQUIPMENT})
WORK_DRIVEN = frozenset({"", "microsoft", "projectlibre"})
"""Tools that count the work of an activity in the calendars of its resources."""
MOST_DAYS = 20_000
Combination = Callable[[Day, Day], Day]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Ids of calendars: of the work, and of lags and floats where that is another; None is the project's."""

    work: str | None = None
    base: str | None = None


@dataclass(slots=True)
class WorkingCalendars:
    """The calendars of one schedule, and those that follow where several hold at once."""

    schedule: file.Schedule
    calendars: Mapping[int, Calendar]
    default: Calendar
    made: dict[str, Calendar] = field(default_factory=dict)
    combined: dict[tuple[str, str, Combination], Calendar | None] = field(default_factory=dict)

    def by_activity(self) -> dict[int, Chosen]:
        resources = self.resources_of_activities()
        if "primavera" in self.schedule.application.lower():
            return {row.uid: self.in_primavera(row, resources.get(row.uid, ())) for row in self.schedule.activities}
        by_work = self.schedule.application.lower() in WORK_DRIVEN
        return {row.uid: self.in_project(row, resources.get(row.uid, ()) if by_work else ()) for row in self.schedule.activities}

    def resources_of_activities(self) -> dict[int, list[file.Resource]]:
        resources = {resource.uid: resource for resource in self.schedule.resources}
        found: dict[int, list[file.Resource]] = {}
        for assignment in self.schedule.assignments:
            resource = resources.get(assignment.resource_uid) if assignment.resource_uid is not None else None
            if resource is not None and resource.kind in WORKERS:
                found.setdefault(assignment.activity_uid, []).append(resource)
        return found

    def in_primavera(self, row: file.Activity, resources: Sequence[file.Resource]) -> Chosen:
        """The activity's own; only a resource-dependent one is worked when its resources work."""
        own = self.calendar(row.calendar_uid)
        if row.kind == file.ActivityKind.RESOURCE_DEPENDENT:
            theirs = [found for resource in resources if (found := self.calendar(resource.calendar_uid)) is not None]
            own = self.together(theirs, united) or own
        return Chosen(None if own is None else own.id)

    def in_project(self, row: file.Activity, resources: Sequence[file.Resource]) -> Chosen:
        """MS Project: while any of its resources works; lags and floats count in the activity's own calendar or the project's."""
        own = self.calendar(row.calendar_uid)
        base = None if own is None else own.id
        if row.task_type == "fixed_duration" or not resources or (own is not None and row.ignore_resource_calendar):
            return Chosen(base)
        theirs = [self.calendar(resource.calendar_uid) or self.default for resource in resources]
        if own is not None:
            theirs = [found for each in theirs if (found := self.together([own, each], shared)) is not None]
        work = self.together(theirs, united)
        if work is None or work.id == (base or self.default.id):
            return Chosen(base)
        return Chosen(work.id, base or self.default.id)

    def calendar(self, uid: int | None) -> Calendar | None:
        return None if uid is None else self.calendars.get(uid)

    def together(self, calendars: Iterable[Calendar], combination: Combination) -> Calendar | None:
        """One calendar of several; None where there is none, or where no time is left."""
        different = list({calendar.id: calendar for calendar in calendars}.values())
        return reduce(lambda one, other: self.pair(one, other, combination), different[1:], different[0] if different else None)

    def pair(self, one: Calendar | None, other: Calendar, combination: Combination) -> Calendar | None:
        if one is None or one.id == other.id:
            return other if one is None else one
        key = (one.id, other.id, combination)
        if key not in self.combined:
            self.combined[key] = found = combine(one, other, combination)
            if found is not None:
                self.made[found.id] = found
        return self.combined[key]


def working_times(schedule: file.Schedule, calendars: Mapping[int, Calendar]) -> dict[int, WorkingTime]:
    """How the work of each activity is counted, where that is not the project's calendar."""
    working = WorkingCalendars(schedule, calendars, project_calendar(schedule, calendars))
    chosen = working.by_activity()
    named = {calendar.id: WorkingTime(calendar) for calendar in (*calendars.values(), *working.made.values())}
    return {uid: named[one.work] for uid, one in chosen.items() if one.work is not None}


def united(one: Day, other: Day) -> Day:
    """The time in which either day is worked."""
    kept: list[tuple[int, int]] = []
    for start, finish in sorted((*one, *other)):
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(kept[-1][1], finish))
        else:
            kept.append((start, finish))
    return tuple(kept)


def shared(one: Day, other: Day) -> Day:
    """The time in which both days are worked."""
    pairs = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return tuple(sorted((start, finish) for start, finish in pairs if start < finish))


def combine(one: Calendar, other: Calendar, combination: Combination) -> Calendar | None:
    """Combine two calendars day by day: their weeks, and every day on which either differs from its week."""
    week = tuple(combination(a, b) for a, b in zip(one.week, other.week, strict=True))
    first, second = days_of(one), days_of(other)
    exceptions = []
    for day in sorted({*first, *second}):
        usual = day.weekday()
        shifts = combination(first.get(day, one.week[usual]), second.get(day, other.week[usual]))
        if shifts != week[usual]:
            exceptions.append(CalendarException(day, day, shifts))
    if not any(week) and not any(exception.shifts for exception in exceptions):
        return None
    return identified(week, tuple(exceptions))


def days_of(calendar: Calendar) -> dict[date, Day]:
    """Every day of a calendar's exceptions; of two for one day the later holds."""
    found: dict[date, Day] = {}
    for exception in calendar.exceptions:
        length = min((exception.last - exception.first).days + 1, MOST_DAYS)
        found.update((exception.first + timedelta(days=k), exception.shifts) for k in range(length))
    return found
