"""Entries of a calendar as iCalendar (RFC 5545): milestones, reviews, interviews, deadlines. The same events give the same bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """Something that takes whole days, or hours of one.

    Attributes
    ----------
    key
        What it is known by: a later file with the same key moves it and makes no second one.
    first, last
        Its days, both included; or the instants at which it begins and ends, written in UTC so that the file needs no time zone.
    stamp
        When it was said so; a day stands for its first minute, UTC.
    version
        Counts up with each change of it, where that is counted.
    is_sure
        Whether it stands; what is not sure is tentative.
    blocks_time
        Whether its time is taken in the calendar of whoever reads it.
    """

    key: str
    title: str
    first: date
    last: date
    stamp: datetime | date
    text: str = ""
    category: str = ""
    place: str = ""
    url: str = ""
    version: int | None = None
    is_sure: bool = True
    blocks_time: bool = False


def to_icalendar(name: str, events: Iterable[CalendarEvent], kind: str = "Reviews") -> bytes:
    """Return a calendar of that name, where it has one; `kind` says in its head what made it."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Mainstay//{kind}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
    for each in events:
        calendar.add_component(component(each))
    written: bytes = calendar.to_ical()
    return written


def component(event: CalendarEvent) -> Event:
    """Return one event."""
    made = Event()
    made.add("uid", f"{event.key}@mainstay")
    made.add("summary", event.title)
    is_hours = isinstance(event.last, datetime)
    made.add("dtstart", in_utc(event.first) if is_hours else event.first)
    made.add("dtend", in_utc(event.last) if is_hours else event.last + timedelta(days=1))
    made.add("dtstamp", in_utc(event.stamp))
    for name, value in (("description", event.text), ("categories", event.category), ("location", event.place), ("url", event.url)):
        if value:
            made.add(name, value)
    if event.version is not None:
        made.add("sequence", event.version)
    made.add("status", "CONFIRMED" if event.is_sure else "TENTATIVE")
    made.add("transp", "OPAQUE" if event.blocks_time else "TRANSPARENT")
    return made


def in_utc(moment: datetime | date) -> datetime:
    """An instant without a zone is taken to be in it, and a day is its first minute."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time(), UTC)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
