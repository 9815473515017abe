"""Triage of a programme: risk potential of what lies below, what should have a review and has none, whose low rating is questioned."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mainstay.assurance.assessment.register import AssessmentRegister
from mainstay.assurance.bank.register import BankRegister
from mainstay.assurance.review.register import ReviewRegister
from mainstay.assurance.triage import needing, shipped
from mainstay.assurance.triage.thresholds import rule_for
from mainstay.initiatives.finding import initiative_for, way_to
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.register.access import below, may, visible_to
from mainstay.register.asat import refuse_past
from mainstay.register.errors import NotFound
from mainstay.register.requests import actor_of, asks, seen_at

MOST = 2_000


@require_safe
@asks("assurance.assessment:view")
def triage(request: HttpRequest, pk: int) -> HttpResponse:
    place = initiative_for(request, pk, AssessmentRegister, ReviewRegister)
    account = actor_of(request).account
    inside = below("initiative__path", [place.path])
    projects = visible_to(account, InitiativeRegister).filter(
        below("path", [place.path]), kind__in=("programme", "project"), is_withdrawn=False
    )
    assessed = visible_to(account, AssessmentRegister).filter(inside, is_withdrawn=False).select_related("bank").order_by("pk")
    newest = {one.initiative_id: one for one in assessed}
    reviewed = visible_to(account, ReviewRegister).filter(inside, is_withdrawn=False).exclude(state="cancelled").order_by()
    counts = dict(reviewed.values_list("initiative_id").annotate(held=Count("pk")))
    rule = rule_for(place, timezone.localdate())
    lines = needing.lines(list(projects.order_by("path")[:MOST]), newest, counts, rule)
    states = AssessmentRegister.states
    context = {
        "title": _("Triage of %(place)s") % {"place": place.title},
        "breadcrumbs": way_to(account, place),
        "marking": place.marking,
        "initiative": place,
        "rule": rule,
        "lines": [(line, states.label(line.assessment.state) if states and line.assessment else "") for line in lines],
        "missing": [line for line in lines if line.is_missing],
        "doubted": [line for line in lines if line.challenge],
        "exempt": [line for line in lines if line.assessment and line.assessment.overall == "low" and not line.reasons],
        "banks": shipped.banks(),
        "held": visible_to(account, BankRegister).filter(inside, is_withdrawn=False).order_by("-valid_from", "-pk")[:20],
        "may_take": may(account, "create", BankRegister),
        "may_add": may(account, "create", AssessmentRegister),
    }
    return render(request, "assurance/triage.html", context)


@require_POST
@asks("assurance.bank:create")
def take(request: HttpRequest, pk: int) -> HttpResponse:
    refuse_past(seen_at(request))
    place = initiative_for(request, pk, BankRegister)
    if not may(actor_of(request).account, "create", BankRegister):
        raise NotFound
    made = shipped.take(request.POST.get("name", ""), place.pk, actor_of(request))
    return redirect(BankRegister.url("detail", made))
