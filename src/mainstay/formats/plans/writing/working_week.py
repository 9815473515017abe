"""The week of a calendar that follows another, said in full, for formats in which every calendar says its whole week."""

from collections.abc import Iterable

from mainstay.formats.schedule import Calendar, Day

NO_WORK: Day = ()


def whole_week(calendar: Calendar, calendars: Iterable[Calendar]) -> tuple[Day, ...]:
    """The shifts of each day from Monday on; what no calendar above says is without work. Circles end where they begin."""
    by_uid = {row.uid: row for row in calendars}
    week, seen, above = list(calendar.week), {calendar.uid}, by_uid.get(calendar.parent_uid or 0)
    while above is not None and above.uid not in seen and None in week:
        week = [mine if mine is not None else theirs for mine, theirs in zip(week, above.week, strict=True)]
        seen.add(above.uid)
        above = by_uid.get(above.parent_uid or 0)
    return tuple(NO_WORK if day is None else day for day in week)
