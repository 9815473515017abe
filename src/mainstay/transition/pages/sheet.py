"""The run sheet as it is worked with during a cut-over, on a phone as well: what comes next, with one large button each."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mainstay.initiatives.finding import way_to
from mainstay.register import actions
from mainstay.register.access import may, verbs_on, visible_to
from mainstay.register.asat import refuse_past
from mainstay.register.errors import ActionError, Invalid, NotFound, Refused, Stale
from mainstay.register.pages.page import status_of, text_of, version_of
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.register.trail import Crumb
from mainstay.transition import run_sheet, times
from mainstay.transition.models import Transition
from mainstay.transition.plan.register import TransitionPlanRegister
from mainstay.transition.plan.steps import FOLLOWING
from mainstay.transition.step.register import CutOverStepRegister

BUTTONS = ("start", "finish")
ASIDE = ("fail", "skip", "undo")


def plan_for(request: HttpRequest, pk: int) -> Transition:
    rows = visible_to(actor_of(request).account, TransitionPlanRegister).filter(pk=pk, is_withdrawn=False)
    found = rows.select_related("initiative", "milestone", "fallback_owner", "owner").first()
    if found is None:
        raise NotFound
    return cast("Transition", found)


@require_safe
@asks("transition.plan:view")
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    return show(request, plan_for(request, pk))


@require_POST
@asks("transition.step:change")
def take(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """One press of a button for the step; what stands in the way is told above the sheet."""
    refuse_past(seen_at(request))
    actor = actor_of(request)
    step = visible_to(actor.account, CutOverStepRegister).filter(pk=pk).first()
    if step is None:
        raise NotFound
    plan = plan_for(request, step.plan_id)
    if not may(actor.account, "change", CutOverStepRegister, step):
        raise Refused(_("You may see %(ref)s but not change it.") % {"ref": step.ref})
    try:
        actions.move(CutOverStepRegister, pk, version_of(request), move, actor, reason=text_of(request, "reason"))
    except (Invalid, Stale, Refused) as fault:
        return show(request, plan, fault)
    return HttpResponseRedirect(f"{reverse('transition.run_sheet', args=[plan.pk])}#step-{pk}")


@require_POST
@asks("transition.step:change")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The times of a step put right, with the reason; a step that is not the visitor's to see does not exist for them."""
    refuse_past(seen_at(request))
    actor = actor_of(request)
    step = visible_to(actor.account, CutOverStepRegister).filter(pk=pk).first()
    if step is None:
        raise NotFound
    plan = plan_for(request, step.plan_id)
    texts = {name: text_of(request, name) for name in ("started_at", "ended_at")}
    try:
        times.correct(pk, version_of(request), texts, text_of(request, "reason"), actor)
    except (Invalid, Stale) as fault:
        return show(request, plan, fault, {**texts, "step": pk, "reason": text_of(request, "reason")})
    return HttpResponseRedirect(f"{reverse('transition.run_sheet', args=[plan.pk])}#step-{pk}")


def show(request: HttpRequest, plan: Transition, fault: ActionError | None = None, given: Mapping[str, Any] | None = None) -> HttpResponse:
    """The sheet; `given` is what was typed into the times of one step and could not be taken."""
    account = actor_of(request).account
    seen = set(visible_to(account, CutOverStepRegister).filter(plan=plan.pk).values_list("pk", flat=True))
    steps = [step for step in run_sheet.steps_of(plan) if step.pk in seen]
    lines = [drawn(line, account, given or {}) for line in run_sheet.lines(plan, steps, timezone.now())]
    done = sum(line["step"].state in run_sheet.OVER for line in lines)
    ends = [line["expected"][1] for line in lines if line["expected"]]
    context = {
        "title": _("Run sheet of %(plan)s") % {"plan": plan},
        "breadcrumbs": [*way_to(account, plan.initiative), Crumb(str(plan), TransitionPlanRegister.url("detail", plan))],
        "marking": plan.marking,
        "plan": plan,
        "state": TransitionPlanRegister.states.label(plan.state) if TransitionPlanRegister.states else "",
        "lines": lines,
        "done": done,
        "ends": max(ends, default=None),
        "passed": run_sheet.no_return(plan),
        "has_begun": plan.state == "cut_over",
        "is_before": plan.state in FOLLOWING,
        "fault": sentence(fault),
    }
    return render(request, "transition/run_sheet.html", context, status=status_of(fault) if fault else 200)


def sentence(fault: ActionError | None) -> str:
    if isinstance(fault, Invalid):
        return " ".join(text for texts in fault.errors.values() for text in texts)
    return str(fault) if fault else ""


def drawn(line: run_sheet.Line, account: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """One step with the buttons that its reader may press, and the times that they may put right."""
    step, states = line.step, CutOverStepRegister.states
    may_change = "change" in verbs_on(account, CutOverStepRegister, step)
    moves = states.moves_from(step.state) if states and may_change else {}
    was_typed = given if given.get("step") == step.pk else {}
    refused = {name: CutOverStepRegister.refusal(step, name, account) for name in moves}
    return {
        "step": step,
        "state": states.label(step.state) if states else "",
        "planned": line.planned,
        "expected": line.expected,
        "late": line.late_minutes,
        "buttons": [(name, moves[name].verb) for name in BUTTONS if name in moves and not refused[name]],
        "aside": [(name, moves[name].verb) for name in ASIDE if name in moves and not refused[name]],
        "held_up": refused.get("start", ""),
        "times": [
            {"name": name, "label": CutOverStepRegister.label(name), "value": was_typed.get(name) or times.typed(getattr(step, name))}
            for name in (times.stamped(step) if may_change else ())
        ],
        "typed": was_typed,
    }
