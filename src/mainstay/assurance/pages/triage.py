"""Triage of a programme: risk potential of what lies below, what should have a review and has none, whose low rating is questioned."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mainstay.assurance.assessment.register import AssessmentRegister
from mainstay.assurance.bank.register import BankRegister
from mainstay.assurance.review.register import ReviewRegister
from mainstay.assurance.triage import shipped
from mainstay.assurance.triage.looking import triage_of
from mainstay.initiatives.finding import initiative_for, way_to
from mainstay.register.access import below, may, visible_to
from mainstay.register.asat import refuse_past
from mainstay.register.errors import NotFound
from mainstay.register.requests import actor_of, asks, seen_at


@require_safe
@asks("assurance.assessment:view")
def triage(request: HttpRequest, pk: int) -> HttpResponse:
    place = initiative_for(request, pk, AssessmentRegister, ReviewRegister)
    account = actor_of(request).account
    inside = below("initiative__path", [place.path])
    found = triage_of(place, account)
    states = AssessmentRegister.states
    context = {
        "title": _("Triage of %(place)s") % {"place": place.title},
        "breadcrumbs": way_to(account, place),
        "marking": place.marking,
        "initiative": place,
        "rule": found.rule,
        "lines": [(line, states.label(line.assessment.state) if states and line.assessment else "") for line in found.lines],
        "missing": found.missing,
        "again": [line for line in found.lines if line.again],
        "doubted": [line for line in found.lines if line.challenge],
        "exempt": [line for line in found.lines if line.assessment and line.assessment.overall == "low" and not line.reasons],
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
