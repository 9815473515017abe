"""The dates of a transition plan that follow from others: the cut-over from its milestone, the dip from the cut-over."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from mainstay.register import words


def from_milestone(plan: Any) -> date | None:
    """The day that the milestone gives the cut-over; None where none is named or it has no date."""
    expected: date | None = plan.milestone.expected if plan.milestone_id else None
    return expected + timedelta(days=plan.offset_days or 0) if expected else None


def dip(plan: Any) -> tuple[date, date] | None:
    """First and last day of the expected dip in service."""
    first, length = plan.after_cut_over(plan.dip_starts_days), plan.dip_length_days
    return (first, first + timedelta(days=length)) if first and length else None


def begins(plan: Any) -> datetime | None:
    """The moment from which the steps of the cut-over are counted."""
    if plan.cut_over_on is None:
        return None
    return datetime.combine(plan.cut_over_on, time.fromisoformat(plan.begins_at), ZoneInfo(settings.LOCAL_TIME_ZONE))


def plan_faults(plan: Any, changed: set[str]) -> Iterator[tuple[str, str]]:
    """A day that follows from the programme plan is not typed; a clock time is one."""
    try:
        time.fromisoformat(plan.begins_at)
    except ValueError:
        yield "begins_at", _("Write the time as 18:00.")
    follows = from_milestone(plan)
    if "cut_over_on" in changed and follows and plan.cut_over_on and plan.cut_over_on != follows:
        text = _("The cut-over follows from %(milestone)s: %(day)s. Change the days after the milestone, or take the milestone out.")
        text = _("The cut-over follows from %(milestone)s: %(day)s. Change the days after the milestone, or take the milestone out.")
        yield "cut_over_on", text % {"milestone": plan.milestone.ref, "day": words.day(follows)}


def inside_plan(record: Any, changed: set[str]) -> Iterator[tuple[str, str]]:  # noqa: ARG001  # the signature of a rule
    """What belongs to a transition plan lies at its initiative or below it."""
    if record.plan_id and record.initiative_id and not record.initiative.path.startswith(record.plan.initiative.path):
        yield "plan", _("%(plan)s belongs to %(place)s. Choose that initiative or one below it.") % {
            "plan": record.plan.ref, "place": record.plan.initiative.code,
        }  # fmt: skip
