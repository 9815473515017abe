"""The integrated assurance and approval plan of a programme: one time line, its faults, and the same as a table."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainstay.accounts.models import Account
from mainstay.assurance.approval.register import ApprovalRegister
from mainstay.assurance.document.counting import settled
from mainstay.assurance.plan.drawing import drawing
from mainstay.assurance.plan.faults import ERROR, by_review
from mainstay.assurance.plan.gathering import gathered
from mainstay.assurance.review.register import ReviewRegister
from mainstay.assurance.standing import standing
from mainstay.initiatives.finding import initiative_for, way_to
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.register.access import may, visible_to
from mainstay.register.errors import NotFound
from mainstay.register.requests import actor_of, asks

MOST_PLACES = 200
UPPER = ("portfolio", "programme")


def upper(account: Account | None) -> list[Initiative]:
    """The portfolios and programmes that the account may see, where it may see reviews at all."""
    if not may(account, "view", ReviewRegister):
        raise NotFound
    return list(visible_to(account, InitiativeRegister).filter(kind__in=UPPER, is_withdrawn=False).order_by("path")[:MOST_PLACES])


@require_safe
@asks("assurance.review:view")
def plans(request: HttpRequest) -> HttpResponse:
    """The portfolios and programmes whose plan can be read; where there is one programme only, its page itself."""
    rows = upper(actor_of(request).account)
    programmes = [row for row in rows if row.kind == "programme"]
    if len(programmes) == 1:
        return redirect("assurance.plan", programmes[0].pk)
    return render(request, "assurance/plans.html", {"title": _("Assurance plans"), "rows": rows})


@require_safe
@asks("assurance.review:view")
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    place = initiative_for(request, pk, ReviewRegister, ApprovalRegister)
    account = actor_of(request).account
    found = gathered(place, account)
    wrong = by_review(fault for fault in found.faults if fault.tone == ERROR)
    papers = settled((one.pk for one in found.plan.live), account)
    states, kinds = ReviewRegister.states, ApprovalRegister.states
    context: dict[str, Any] = {
        "title": _("Assurance plan of %(place)s") % {"place": place.title},
        "breadcrumbs": way_to(account, place),
        "marking": place.marking,
        "initiative": place,
        "rows": found.rows,
        "drawing": drawing(found.rows, wrong, found.plan.today),
        "faults": found.faults,
        "reviews": [
            (one, states.label(one.state) if states else "", found.leaders.get(one.pk, ""), wrong.get(one.pk), papers.get(one.pk))
            for one in found.plan.live
        ],
        "approvals": [(one, kinds.label(one.state) if kinds else "") for one in found.plan.approvals],
        "standing": standing(place, account),
        "today": found.plan.today,
        "is_cut": found.is_cut,
        "may_add": may(account, "create", ReviewRegister),
        "url": f"{ReviewRegister.url('list')}?in={place.pk}",
    }
    return render(request, "assurance/plan.html", context)
