"""All transitions of a programme: one time line beside its milestones, what clashes, and how ready each area is."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainstay.initiatives.finding import initiative_for, way_to
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.planning.models import Milestone
from mainstay.register.access import below, may, visible_to
from mainstay.register.errors import NotFound
from mainstay.register.requests import actor_of, asks
from mainstay.transition.clashes import clashes
from mainstay.transition.criterion.register import ReadinessCriterionRegister
from mainstay.transition.plan.register import TransitionPlanRegister
from mainstay.transition.readiness import Readiness
from mainstay.transition.timeline import drawing

MOST, MOST_PLACES = 60, 200


@require_safe
@asks("transition.plan:view")
def programmes(request: HttpRequest) -> HttpResponse:
    """The initiatives that have transitions at or below them; where only one has, its page itself."""
    account = actor_of(request).account
    if not may(account, "view", TransitionPlanRegister):
        raise NotFound
    held = visible_to(account, TransitionPlanRegister).filter(is_withdrawn=False).values("initiative")
    rows = list(visible_to(account, InitiativeRegister).filter(pk__in=held, is_withdrawn=False).order_by("path")[:MOST_PLACES])
    if len(rows) == 1:
        return redirect("transition.transitions", rows[0].pk)
    context = {"title": _("Transitions"), "rows": rows, "may_add": may(account, "create", TransitionPlanRegister)}
    return render(request, "transition/programmes.html", context)


@require_safe
@asks("transition.plan:view")
def transitions(request: HttpRequest, pk: int) -> HttpResponse:
    place = initiative_for(request, pk, TransitionPlanRegister)
    account = actor_of(request).account
    inside = below("initiative__path", [place.path])
    rows = TransitionPlanRegister.rows(visible_to(account, TransitionPlanRegister).filter(inside, is_withdrawn=False))
    plans = list(rows.select_related("milestone__initiative").order_by("cut_over_on", "pk")[:MOST])
    hanging = {plan.milestone_id for plan in plans}
    seen = visible_to(account, MilestoneRegister).filter(inside, is_withdrawn=False).exclude(state="cancelled")
    milestones: list[Milestone] = list(seen.select_related("initiative").order_by("forecast", "pk")[:MOST])
    milestones += [row for row in visible_to(account, MilestoneRegister).filter(pk__in=hanging) if row not in milestones]
    visible = {row.pk for row in milestones}
    states = TransitionPlanRegister.states
    found = readiness_of(account, plans)
    context = {
        "title": _("Transitions of %(place)s") % {"place": place.title},
        "breadcrumbs": way_to(account, place),
        "marking": place.marking,
        "initiative": place,
        "rows": [(plan, states.label(plan.state) if states else "", found[plan.pk], plan.milestone_id in visible) for plan in plans],
        "clashes": clashes(place, plans),
        "drawing": drawing(plans, milestones, timezone.localdate()),
        "milestones": [row for row in milestones if row.expected],
        "is_cut": len(plans) == MOST,
        "may_add": may(account, "create", TransitionPlanRegister),
        "url": f"{TransitionPlanRegister.url('list')}?in={place.pk}",
    }
    return render(request, "transition/transitions.html", context)


def readiness_of(account: Any, plans: list[Any]) -> dict[int, Readiness]:
    """The criteria of all plans in one query."""
    found: dict[int, list[Any]] = defaultdict(list)
    rows = visible_to(account, ReadinessCriterionRegister).filter(plan__in=plans, is_withdrawn=False)
    for row in rows.order_by("pk"):
        found[row.plan_id].append(row)
    return {plan.pk: Readiness(found[plan.pk]) for plan in plans}
