"""Working days between two dates by the calendar of a project: what slips on the plan pages are counted in. No database."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mainstay.engine.worktime import Calendar

WEEKDAYS = (True,) * 5 + (False,) * 2


@dataclass(frozen=True, slots=True)
class WorkDays:
    """A week from Monday, the days of it that are not worked after all, and the others that are; days as ordinals, in order."""

    week: tuple[bool, ...] = WEEKDAYS
    closed: tuple[int, ...] = ()
    opened: tuple[int, ...] = ()

    def between(self, first: date, last: date) -> int:
        """The working days after `first` up to and with `last`; negative where `last` is earlier."""
        if last < first:
            return -self.between(last, first)
        weeks, rest = divmod((last - first).days, 7)
        whole = weeks * sum(self.week) + sum(self.week[(first + timedelta(days=day)).weekday()] for day in range(1, rest + 1))
        return whole - within(self.closed, first, last) + within(self.opened, first, last)


STANDARD = WorkDays()
"""Monday to Friday: for what lies in no plan."""


def within(days: Sequence[int], first: date, last: date) -> int:
    return bisect_right(days, last.toordinal()) - bisect_right(days, first.toordinal())


def workdays(calendar: Calendar, first: date, last: date) -> WorkDays:
    """The working days of a calendar; its exceptions as far as they touch the time from `first` to `last`."""
    week = tuple(bool(day) for day in calendar.week)
    special: dict[int, bool] = {}
    for exception in calendar.exceptions:
        start, end = max(exception.first, first), min(exception.last, last)
        special |= dict.fromkeys(range(start.toordinal(), end.toordinal() + 1), bool(exception.shifts))
    differing = {day: worked for day, worked in sorted(special.items()) if worked != week[(day - 1) % 7]}
    return WorkDays(
        week, tuple(day for day, worked in differing.items() if not worked), tuple(day for day, worked in differing.items() if worked)
    )
