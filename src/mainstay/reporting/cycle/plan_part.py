"""A part of a return that calls for the plan: answered by a version that has arrived since, or by a word that the live one holds."""

from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mainstay.planning.models import Plan
from mainstay.register import words
from mainstay.reporting.cycle.content import Part, stands

YES = "yes"


def live_plan(row: Any) -> Plan | None:
    found: Plan | None = Plan.objects.filter(initiative=row.initiative_id, is_live=True, is_withdrawn=False).first()
    return found


def is_new(row: Any, plan: Plan | None) -> bool:
    """Whether it has arrived since the return was asked."""
    return plan is not None and localdate(plan.created_at) >= row.commission.opens_on


def missing(row: Any, part: Part) -> str:
    """Why the return cannot be sent yet, as far as its plan goes; "" where nothing is missing."""
    plan = live_plan(row)
    if is_new(row, plan):
        return ""
    if plan is None:
        return _("%(title)s: no plan has arrived yet. Send it by Import.") % {"title": part.title}
    if row.answers.get(stands(part)) == YES:
        return ""
    text = _("%(title)s: send the current plan, or say that version %(number)d still holds.")
    return text % {"title": part.title, "number": plan.number}


def told(row: Any) -> str:
    """Which plan is live, beside the question."""
    plan = live_plan(row)
    if plan is None:
        return _("No plan has arrived yet.")
    facts = {"number": plan.number, "day": words.day(localdate(plan.created_at)), "file": plan.file_name}
    if is_new(row, plan):
        return _("Version %(number)d arrived on %(day)s (%(file)s): nothing more is needed.") % facts
    status = _(", status date %(day)s") % {"day": words.day(localdate(plan.status_date))} if plan.status_date else ""
    return _("The live plan is version %(number)d of %(day)s (%(file)s)") % facts + status + "."


def sending_url(row: Any) -> str:
    """Where a plan of this initiative is sent."""
    return f"{reverse('exchange.imports')}?into={row.initiative.code}"
