"""What may come when: the risks of an initiative by proximity, drawn on one axis of time and listed by the days ahead."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainstay.initiatives.finding import initiative_for, way_to
from mainstay.register.requests import actor_of, asks
from mainstay.risk import heat_map, proximity
from mainstay.risk.pages.heat import choose
from mainstay.risk.risk.register import RiskRegister

MOST, MOST_DRAWN = 500, 60


@require_safe
@asks("risk.risk:view")
def comings(request: HttpRequest) -> HttpResponse:
    return choose(request, "risk.proximity", _("Proximity of risks"))


@require_safe
@asks("risk.risk:view")
def coming(request: HttpRequest, initiative: int) -> HttpResponse:
    place = initiative_for(request, initiative, RiskRegister)
    account, today = actor_of(request).account, timezone.localdate()
    rows = heat_map.open_now(place, account).select_related("initiative", "owner")
    risks = sorted(rows.order_by("pk")[:MOST], key=by_window)
    dated = [risk for risk in risks if risk.window_from or risk.window_to][:MOST_DRAWN]
    context: dict[str, Any] = {
        "title": _("Proximity of risks of %(place)s") % {"place": place.title},
        "breadcrumbs": way_to(account, place),
        "initiative": place,
        "groups": proximity.groups(risks, today),
        "dated": dated,
        "drawing": proximity.drawing(dated, today),
        "is_cut": len(risks) == MOST,
    }
    return render(request, "risk/proximity.html", context)


def by_window(risk: Any) -> tuple[bool, str, str, int]:
    first, last = risk.window_from or risk.window_to, risk.window_to
    return (first is None, str(first or ""), str(last or "9"), risk.pk)


urlpatterns: list[URLPattern] = [
    path("risk/proximity/", comings, name="risk.proximities"),
    path("risk/proximity/<int:initiative>/", coming, name="risk.proximity"),
]
