"""Bank holidays of England and Wales and of Northern Ireland: the rule, the exceptions as data, and working days that pass them over."""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

from mainstay.engine.errors import EngineError

FIRST_YEAR, LAST_YEAR = 2011, 2199


class Division(StrEnum):
    """A part of the United Kingdom with bank holidays of its own, keyed as GOV.UK does."""

    ENGLAND_AND_WALES = "england-and-wales"
    NORTHERN_IRELAND = "northern-ireland"


ADDED: dict[int, tuple[date, ...]] = {
    2011: (date(2011, 4, 29),),
    2012: (date(2012, 6, 5),),
    2022: (date(2022, 6, 3), date(2022, 9, 19)),
    2023: (date(2023, 5, 8),),
}
"""Proclaimed once, in all of the United Kingdom."""

MOVED: dict[date, date] = {
    date(2012, 5, 28): date(2012, 6, 4),
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}
"""Moved by proclamation: from the date of the rule to the one that was kept."""


def bank_holidays(year: int, division: Division) -> frozenset[date]:
    """Return the bank holidays of one year, substitute days included.

    Raises
    ------
    EngineError
        For a year outside 2011–2199.

    Notes
    -----
    A holiday on a Saturday or Sunday moves to the next Monday. Of Christmas and Boxing Day, whichever falls on a weekend moves past the
    other one, so that both keep a weekday. Compare sets of dates: published lists give the two substitutes' names in either order.

    References
    ----------
    Banking and Financial Dealings Act 1971, schedule 1; GOV.UK's list of bank holidays for the exceptions.

    Examples
    --------
    >>> [f"{day:%d %b}" for day in sorted(bank_holidays(2026, Division.NORTHERN_IRELAND))][-3:]
    ['31 Aug', '25 Dec', '28 Dec']
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise EngineError(f"Bank holidays are known for {FIRST_YEAR} to {LAST_YEAR}, not for {year}.")
    easter = easter_sunday(year)
    found = {
        _substitute(date(year, 1, 1)),
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        _first_monday(year, 5),
        _last_monday(year, 5),
        _last_monday(year, 8),
        *_christmas(year),
    }
    if division == Division.NORTHERN_IRELAND:
        found |= {_substitute(date(year, 3, 17)), _substitute(date(year, 7, 12))}
    return frozenset({MOVED.get(day, day) for day in found} | set(ADDED.get(year, ())))


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar (the anonymous algorithm published in Nature in 1876)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - correction + 15) % 30
    quarter, quarter_rest = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * quarter - moon - quarter_rest) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def add_working_days(start: date, count: int, closed: Collection[date] = ()) -> date:
    """Return the day `count` working days after `start` (before it when negative); Saturdays, Sundays and `closed` days do not count.

    Zero gives `start` itself where it is a working day, else the next one.

    Examples
    --------
    >>> add_working_days(date(2026, 12, 24), 1, bank_holidays(2026, Division.NORTHERN_IRELAND))
    datetime.date(2026, 12, 29)
    """
    step = timedelta(days=-1 if count < 0 else 1)
    day, left = start, abs(count)
    while left or not is_working_day(day, closed):
        day += step
        left -= bool(left) and is_working_day(day, closed)
    return day


def working_days_between(start: date, finish: date, closed: Collection[date] = ()) -> int:
    """Return how many working days `finish` lies after `start`; negative where it lies before."""
    first, last = min(start, finish), max(start, finish)
    weeks, rest = divmod((last - first).days, 7)
    count = weeks * 5 + sum((first + timedelta(days=weeks * 7 + step)).weekday() < 5 for step in range(1, rest + 1))
    count -= sum(first < day <= last and day.weekday() < 5 for day in set(closed))
    return count if finish >= start else -count


def is_working_day(day: date, closed: Collection[date] = ()) -> bool:
    """Return whether `day` is neither a Saturday nor a Sunday nor closed."""
    return day.weekday() < 5 and day not in closed


def _substitute(day: date) -> date:
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))


def _christmas(year: int) -> set[date]:
    """The two days of Christmas, each kept on a weekday."""
    first = date(year, 12, 25)
    days = {4: (25, 28), 5: (27, 28), 6: (26, 27)}.get(first.weekday(), (25, 26))
    return {date(year, 12, day) for day in days}


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7)


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=last.weekday())
