"""Calendars of a file → the engine's: parents resolved, special weeks written out, equal ones made one."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from mainstay.engine import worktime as engine
from mainstay.formats import schedule as file

STANDARD_DAY: file.Day = (file.Shift(480, 720), file.Shift(780, 1020))
STANDARD_WEEK: tuple[file.Day, ...] = (STANDARD_DAY,) * 5 + ((), ())
LONGEST_SPECIAL_WEEK = timedelta(days=366 * 40)


def engine_calendars(schedule: file.Schedule) -> dict[int, engine.Calendar]:
    """The calendars that can be worked by, by uid. Their id is a digest of what they say, so equal ones of two projects are one."""
    by_uid = {calendar.uid: calendar for calendar in schedule.calendars}
    made = {}
    for calendar in schedule.calendars:
        week = tuple(shifts(day) for day in resolved_week(calendar, by_uid, fills_in=schedule.file_type == "MPP"))
        exceptions = tuple(engine.CalendarException(first, last, shifts(day)) for first, last, day in resolved_exceptions(calendar, by_uid))
        if any(week) or any(exception.shifts for exception in exceptions):
            made[calendar.uid] = identified(week, exceptions)
    return made


def project_calendar(schedule: file.Schedule, calendars: Mapping[int, engine.Calendar]) -> engine.Calendar:
    """The calendar of the project among those that can be worked by; else the first of them, else the standard one."""
    own = calendars.get(schedule.default_calendar_uid) if schedule.default_calendar_uid is not None else None
    return own or next(iter(calendars.values()), None) or standard_calendar()


def standard_calendar() -> engine.Calendar:
    """Monday to Friday, eight hours: for a plan that names no calendar."""
    return identified(tuple(shifts(day) for day in STANDARD_WEEK), ())


def identified(week: tuple[engine.Day, ...], exceptions: tuple[engine.CalendarException, ...]) -> engine.Calendar:
    digest = hashlib.sha256(repr((week, exceptions)).encode()).hexdigest()[:16]
    return engine.Calendar(digest, week, exceptions)


def shifts(day: file.Day) -> engine.Day:
    """In order and without overlap, as the engine wants them."""
    kept: list[tuple[int, int]] = []
    for shift in sorted(day, key=lambda shift: (shift.start, shift.finish)):
        if kept and shift.start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(kept[-1][1], shift.finish))
        elif shift.finish > shift.start:
            kept.append((shift.start, shift.finish))
    return tuple(kept)


def line(calendar: file.Calendar, by_uid: dict[int, file.Calendar]) -> Iterator[file.Calendar]:
    """The calendar and those above it, nearest first; a circle is walked once."""
    seen: set[int] = set()
    step: file.Calendar | None = calendar
    while step is not None and step.uid not in seen:
        seen.add(step.uid)
        yield step
        step = by_uid.get(step.parent_uid) if step.parent_uid is not None else None


def resolved_week(calendar: file.Calendar, by_uid: dict[int, file.Calendar], *, fills_in: bool = False) -> list[file.Day]:
    """``fills_in`` says that the file writes the tool's default week where a calendar follows its parent."""
    above = [step.week for step in line(calendar, by_uid) if len(step.week) == 7 and not (fills_in and only_default(step, by_uid))]
    return [next((found for week in above if (found := week[day]) is not None), STANDARD_WEEK[day]) for day in range(7)]


def only_default(calendar: file.Calendar, by_uid: dict[int, file.Calendar]) -> bool:
    """Whether a resource's calendar says nothing of its own: early Project files write the tool's default where it follows its parent."""
    parent = by_uid.get(calendar.parent_uid) if calendar.parent_uid is not None else None
    return calendar.kind == "resource" and parent is not None and tuple(calendar.week) == STANDARD_WEEK


def resolved_exceptions(calendar: file.Calendar, by_uid: dict[int, file.Calendar]) -> Iterator[tuple[date, date, file.Day]]:
    """From the farthest calendar to the nearest, and special weeks before single days: of two for one day the later holds."""
    for step in reversed(list(line(calendar, by_uid))):
        for week in step.work_weeks:
            yield from special_days(week)
        for exception in step.exceptions:
            if exception.last >= exception.first:
                yield exception.first, exception.last, exception.shifts


def special_days(week: file.WorkWeek) -> Iterator[tuple[date, date, file.Day]]:
    if week.last - week.first > LONGEST_SPECIAL_WEEK:
        return
    day = week.first
    while day <= week.last:
        shifts_of_day = week.days[day.weekday()] if len(week.days) == 7 else None
        if shifts_of_day is not None:
            yield day, day, shifts_of_day
        day += timedelta(days=1)
