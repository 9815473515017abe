"""Compiled calendars and the kernels that count in them. The calendars as people write them are in ``worktime``.

A table covers whole weeks around the exceptions of each calendar; before and after it the weekly pattern repeats for ever, so there is
no horizon to run out of. Instants are minutes since 1970-01-01T00:00; calendar number ``ELAPSED`` stands for time by the clock.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.compiled import pure_kernel

Ints = NDArray[np.int64]

ELAPSED = -1
"""Number of the calendar that works day and night."""

MINUTES_PER_DAY = 1440
MINUTES_PER_WEEK = 10080
NEVER = 1 << 50
"""An instant that no calendar reaches: the calendar has run out of working time."""


class CalendarTable(NamedTuple):
    """Arrays of several calendars, laid end to end so that a kernel takes them as one argument.

    ``first_day``, ``days``, ``row``, ``week_minutes``, ``total`` have one entry a calendar: day number of the first day covered, count
    of days, place of the first day in the two day arrays, working minutes of the weekly pattern and of all covered days.
    ``day_work`` holds the working minutes between the first covered day and the start of the day, ``day_pattern`` which pattern of
    shifts the day follows; ``pattern`` (one longer than there are patterns) points into ``shift_start`` and ``shift_finish``, minutes
    after midnight.
    """

    first_day: Ints
    days: Ints
    row: Ints
    week_minutes: Ints
    total: Ints
    day_work: Ints
    day_pattern: Ints
    pattern: Ints
    shift_start: Ints
    shift_finish: Ints


@pure_kernel
def work_before(table: CalendarTable, calendar: int, instant: int) -> int:
    """Working minutes between the start of the calendar's table and an instant (negative before it)."""
    if calendar < 0:
        return instant
    first = table.first_day[calendar]
    begin = first * 1440
    end = begin + table.days[calendar] * 1440
    carried = 0
    if instant >= end:
        weeks = (instant - end) // 10080 + 1
        instant -= weeks * 10080
        carried = weeks * table.week_minutes[calendar]
    elif instant < begin:
        weeks = (begin - instant + 10079) // 10080
        instant += weeks * 10080
        carried = -weeks * table.week_minutes[calendar]
    day = (instant - begin) // 1440
    minute = instant - begin - day * 1440
    row = table.row[calendar] + day
    done = carried + table.day_work[row]
    shifts = table.day_pattern[row]
    for k in range(table.pattern[shifts], table.pattern[shifts + 1]):
        start = table.shift_start[k]
        if minute <= start:
            break
        done += min(minute, table.shift_finish[k]) - start
    return int(done)


@pure_kernel
def instant_after(table: CalendarTable, calendar: int, work: int) -> int:
    """Right limit: the last instant before which exactly ``work`` minutes were worked, where minute ``work`` + 1 starts."""
    if calendar < 0:
        return work
    total = table.total[calendar]
    weekly = table.week_minutes[calendar]
    shifted = 0
    if work >= total or work < 0:
        if weekly == 0:
            return NEVER if work >= total else -NEVER
        weeks = (work - total) // weekly + 1 if work >= total else -((weekly - 1 - work) // weekly)
        work -= weeks * weekly
        shifted = weeks * 10080
    row = table.row[calendar]
    low = row
    high = row + table.days[calendar] - 1
    while low < high:
        middle = (low + high + 1) >> 1
        if table.day_work[middle] <= work:
            low = middle
        else:
            high = middle - 1
    rest = work - table.day_work[low]
    midnight = (table.first_day[calendar] + low - row) * 1440 + shifted
    shifts = table.day_pattern[low]
    for k in range(table.pattern[shifts], table.pattern[shifts + 1]):
        length = table.shift_finish[k] - table.shift_start[k]
        if rest < length:
            return int(midnight + table.shift_start[k] + rest)
        rest -= length
    return NEVER


@pure_kernel
def instant_before(table: CalendarTable, calendar: int, work: int) -> int:
    """Left limit: the first instant before which exactly ``work`` minutes were worked, where minute ``work`` ends."""
    if calendar < 0:
        return work
    total = table.total[calendar]
    weekly = table.week_minutes[calendar]
    shifted = 0
    if work > total or work <= 0:
        if weekly == 0:
            return NEVER if work > total else -NEVER
        weeks = (work - total + weekly - 1) // weekly if work > total else -(-work // weekly + 1)
        work -= weeks * weekly
        shifted = weeks * 10080
    row = table.row[calendar]
    low = row
    high = row + table.days[calendar] - 1
    while low < high:
        middle = (low + high + 1) >> 1
        if table.day_work[middle] < work:
            low = middle
        else:
            high = middle - 1
    rest = work - table.day_work[low]
    midnight = (table.first_day[calendar] + low - row) * 1440 + shifted
    shifts = table.day_pattern[low]
    for k in range(table.pattern[shifts], table.pattern[shifts + 1]):
        length = table.shift_finish[k] - table.shift_start[k]
        if rest <= length:
            return int(midnight + table.shift_start[k] + rest)
        rest -= length
    return NEVER


@pure_kernel
def next_working(table: CalendarTable, calendar: int, instant: int) -> int:
    """Return the first instant, not before ``instant``, at which work goes on."""
    return instant if calendar < 0 else instant_after(table, calendar, work_before(table, calendar, instant))


@pure_kernel
def previous_working(table: CalendarTable, calendar: int, instant: int) -> int:
    """Return the last instant, not after ``instant``, up to which work went on."""
    return instant if calendar < 0 else instant_before(table, calendar, work_before(table, calendar, instant))


@pure_kernel
def add_working(table: CalendarTable, calendar: int, instant: int, minutes: int) -> int:
    """Return the finish of work of that length (left limit), or for a negative length its start (right limit)."""
    if minutes == 0 or calendar < 0:
        return instant + minutes
    if minutes > 0:
        return instant_before(table, calendar, work_before(table, calendar, instant) + minutes)
    return instant_after(table, calendar, work_before(table, calendar, instant) + minutes)


@pure_kernel
def each_work_before(table: CalendarTable, calendar: int, instants: Ints, out: Ints) -> None:
    for k in range(instants.size):
        out[k] = work_before(table, calendar, instants[k])


@pure_kernel
def each_instant_after(table: CalendarTable, calendar: int, works: Ints, out: Ints) -> None:
    for k in range(works.size):
        out[k] = instant_after(table, calendar, works[k])


@pure_kernel
def each_instant_before(table: CalendarTable, calendar: int, works: Ints, out: Ints) -> None:
    for k in range(works.size):
        out[k] = instant_before(table, calendar, works[k])


@pure_kernel
def each_add_working(table: CalendarTable, calendar: int, instants: Ints, minutes: Ints, out: Ints) -> None:
    for k in range(instants.size):
        out[k] = add_working(table, calendar, instants[k], minutes[k])
