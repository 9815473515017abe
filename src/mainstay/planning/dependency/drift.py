"""Drift: the giver's plan is later than the promise that both sides agreed on. Since when, and telling both of each step at once."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.planning.dependency.address import address
from mainstay.planning.promises import party_mail
from mainstay.post import writing
from mainstay.register import words


def is_drifting(record: Any, forecast: date | None) -> bool:
    """Whether an agreed promise will not be kept, as the giver's plan has it."""
    return bool(record.state == "agreed" and not record.is_withdrawn and forecast and record.promised_by and forecast > record.promised_by)


def settled(record: Any, forecast: date | None) -> dict[str, date | None]:
    """What follows from a forecast for a record: a drift that goes on keeps the day on which it began."""
    if not is_drifting(record, forecast):
        return {"drifts_since": None, "escalated_on": None}
    return {"drifts_since": record.drifts_since or timezone.localdate(), "escalated_on": record.escalated_on}


def tell(record: Any) -> int:
    """Tell both sides, once for each date that the plan moves to; how many were told. In the transaction of the move."""
    if not is_drifting(record, record.forecast):
        return 0
    text = _(
        "%(ref)s %(title)s was promised for %(promised)s. By the plan of the giver it is handed over on %(forecast)s. "
        "It is needed by %(needed)s.\n\n"
        "Neither side moves the date alone: agree on what to do, and reopen the agreement where it takes a new date.\n\n"
    ) % {
        "ref": record.ref,
        "title": record.title,
        "promised": words.day(record.promised_by),
        "forecast": words.day(record.forecast),
        "needed": words.day(record.needed_by) if record.needed_by else "–",
    }
    subject = _("A promise drifts: %(ref)s %(title)s") % {"ref": record.ref, "title": record.title}
    told = 0
    for person in {one.pk: one for one in (record.giver_owner, record.owner) if one is not None and not one.has_left}.values():
        key = f"dependency-{record.pk}-drift-{record.promised_by}-{record.forecast}-{person.pk}"
        told += writing.write(key, person.email, person.title, subject, f"{text}{address(record)}\n") is not None
    return told + party_mail.drifted(record, text)
