"""A proposed calendar as a page: what it places and moves, what has no place and why; a person accepts all of it or some."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from mainstay.assurance.proposal import accepting, showing, starting, viewing
from mainstay.assurance.proposal.model import Proposal
from mainstay.assurance.proposal.register import ProposalRegister
from mainstay.register.access import visible_to
from mainstay.register.asat import refuse_past
from mainstay.register.document import DocumentError
from mainstay.register.errors import Invalid, NotFound, Refused, Stale
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.register.store import StoreError
from mainstay.register.trail import Crumb, crumbs
from mainstay.register.typed import whole_number

GONE, CONFLICT = 410, 409


def proposal_of(request: HttpRequest, pk: int) -> Proposal:
    """The proposal, where its reader may see every review that it tells of; else it does not exist for them."""
    account = actor_of(request).account
    found = visible_to(account, ProposalRegister).select_related("initiative").filter(pk=pk).first()
    if found is None or not viewing.may_see(account, found):
        raise NotFound
    return cast("Proposal", found)


@require_safe
@asks("assurance.proposal:view")
def proposed(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, proposal_of(request, pk))


def page(request: HttpRequest, row: Proposal, faults: list[str] | None = None, status: int = 200) -> HttpResponse:
    account = actor_of(request).account
    context: dict[str, Any] = {
        "title": row.title,
        "proposal": row,
        "marking": row.get_marking_display(),
        "state": showing.state_of(row),
        "may_accept": seen_at(request) is None and row.state == "proposed" and viewing.may_write(account, row.initiative),
        "is_under_way": row.state == "proposed" and starting.is_under_way(row),
        "chosen": request.POST.getlist("review") if faults else None,
        "faults": faults or [],
        "record_url": ProposalRegister.url("detail", row),
        "breadcrumbs": [*crumbs(ProposalRegister, account, row), Crumb(str(row.ref), ProposalRegister.url("detail", row))],
    }
    try:
        context |= showing.shown(row)
    except (StoreError, DocumentError) as fault:
        return render(request, "assurance/proposed.html", {**context, "fault": str(fault)}, status=GONE)
    return render(request, "assurance/proposed.html", context, status=status)


@require_POST
@asks("assurance.proposal:change")
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was chosen, all of it or nothing; then the calendar shows it. Much of it is written by a job."""
    row, actor = proposal_of(request, pk), actor_of(request)
    if not viewing.may_write(actor.account, row.initiative):
        raise NotFound
    refuse_past(seen_at(request))
    chosen = [number for text in request.POST.getlist("review") if (number := whole_number(text)) is not None]
    version = whole_number(request.POST.get("version", ""))
    try:
        taken = accepting.looked_at(row, chosen, version, actor)
        if len(taken) > starting.FEW and actor.account is not None:
            return redirect("web.job", pk=starting.start(row, taken, actor.account).pk)
        accepting.accept(row, chosen, version, actor)
    except (Invalid, Refused, Stale) as fault:
        return page(request, proposal_of(request, pk), accepting.sentences(fault), CONFLICT)
    return redirect("assurance.calendar", pk=row.initiative_id)
