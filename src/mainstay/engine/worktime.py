"""Working time: calendars as people write them, and counting working minutes between instants. Kernels are in ``calendar_table``.

An instant is an int: minutes since 1970-01-01T00:00 of the plan's own local clock, without time zone (``EPOCH``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from mainstay.engine import calendar_table as kernels
from mainstay.engine.calendar_table import ELAPSED, MINUTES_PER_DAY, NEVER, CalendarTable, Ints
from mainstay.engine.errors import CalendarError

__all__ = [
    "ELAPSED",
    "EPOCH",
    "Calendar",
    "CalendarException",
    "CalendarTable",
    "Day",
    "Shift",
    "WorkingTime",
    "compile_calendars",
    "datetime_of",
    "minute_of",
]

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a plan's clock has no zone
EPOCH_WEEKDAY = 3  # a Thursday; Monday is 0
LONGEST_YEARS = 400

Shift = tuple[int, int]
"""Start and finish in minutes after midnight of the day on which it starts: 0 ≤ start < 1440, start < finish ≤ start + 1440."""

Day = tuple[Shift, ...]
"""The shifts of one day in order; empty for a day off."""


def minute_of(moment: datetime) -> int:
    """Return the instant of a datetime, rounded to the nearest minute; a time zone is refused, since plans run by the local clock."""
    if moment.tzinfo is not None:
        raise CalendarError(f"{moment} carries a time zone; give the plan's local time without one.")
    return round((moment - EPOCH).total_seconds() / 60)


def datetime_of(instant: int) -> datetime:
    """Return the datetime of an instant."""
    return EPOCH + timedelta(minutes=int(instant))


def day_of(day: date) -> int:
    """Days since the epoch."""
    return day.toordinal() - EPOCH.toordinal()


@dataclass(frozen=True, slots=True)
class CalendarException:
    """Days ``first`` to ``last`` (both included) that are worked by ``shifts`` instead of the week's; none for days off."""

    first: date
    last: date
    shifts: Day = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """When work is done: a week, and the days that differ from it.

    Parameters
    ----------
    id : str
        Unique within a plan.
    week : tuple of 7 days
        Shifts of Monday to Sunday. A shift that runs past midnight belongs to the day on which it starts (22:00–06:00 is (1320, 1800)).
    exceptions : tuple of CalendarException
        Where two cover one day, the later of the tuple holds. What a calendar takes over from a parent must be resolved beforehand.

    Raises
    ------
    CalendarError
        For a week that has not seven days, shifts that overlap or are out of range, or no working time at all.
    """

    id: str
    week: tuple[Day, ...]
    exceptions: tuple[CalendarException, ...] = ()

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise CalendarError(f"Calendar {self.id} has {len(self.week)} weekdays; give seven, Monday first.")
        for day in self.week:
            _check_day(self.id, day)
        for exception in self.exceptions:
            _check_day(self.id, exception.shifts)
            if exception.last < exception.first:
                raise CalendarError(f"Calendar {self.id} has an exception from {exception.first} to {exception.last}; swap the dates.")
        if not any(self.week) and not any(exception.shifts for exception in self.exceptions):
            raise CalendarError(f"Calendar {self.id} has no working time; give it at least one shift.")


def _check_day(calendar: str, day: Day) -> None:
    previous = 0
    for start, finish in day:
        if not (0 <= start < MINUTES_PER_DAY and start < finish <= start + MINUTES_PER_DAY):
            raise CalendarError(f"Calendar {calendar} has a shift from minute {start} to {finish}; a shift lasts up to 24 hours.")
        if start < previous:
            raise CalendarError(f"Calendar {calendar} has shifts that overlap at minute {start}; put them in order without overlap.")
        previous = finish


def compile_calendars(calendars: Sequence[Calendar]) -> CalendarTable:
    """Compile calendars to the arrays that the kernels take; calendar ``k`` of the sequence gets number ``k``."""
    patterns: dict[Day, int] = {}
    rows, firsts = [], []
    for calendar in calendars:
        first, pattern_of_day = _days(calendar, patterns)
        firsts.append(first)
        rows.append(pattern_of_day)
    minutes = np.array([sum(finish - start for start, finish in day) for day in patterns] or [0], np.int64)
    works = [np.concatenate([[0], np.cumsum(minutes[row])]).astype(np.int64) for row in rows]
    lengths = np.array([row.size for row in rows], np.int64)
    return CalendarTable(
        first_day=np.array(firsts, np.int64),
        days=lengths,
        row=np.concatenate([[0], np.cumsum(lengths)])[:-1].astype(np.int64),
        week_minutes=np.array([work[-1] - work[-8] for work in works], np.int64),
        total=np.array([work[-1] for work in works], np.int64),
        day_work=np.concatenate([work[:-1] for work in works] or [np.empty(0, np.int64)]).astype(np.int64),
        day_pattern=np.concatenate(rows or [np.empty(0, np.int64)]).astype(np.int64),
        pattern=np.concatenate([[0], np.cumsum([len(day) for day in patterns])]).astype(np.int64),
        shift_start=np.array([start for day in patterns for start, _ in day], np.int64),
        shift_finish=np.array([finish for day in patterns for _, finish in day], np.int64),
    )


