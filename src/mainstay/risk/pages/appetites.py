"""The risks of an initiative against appetite and tolerance: how many stand where, and which are beyond what their level may bear."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainstay.initiatives.finding import initiative_for, way_to
from mainstay.initiatives.models import Initiative
from mainstay.initiatives.standard.register import StandardRegister
from mainstay.register.access import may, may_at_hand
from mainstay.register.requests import actor_of, asks
from mainstay.risk import appetite, heat_map
from mainstay.risk.appetite import BEYOND, ORDER, OVER, WITHIN, Limit, Position
from mainstay.risk.pages.heat import choose
from mainstay.risk.risk.register import RiskRegister

MOST, MOST_READ = 100, 2000
UNSAID = "unsaid"


@dataclass(slots=True)
class Line:
    """One initiative: how many of its open threats stand where."""

    place: Initiative
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def cells(self) -> list[int]:
        return [self.counts[word] for word in (*ORDER, UNSAID)]


@require_safe
@asks("risk.risk:view")
def appetites(request: HttpRequest) -> HttpResponse:
    return choose(request, "risk.appetite", _("Risk appetite"))


@require_safe
@asks("risk.risk:view")
def appetite_page(request: HttpRequest, initiative: int) -> HttpResponse:
    place = initiative_for(request, initiative, RiskRegister)
    account = actor_of(request).account
    rows = (
        heat_map.open_now(place, account).filter(nature="threat").select_related("initiative", "owner").order_by("initiative__path", "pk")
    )
    risks = list(rows[:MOST_READ])
    places = list({risk.initiative_id: risk.initiative for risk in risks}.values())
    limits = appetite.limits_of([place, *(one for one in places if one.pk != place.pk)])
    told = [(risk, appetite.positions(risk, limits[risk.initiative_id])) for risk in risks]
    lines = {one.pk: Line(one) for one in places}
    for risk, found in told:
        lines[risk.initiative_id].counts[appetite.worst(found) or UNSAID] += 1
    context = {
        "title": _("Risk appetite of %(place)s") % {"place": place.title},
        "breadcrumbs": way_to(account, place),
        "initiative": place,
        "limits": list(limits[place.pk].values()),
        "shown_limits": [shown(limit) for limit in limits[place.pk].values()],
        "lines": list(lines.values()),
        "beyond": [entry(risk, found, account) for risk, found in told if appetite.worst(found) == BEYOND][:MOST],
        "over": [entry(risk, found, account) for risk, found in told if appetite.worst(found) == OVER][:MOST],
        "within": sum(line.counts[WITHIN] for line in lines.values()),
        "is_cut": len(risks) == MOST_READ,
        "may_set": may(account, "create", StandardRegister),
    }
    return render(request, "risk/appetite.html", context)


def shown(limit: Limit) -> tuple[str, str, str]:
    held = Position(limit, limit.appetite, limit.appetite)
    return held.dimension_label, held.texts[2], held.texts[3]


def entry(risk: Any, found: list[Position], account: Any) -> dict[str, Any]:
    """A risk with the dimension in which it stands worst, and the way to raise it."""
    bad = max(found, key=lambda one: ORDER.index(one.place))
    may_raise = may_at_hand(account, "change", RiskRegister, risk) and not RiskRegister.refusal(risk, "escalate", account)
    return {
        "risk": risk,
        "url": RiskRegister.url("detail", risk),
        "position": bad,
        "raise_url": f"{RiskRegister.url('detail', risk)}move/escalate/" if may_raise and bad.place == BEYOND else "",
    }


def address(place: Initiative) -> str:
    return reverse("risk.appetite", args=[place.pk])


urlpatterns: list[URLPattern] = [
    path("risk/appetite/", appetites, name="risk.appetites"),
    path("risk/appetite/<int:initiative>/", appetite_page, name="risk.appetite"),
]
