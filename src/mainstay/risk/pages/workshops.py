"""The session of a workshop: one page for facilitator and participants, kept up to date by asking; the buttons work without script."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from mainstay.accounts.models import Account
from mainstay.initiatives.finding import way_to
from mainstay.register.access import may_at_hand, visible_to
from mainstay.register.asat import refuse_past
from mainstay.register.errors import ActionError, Invalid, NotFound, Stale
from mainstay.register.pages.page import status_of, version_of
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.register.trail import Crumb
from mainstay.risk import heat_map, scoring
from mainstay.risk.models import Workshop, WorkshopRisk, WorkshopScore
from mainstay.risk.risk.register import RiskRegister
from mainstay.risk.workshop.register import WorkshopRegister

MOST_OFFERED = 200


def workshop_for(request: HttpRequest, pk: int) -> Workshop:
    found = (
        visible_to(actor_of(request).account, WorkshopRegister)
        .filter(pk=pk, is_withdrawn=False)
        .select_related("initiative", "owner")
        .first()
    )
    if found is None:
        raise NotFound
    return cast("Workshop", found)


@require_safe
@asks("risk.workshop:view")
def session(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, workshop_for(request, pk))


@require_safe
@asks("risk.workshop:view")
def now(request: HttpRequest, pk: int) -> HttpResponse:
    """What a page asks every few seconds: how many have scored; where the session has moved on, the page is to be loaded anew."""
    workshop = workshop_for(request, pk)
    items = items_of(workshop, actor_of(request).account)
    if request.GET.get("seen") != mark(workshop, items):
        return HttpResponseClientRefresh()
    return render(request, "risk/parts/workshop_now.html", pulse(workshop, items))


def items_of(workshop: Workshop, account: Account | None) -> list[WorkshopRisk]:
    """The risks of the workshop that the reader may see."""
    seen = visible_to(account, RiskRegister).values("pk")
    return list(workshop.items.filter(risk__in=seen).select_related("risk__initiative", "risk__owner"))


def mark(workshop: Workshop, items: list[WorkshopRisk]) -> str:
    """Where the session stands; another mark means that the page shows what is past."""
    steps = ".".join(
        f"{one.pk}{'c' if one.is_current else ''}{'r' if one.revealed_at else ''}{'a' if one.agreed_at else ''}" for one in items
    )
    return f"{workshop.state}-{steps}"


def pulse(workshop: Workshop, items: list[WorkshopRisk]) -> dict[str, Any]:
    current = next((one for one in items if one.is_current), None)
    return {"workshop": workshop, "mark": mark(workshop, items), "count": current.scores.count() if current else 0, "current": current}


def page(request: HttpRequest, workshop: Workshop, fault: ActionError | None = None) -> HttpResponse:
    account = actor_of(request).account
    items = items_of(workshop, account)
    current = next((one for one in items if one.is_current), None)
    is_leading = scoring.leads(workshop, account)
    own = WorkshopScore.objects.filter(item=current, account=account).first() if current and account else None
    context = pulse(workshop, items) | {
        "title": _("Session of %(workshop)s") % {"workshop": workshop},
        "breadcrumbs": [*way_to(account, workshop.initiative), Crumb(str(workshop), WorkshopRegister.url("detail", workshop))],
        "marking": workshop.marking,
        "items": items,
        "is_leading": is_leading,
        "is_open": workshop.state == "open",
        "own": own,
        "form": scoring.form_of(workshop, typed(request, fault), own) if current else None,
        "spreads": scoring.spreads(workshop, current.scores.all()) if current and current.revealed_at else [],
        "may_agree": bool(is_leading and current and may_at_hand(account, "change", RiskRegister, current.risk)),
        "offered": offered(workshop, account, items) if is_leading else [],
        "fault": sentence(fault),
    }
    return render(request, "risk/workshop.html", context, status=409 if is_late(fault) else status_of(fault))


def typed(request: HttpRequest, fault: ActionError | None) -> Any:
    """What a participant has typed stays where it could not be taken."""
    return request.POST if fault is not None and request.POST.get("what") == "score" else None


def offered(workshop: Workshop, account: Account | None, items: list[WorkshopRisk]) -> list[Any]:
    held = {one.risk_id for one in items}
    rows = heat_map.open_now(workshop.initiative, account).select_related("initiative").order_by("initiative__path", "pk")[:MOST_OFFERED]
    return [risk for risk in rows if risk.pk not in held]


def is_late(fault: ActionError | None) -> bool:
    return isinstance(fault, Stale) or (isinstance(fault, Invalid) and "revealed" in fault.errors)


def sentence(fault: ActionError | None) -> str:
    if isinstance(fault, Invalid):
        return " ".join(text for texts in fault.errors.values() for text in texts)
    return str(fault) if fault else ""


@require_POST
@asks("risk.workshop:change")
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    workshop = workshop_for(request, pk)
    risks = [int(text) for text in request.POST.getlist("risk") if text.isascii() and text.isdigit() and len(text) < 19]
    return done(request, workshop, lambda: scoring.choose(workshop, risks, actor_of(request).account))


@require_POST
@asks("risk.workshop:view")
def take(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One press of a button for one risk of the workshop: score, show, reveal, again or agree."""
    actor = actor_of(request)
    item = scoring.item_of(pk, actor.account)
    steps: dict[str, Callable[[], object]] = {
        "score": lambda: scoring.score(pk, request.POST, cast("Account", actor.account)),
        "show": lambda: scoring.show(pk, actor.account),
        "reveal": lambda: scoring.reveal(pk, actor.account),
        "again": lambda: scoring.again(pk, actor.account),
        "agree": lambda: scoring.agree(pk, version_of(request), request.POST, actor),
    }
    if what not in steps:
        raise NotFound
    return done(request, item.workshop, steps[what])


def done(request: HttpRequest, workshop: Workshop, act: Callable[[], object]) -> HttpResponse:
    refuse_past(seen_at(request))
    try:
        act()
    except (Invalid, Stale) as fault:
        return page(request, workshop, fault)
    return HttpResponseRedirect(reverse("risk.session", args=[workshop.pk]))


urlpatterns: list[URLPattern] = [
    path("risk/workshop/<int:pk>/session/", session, name="risk.session"),
    path("risk/workshop/<int:pk>/session/now/", now, name="risk.session_now"),
    path("risk/workshop/<int:pk>/session/risks/", choose, name="risk.session_choose"),
    path("risk/session/<int:pk>/<slug:what>/", take, name="risk.session_take"),
]
