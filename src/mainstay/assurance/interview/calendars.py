"""Interviews as entries of a calendar."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from icalendar import Calendar, Event


def calendar(rows: Iterable[Any], url: str) -> bytes:
    """Everything with an hour; what is not accepted yet is tentative."""
    found = Calendar()
    found.add("prodid", "-//Mainstay//assurance//EN")
    found.add("version", "2.0")
    for row in rows:
        if row.span is None or row.held_on is None:
            continue
        midnight = datetime.combine(row.held_on, time(), tzinfo=timezone.get_current_timezone())
        event = Event()
        event.add("uid", f"assurance-interview-{row.pk}@mainstay")
        event.add("summary", f"{row.title} ({row.review.ref})")
        event.add("dtstart", midnight + timedelta(minutes=row.span[0]))
        event.add("dtend", midnight + timedelta(minutes=row.span[1]))
        event.add("dtstamp", row.updated_at)
        event.add("status", "CONFIRMED" if row.state in ("accepted", "held") else "TENTATIVE")
        event.add("sequence", row.version)
        event.add("description", url)
        if row.place:
            event.add("location", row.place)
        found.add_component(event)
    return bytes(found.to_ical())
