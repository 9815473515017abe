"""Whole days as iCalendar (RFC 5545): what milestones, reviews and deadlines are written with. The same events give the same bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DayEvent:
    """Something that takes whole days.

    Attributes
    ----------
    key
        What it is known by: a later file with the same key moves it and makes no second one.
    first, last
        Its days, both included.
    stamp
        When it was said so; a day stands for its first minute, UTC.
    is_sure
        Whether it stands; what is not sure is tentative.
    blocks_time
        Whether its days are taken in the calendar of whoever reads it.
    """

    key: str
    title: str
    first: date
    last: date
    stamp: datetime | date
    text: str = ""
    category: str = ""
    url: str = ""
    is_sure: bool = True
    blocks_time: bool = False


def to_icalendar(name: str, events: Iterable[DayEvent], kind: str = "Reviews") -> bytes:
    """Return a calendar of that name; `kind` says in its head what made it."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Mainstay//{kind}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for each in events:
        calendar.add_component(component(each))
    written: bytes = calendar.to_ical()
    return written


def component(event: DayEvent) -> Event:
    """Return one event."""
    made = Event()
    made.add("uid", f"{event.key}@mainstay")
    made.add("summary", event.title)
    made.add("dtstart", event.first)
    made.add("dtend", event.last + timedelta(days=1))
    made.add("dtstamp", stamp_of(event.stamp))
    if event.text:
        made.add("description", event.text)
    if event.category:
        made.add("categories", [event.category])
    if event.url:
        made.add("url", event.url)
    made.add("status", "CONFIRMED" if event.is_sure else "TENTATIVE")
    made.add("transp", "OPAQUE" if event.blocks_time else "TRANSPARENT")
    return made


def stamp_of(stamp: datetime | date) -> datetime:
    """In UTC; an instant without a zone is taken to be in it."""
    if not isinstance(stamp, datetime):
        return datetime.combine(stamp, time(), UTC)
    return stamp.astimezone(UTC) if stamp.tzinfo else stamp.replace(tzinfo=UTC)
