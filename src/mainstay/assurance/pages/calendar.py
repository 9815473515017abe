"""The calendar of reviews of a portfolio or programme with the board of reviewers, its file, and the request for a proposal."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mainstay.assurance.calendar import board, drawing, entries, gathering
from mainstay.assurance.calendar.period import period_of
from mainstay.assurance.models import Reviewer
from mainstay.assurance.pages.programme import upper
from mainstay.assurance.proposal import asking, showing, viewing
from mainstay.assurance.proposal.model import Basis, Proposal
from mainstay.assurance.proposal.options import FEWEST_SECONDS, MOST_NOTICE, MOST_SECONDS
from mainstay.assurance.proposal.register import ProposalRegister
from mainstay.assurance.review.register import ReviewRegister
from mainstay.assurance.reviewer.register import ReviewerRegister
from mainstay.forecasts import viewing as forecasts
from mainstay.initiatives.finding import initiative_for, way_to
from mainstay.initiatives.models import Initiative
from mainstay.initiatives.working_days import closed_days
from mainstay.jobs import work
from mainstay.register.access import may, visible_to
from mainstay.register.asat import refuse_past
from mainstay.register.errors import Invalid, NotFound
from mainstay.register.requests import SIGNED_IN, actor_of, asks, seen_at

RECENT = 8


@require_safe
@asks("assurance.review:view")
def calendars(request: HttpRequest) -> HttpResponse:
    """The portfolios and programmes whose calendar can be read; where there is one only, its calendar itself."""
    rows = upper(actor_of(request).account)
    if len(rows) == 1:
        return redirect("assurance.calendar", rows[0].pk)
    return render(request, "assurance/calendars.html", {"title": _("Calendars of reviews"), "rows": rows})


@require_safe
@asks("assurance.review:view")
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, initiative_for(request, pk, ReviewRegister), {})


def page(request: HttpRequest, place: Initiative, errors: dict[str, list[str]]) -> HttpResponse:
    account, today = actor_of(request).account, timezone.localdate()
    try:
        period = period_of(request.GET, today)
    except Invalid as fault:
        errors, period = {**errors, **fault.errors}, period_of({}, today)
    found = gathering.gathered(place, account, period)
    wrong = {one.review.pk for one in found.entries if any(fault.tone == "red" for fault in one.faults)}
    closed = closed_days(place, range(period.first.year, period.last.year + 1))
    lines = board.board(account, period)
    may_propose = seen_at(request) is None and viewing.may_write(account, place)
    context: dict[str, Any] = {
        "title": _("Calendar of reviews"),
        "breadcrumbs": way_to(account, place),
        "marking": place.marking,
        "initiative": place,
        "period": period,
        "drawing": drawing.calendar(found.rows, wrong, closed, period, today) if found.rows else None,
        "rows": found.rows,
        "months": found.months,
        "undated": found.undated,
        "lines": lines,
        "heads": [begin for begin, _end in period.steps()],
        "board": drawing.board(lines, period, today) if lines else None,
        "proposals": proposals(request, place),
        "may_propose": may_propose,
        "may_add": may(account, "create", ReviewRegister),
        "asked": asked(request, place),
        "bases": [(value, label) for value, label in Basis.choices if value == Basis.PLAN or forecasts.may_see(account, place)],
        "years": [
            ("0", _("the twelve months from today")),
            *((str(year), str(year)) for year in (today.year, today.year + 1, today.year + 2)),
        ],
        "limits": {"fewest": FEWEST_SECONDS, "most": MOST_SECONDS, "notice": MOST_NOTICE},
        "errors": [{"text": text, "target": f"id_{name}"} for name, texts in errors.items() for text in texts],
        "faulty": set(errors),
    }
    return render(request, "assurance/calendar.html", context, status=422 if errors else 200)


def asked(request: HttpRequest, place: Initiative) -> dict[str, Any]:
    """What stands in the form: what was sent, else what is usual, with the rooms as they were told last."""
    last = Proposal.objects.filter(initiative=place, is_withdrawn=False).order_by("-made_at", "-pk").values_list("rooms", flat=True).first()
    usual = {**asking.USUAL, "rooms": last or ""}
    told = {name: str(request.POST.get(name, value)) for name, value in usual.items()}
    return {**told, "once": get_random_string(20)}


def proposals(request: HttpRequest, place: Initiative) -> list[tuple[Proposal, str]]:
    account = actor_of(request).account
    rows = visible_to(account, ProposalRegister).filter(initiative=place, is_withdrawn=False).order_by("-made_at", "-pk")
    found = [row for row in rows.select_related("initiative")[:RECENT] if viewing.may_see(account, row)]
    return [(row, showing.state_of(row)) for row in found]


@require_POST
@asks("assurance.proposal:create")
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a search; its starter is led to the page of the job, and from there to the proposal."""
    place = initiative_for(request, pk, ReviewRegister)
    account = actor_of(request).account
    if account is None or not viewing.may_write(account, place):
        raise NotFound
    refuse_past(seen_at(request))
    try:
        options = asking.asked(place, account, request.POST)
    except Invalid as fault:
        return page(request, place, fault.errors)
    arguments = {"initiative": place.pk, "by": account.pk, **options.as_arguments()}
    once = request.POST.get("once", "")[:40]
    key = f"reviews:{place.pk}:{account.pk}:{once}" if once else ""
    title = _("Calendar of reviews of %(code)s") % {"code": place.code}
    url = reverse("assurance.calendar", args=[place.pk])
    return redirect("web.job", pk=work.start("assurance.propose", arguments, by=account, title=title, key=key, url=url).pk)


@require_safe
@asks("assurance.review:view")
def calendar_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The reviews of a place as iCalendar."""
    place = initiative_for(request, pk, ReviewRegister)
    return sent(entries.of_place(place, actor_of(request).account), f"reviews {place.code}")


@require_safe
@asks(SIGNED_IN)
def reviewer_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The reviews of one reviewer as iCalendar: their own, or as far as the reader sees them."""
    account = actor_of(request).account
    found = Reviewer.objects.filter(pk=pk, is_withdrawn=False).select_related("person").first()
    if found is None or not (entries.is_own(found, account) or may(account, "view", ReviewerRegister, found)):
        raise NotFound
    return sent(entries.of_reviewer(found, account), f"reviews {found.ref}")


def sent(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    plain = name.encode("ascii", "replace").decode().replace('"', "")
    response["Content-Disposition"] = f'attachment; filename="{plain}.ics"'
    return response
