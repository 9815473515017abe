"""A proposed timetable accepted as a whole, and written as a calendar."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from mainstay.assurance.interview.register import InterviewRegister
from mainstay.register import actions
from mainstay.register.access import visible_to
from mainstay.register.errors import Refused
from mainstay.register.history import Actor


@transaction.atomic
def accept(review: Any, actor: Actor) -> int:
    """Take every proposed interview to accepted; how many they were. One that cannot be undoes all."""
    seen = visible_to(actor.account, InterviewRegister, "change").filter(review=review.pk, is_withdrawn=False, state="proposed")
    rows = list(seen.order_by("pk"))
    if not rows:
        raise Refused(_("Nothing is proposed. Propose a timetable first."))
    for row in rows:
        actions.move(InterviewRegister, row.pk, row.version, "accept", actor)
    return len(rows)


def calendar(review: Any, rows: Iterable[Any], url: str) -> bytes:
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
        event.add("summary", f"{row.title} ({review.ref})")
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
