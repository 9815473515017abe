"""The days of a commission: working days after the end of its period, in the calendar of the initiative."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from mainstay.initiatives.initiative.model import Initiative
from mainstay.initiatives.working_days import working_day
from mainstay.reporting.definition.model import Cadence, Definition

MONTHS = {Cadence.MONTHLY: 1, Cadence.QUARTERLY: 3, Cadence.HALF_YEARLY: 6, Cadence.ONCE: 1}
DAYS = {
    "opens_on": "opens_wd",
    "due_on": "due_wd",
    "checked_by": "checked_wd",
    "confirmed_by": "confirmed_wd",
    "freezes_on": "freezes_wd",
}
"""The days of a commission → the counts of working days of a definition."""


def days(definition: Definition, place: Initiative, period_to: date) -> dict[str, date]:
    """The days on which a commission of the period that ends on `period_to` is asked, due, checked, confirmed and frozen."""
    return {name: working_day(place, period_to, getattr(definition, count)) for name, count in DAYS.items()}


def period(definition: Definition, today: date) -> tuple[date, date]:
    """The period that is to be reported now: the current one in its second half, else the one before."""
    length = MONTHS[Cadence(definition.cadence)]
    # Quarters and half-years of the financial year, which begins in April.
    first = date(today.year, today.month, 1) if length == 1 else month_before(today, (today.month - 4) % length)
    last = month_before(first, -length) - timedelta(days=1)
    if (today - first).days * 2 < (last - first).days:
        first, last = month_before(first, length), first - timedelta(days=1)
    return first, last


def month_before(day: date, count: int) -> date:
    """The first of the month `count` months before the month of `day`; after it where negative."""
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def called(first: date, last: date) -> str:
    """`October 2026`, `July to September 2026`, `October 2026 to March 2027`."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    start = f"{first:%B}" if first.year == last.year else f"{first:%B %Y}"
    return _("%(first)s to %(last)s") % {"first": start, "last": f"{last:%B %Y}"}
