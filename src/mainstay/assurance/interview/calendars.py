"""Interviews as entries of a calendar."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from mainstay.formats.calendar_events import CalendarEvent, to_icalendar


def calendar(rows: Iterable[Any], url: str) -> bytes:
    """Everything with an hour; what is not accepted yet is tentative."""
    return to_icalendar("", (event(row, url) for row in rows if row.span is not None and row.held_on is not None), "Interviews")


def event(row: Any, url: str) -> CalendarEvent:
    midnight = datetime.combine(row.held_on, time(), tzinfo=timezone.get_current_timezone())
    begins, ends = (midnight + timedelta(minutes=minute) for minute in row.span)
    return CalendarEvent(
        key=f"assurance-interview-{row.pk}",
        title=f"{row.title} ({row.review.ref})",
        first=begins,
        last=ends,
        stamp=row.updated_at,
        text=url,
        place=row.place,
        version=row.version,
        is_sure=row.state in ("accepted", "held"),
        blocks_time=True,
    )
