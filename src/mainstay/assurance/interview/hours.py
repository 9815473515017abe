"""Hours of the day as minutes, and when somebody can come, as it is written: `2027-03-01 09:00-12:00; 2027-03-02`."""

import re
from datetime import date

HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
WRITTEN = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s+(\d{1,2}:\d{2})\s*(?:-|–|to)\s*(\d{1,2}:\d{2}))?")
DAY = (0, 24 * 60)

Spans = dict[date, list[tuple[int, int]]]
"""Day → spans of minutes, each with its first minute and the one after its last."""


def minute_of(text: str) -> int | None:
    """Minutes since midnight of `09:30`; None where it is no hour."""
    found = HOUR.fullmatch(text.strip())
    return int(found[1]) * 60 + int(found[2]) if found else None


def text_of(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def spans(text: str) -> Spans:
    """When somebody can come; {} where nothing is written. A day without hours is the whole day.

    Raises
    ------
    ValueError
        With the part that cannot be read.
    """
    found: Spans = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        read = WRITTEN.fullmatch(part)
        if read is None:
            raise ValueError(part)
        try:
            day = date.fromisoformat(read[1])
        except ValueError:
            raise ValueError(part) from None
        first, last = (minute_of(read[2]), minute_of(read[3])) if read[2] else DAY
        if first is None or last is None or last <= first:
            raise ValueError(part)
        found.setdefault(day, []).append((first, last))
    return found


def fits(held: Spans, day: date, first: int, last: int) -> bool:
    """Whether somebody with these spans can come from minute `first` to `last` of a day; without spans they always can."""
    return not held or any(begin <= first and last <= end for begin, end in held.get(day, ()))
