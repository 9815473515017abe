"""Days as tables write them: ISO, day first or month first as the whole column shows, two-digit years, months in words, serial numbers."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

EPOCH = date(1899, 12, 30)
SERIALS = range(20_000, 80_000)
"""Serial numbers of spreadsheets from 1954 to 2119."""
NUMERIC = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?:[T\s]\s*\d{1,2}:\d{2}.*)?$")
ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s].*)?$")
WORDS = re.compile(r"^(?:(\d{1,2})(?:st|nd|rd|th)?[\s-]+)?([A-Za-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})$")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LAST_OF_THIS_CENTURY = 79
"""Two-digit years up to this one lie in the 2000s: ends of projects reach far ahead."""


def is_month_first(values: Iterable[object]) -> bool:
    """Whether the numeric dates of a column put the month first: some second part is above 12, and no first part is."""
    parts = [found.groups() for value in values if isinstance(value, str) and (found := NUMERIC.match(value.strip()))]
    return any(int(second) > 12 for _first, second, _year in parts) and not any(int(first) > 12 for first, _second, _year in parts)


def day(value: object, *, month_first: bool = False) -> date | None:
    """The day that a cell names; a month without a day is its first. None where it names none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return EPOCH + timedelta(days=int(value)) if int(value) in SERIALS else None
    if not isinstance(value, str):
        return None
    text = " ".join(value.split())
    if found := ISO.match(text):
        return made(int(found[1]), int(found[2]), int(found[3]))
    if found := NUMERIC.match(text):
        first, second = int(found[1]), int(found[2])
        return made(year(found[3]), *((first, second) if month_first else (second, first)))
    if (found := WORDS.match(text)) and found[2].lower()[:3] in MONTHS:
        return made(year(found[3]), MONTHS.index(found[2].lower()[:3]) + 1, int(found[1] or 1))
    return None


def year(text: str) -> int:
    number = int(text)
    return number if number > 99 else number + (2000 if number <= LAST_OF_THIS_CENTURY else 1900)


def made(of_year: int, month: int, day_of_month: int) -> date | None:
    try:
        return date(of_year, month, day_of_month)
    except ValueError:
        return None
