"""The page on timeliness and cost of reporting, and the note that a return has been looked at."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mainstay.initiatives.finding import way_to
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.register import words
from mainstay.register.access import below, may, visible_to
from mainstay.register.asat import refuse_past
from mainstay.register.errors import NotFound
from mainstay.register.panels import Figure
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.register.trail import Crumb
from mainstay.reporting.burden import cost, questions, reading, timeliness
from mainstay.reporting.burden.timeliness import MOST_PEOPLE, Record
from mainstay.reporting.commission.model import Commission
from mainstay.reporting.commission.register import CommissionRegister
from mainstay.reporting.cycle.collecting import lateness
from mainstay.reporting.project_return.model import Return
from mainstay.reporting.project_return.register import ReturnRegister

PERIODS = 12
"""Commissions that are looked at, the latest of all definitions."""


@require_safe
@asks("reporting.project_return:view")
def burden(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is in time, by sponsor, supplier and period; what it costs; and which questions anybody reads."""
    account = actor_of(request).account
    place = visible_to(account, InitiativeRegister).filter(pk=pk, is_withdrawn=False).first()
    if place is None or not may(account, "view", ReturnRegister) or not may(account, "view", CommissionRegister):
        raise NotFound
    refuse_past(seen_at(request))
    commissions = latest(place, account)
    rows = visible_to(account, ReturnRegister).filter(
        below("initiative__path", [place.path], Return), commission__in=[one.pk for one in commissions], is_withdrawn=False
    )
    late = lateness(rows)
    periods = timeliness.told_by_period(rows, late)
    whole = timeliness.whole(periods)
    sponsors, suppliers = (timeliness.by_person(rows, by, late) for by in timeliness.BY)
    context = {
        "title": _("Timeliness and cost of reporting"),
        "initiative": place,
        "breadcrumbs": [*way_to(account, place), Crumb(_("Status"), reverse("reporting.dashboard", args=[place.pk]))],
        "commissions": commissions,
        "figures": figures(whole, cost.cost(whole, cost.rate_for(place))),
        "people": [
            (_("By sponsor"), _("Sponsor"), sponsors[:MOST_PEOPLE], max(len(sponsors) - MOST_PEOPLE, 0), True),
            (_("By supplier"), _("Supplier"), suppliers[:MOST_PEOPLE], max(len(suppliers) - MOST_PEOPLE, 0), False),
        ],
        "periods": timeliness.by_period(periods, commissions),
        "definitions": [found for group in questions.by_definition(commissions) if (found := questions.uses(group, rows)) is not None],
        "whole": whole,
    }
    return render(request, "reporting/burden.html", context)


def latest(place: Any, account: Any) -> list[Commission]:
    """The last commissions at, below or above `place` that reached it, the latest first."""
    found = visible_to(account, CommissionRegister).filter(is_withdrawn=False).exclude(state="cancelled")
    # Asked of each commission, and not joined: the first of its returns is enough.
    reached = found.filter(Exists(Return.objects.filter(below("initiative__path", [place.path]), commission=OuterRef("pk"))))
    return list(reached.select_related("definition", "initiative").order_by("-period_to", "-pk")[:PERIODS])


def figures(whole: Record, told: cost.Cost | None) -> list[Figure]:
    of = _("of %(count)s") % {"count": words.number(whole.due)}
    made = [
        Figure(_("In time"), "–" if whole.share is None else f"{whole.share} %", _("of those sent or overdue")),
        Figure(_("Came late"), words.number(whole.late), _("sent after their day"), unit=of),
        Figure(_("Not reported"), words.number(whole.missing), _("past their day, nothing sent"), unit=of, is_stale=whole.missing > 0),
        Figure(_("Sent back"), words.number(whole.resent), _("rounds of correction")),
    ]
    if told is None:
        made.append(Figure(_("Suppliers' time"), "–", _("no form has been timed")))
    else:
        timed = _("%(timed)s of %(count)s timed, others taken as long") % {
            "timed": words.number(told.timed),
            "count": words.number(told.returns),
        }
        made.append(Figure(_("Suppliers' time"), f"{told.hours:,.1f} h", timed))
        if told.pounds is not None:
            made.append(Figure(_("Cost of filling"), f"£{told.pounds:,}", _("at the standard price of an hour")))
    return made


@require_POST
@asks("reporting.project_return:view")
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a return has been in front of its reader for a while."""
    account = actor_of(request).account
    row = visible_to(account, ReturnRegister).filter(pk=pk, is_withdrawn=False).select_related("owner").first()
    if row is None or account is None:
        raise NotFound
    reading.note(row, account)
    return HttpResponse(status=204)


urlpatterns: list[URLPattern] = [
    path("reporting/status/<int:pk>/timeliness/", burden, name="reporting.burden"),
    path("reporting/returns/<int:pk>/seen/", seen, name="reporting.seen"),
]