def _days(calendar: Calendar, patterns: dict[Day, int]) -> tuple[int, Ints]:
    """First day covered (a Monday) and the pattern of each covered day; the first and last week are free of exceptions."""
    spans = [(day_of(e.first), day_of(e.last), e.shifts) for e in calendar.exceptions]
    earliest = min((first for first, _, _ in spans), default=0)
    latest = max((last for _, last, _ in spans), default=0)
    if latest - earliest > LONGEST_YEARS * 366:
        raise CalendarError(f"Calendar {calendar.id} has exceptions more than {LONGEST_YEARS} years apart; correct their dates.")
    first = earliest - 7 - (earliest + EPOCH_WEEKDAY) % 7
    weeks = (latest - first) // 7 + 3
    numbers: dict[Day, int] = {}
    week = [numbers.setdefault(day, len(numbers)) for day in calendar.week]
    days = np.tile(np.array(week, np.int64), weeks)
    for begin, end, shifts in spans:
        days[begin - first : end - first + 1] = numbers.setdefault(shifts, len(numbers))
    # A shift past midnight spills into the next day, so that what a day works depends on the day before it too.
    kinds = list(numbers)
    before = np.concatenate([days[6:7], days[:-1]])
    pairs, places = np.unique(before * len(kinds) + days, return_inverse=True)
    effective = [_worked(kinds[pair // len(kinds)], kinds[pair % len(kinds)]) for pair in pairs.tolist()]
    renumbered = np.array([patterns.setdefault(day, len(patterns)) for day in effective], np.int64)
    return first, renumbered[places]


def _worked(before: Day, day: Day) -> Day:
    """What is worked between midnight and midnight: the spill of the day before and the day's own shifts, merged."""
    spill = [(0, finish - MINUTES_PER_DAY) for _, finish in before if finish > MINUTES_PER_DAY]
    merged: list[Shift] = []
    for start, finish in sorted([*spill, *((start, min(finish, MINUTES_PER_DAY)) for start, finish in day)]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(finish, merged[-1][1]))
        else:
            merged.append((start, finish))
    return tuple(merged)


class WorkingTime:
    """One calendar, compiled for counting.

    Notes
    -----
    Let W(t) be the working minutes before t. W stands still outside working time, so that its inverse has two readings: the *left
    limit* (first t with W(t) = w, an evening) at which work finishes, and the *right limit* (last such t, the next morning) at which
    work starts. ``add`` returns left limits for a positive and right limits for a negative length.

    Examples
    --------
    >>> from datetime import datetime
    >>> office = WorkingTime(Calendar("office", (((480, 720), (780, 1020)),) * 5 + ((),) * 2))
    >>> friday = minute_of(datetime(2026, 11, 27, 16))
    >>> datetime_of(office.add(friday, 120)).isoformat()
    '2026-11-30T09:00:00'
    """

    __slots__ = ("calendar", "number", "table")

    def __init__(self, calendar: Calendar | None, table: CalendarTable | None = None, number: int = 0) -> None:
        self.calendar = calendar
        self.number = ELAPSED if calendar is None else number
        self.table = table if table is not None else compile_calendars([] if calendar is None else [calendar])

    def work_before(self, instant: int) -> int:
        """Count the working minutes between the calendar's own origin and an instant."""
        return kernels.work_before(self.table, self.number, instant)

    def start_instant(self, work: int) -> int:
        """Right limit of the inverse: where working minute ``work`` + 1 starts."""
        return self._reached(kernels.instant_after(self.table, self.number, work))

    def finish_instant(self, work: int) -> int:
        """Left limit of the inverse: where working minute ``work`` ends."""
        return self._reached(kernels.instant_before(self.table, self.number, work))

    def between(self, start: int, finish: int) -> int:
        """Count the working minutes from one instant to another; negative when the second is earlier."""
        return self.work_before(finish) - self.work_before(start)

    def add(self, instant: int, minutes: int) -> int:
        """Finish of ``minutes`` of work begun at an instant; for a negative number, start of work that ends there; 0 moves nothing."""
        return self._reached(kernels.add_working(self.table, self.number, instant, minutes))

    def next_working(self, instant: int) -> int:
        """Return the instant itself if work goes on then, else the next start of work."""
        return self._reached(kernels.next_working(self.table, self.number, instant))

    def previous_working(self, instant: int) -> int:
        """Return the instant itself if work goes on just before it, else the last end of work."""
        return self._reached(kernels.previous_working(self.table, self.number, instant))

    def work_before_each(self, instants: Ints) -> Ints:
        """``work_before`` of an array of instants."""
        out = np.empty_like(instants)
        kernels.each_work_before(self.table, self.number, instants, out)
        return out

    def start_instants(self, works: Ints) -> Ints:
        """``start_instant`` of an array."""
        out = np.empty_like(works)
        kernels.each_instant_after(self.table, self.number, works, out)
        return self._all_reached(out)

    def finish_instants(self, works: Ints) -> Ints:
        """``finish_instant`` of an array."""
        out = np.empty_like(works)
        kernels.each_instant_before(self.table, self.number, works, out)
        return self._all_reached(out)

    def add_each(self, instants: Ints, minutes: Ints) -> Ints:
        """``add`` of two arrays of one shape."""
        out = np.empty_like(instants)
        kernels.each_add_working(self.table, self.number, instants, minutes, out)
        return self._all_reached(out)

    def _reached(self, instant: int) -> int:
        if abs(instant) >= NEVER:
            raise CalendarError(f"Calendar {self._name} runs out of working time; give it a working week or more working days.")
        return instant

    def _all_reached(self, instants: Ints) -> Ints:
        if instants.size and int(np.abs(instants).max()) >= NEVER:
            raise CalendarError(f"Calendar {self._name} runs out of working time; give it a working week or more working days.")
        return instants

    @property
    def _name(self) -> str:
        return self.calendar.id if self.calendar else "24 hours"
