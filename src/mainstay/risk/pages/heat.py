"""The heat map of an initiative, and which initiatives have risks."""

from collections import Counter
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Count, Q, QuerySet, When, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainstay.accounts.models import Account
from mainstay.initiatives.finding import initiative_for, way_to
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.register import words
from mainstay.register.access import may, visible_to
from mainstay.register.errors import NotFound
from mainstay.register.panels import Figure
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.render import typography
from mainstay.risk import heat_counts, heat_map, scales
from mainstay.risk.heat_map import Cell, Totals, View
from mainstay.risk.models import Risk
from mainstay.risk.risk.register import RiskRegister

IMPACTS = {"cost": scales.COST, "days": scales.DELAY}
MOST_LISTED, MOST_NAMED = 200, 8
MOST_READ = 500
"""Risks that are read to lay them out; of more, the database counts them, and a cell names none."""


@require_safe
@asks("risk.risk:view")
def heat_maps(request: HttpRequest) -> HttpResponse:
    return choose(request, "risk.heat_map", _("Heat maps of risks"))


def choose(request: HttpRequest, url_name: str, title: str) -> HttpResponse:
    """The initiatives that the reader may see with their open risks; where only one programme tops them all, its page itself."""
    account = actor_of(request).account
    if not may(account, "view", RiskRegister):
        raise NotFound
    # Where they are many, whole programmes first: a single project's map is reached from its own page too.
    level = Case(When(kind="portfolio", then=0), When(kind="programme", then=1), default=2)
    seen = visible_to(account, InitiativeRegister).filter(is_withdrawn=False).order_by(level, "path")[:MOST_LISTED]
    rows = sorted(seen, key=lambda row: row.path)
    programmes = [row for row in rows if row.kind == "programme"]
    if len(programmes) == 1:
        return redirect(url_name, programmes[0].pk)
    threats, opportunities = counts(account)
    lines = [(reverse(url_name, args=[row.pk]), row, threats[row.pk], opportunities[row.pk]) for row in rows]
    return render(request, "risk/heat_maps.html", {"title": title, "lines": lines, "is_cut": len(rows) == MOST_LISTED})


def counts(account: Account | None) -> tuple[Counter[int], Counter[int]]:
    """Open threats and opportunities that the reader may see, by each initiative at or below which they are held."""
    open_risks = visible_to(account, RiskRegister).filter(is_withdrawn=False, state="open").order_by()
    # Counted by the key and not by the path: a join would be followed from every risk.
    told = open_risks.values_list("initiative").annotate(all=Count("pk"), good=Count("pk", filter=Q(nature="opportunity")))
    held = {place: (count, good) for place, count, good in told}
    threats, opportunities = Counter[int](), Counter[int]()
    for pk, parent in Initiative.objects.order_by("-path").values_list("pk", "parent"):
        count, good = held.get(pk, (0, 0))
        threats[pk] += count - good
        opportunities[pk] += good
        if parent:
            threats[parent] += threats[pk]
            opportunities[parent] += opportunities[pk]
    return threats, opportunities


@require_safe
@asks("risk.risk:view")
def heat_map_page(request: HttpRequest, initiative: int) -> HttpResponse:
    """`?impact=days` counts by delay, `?response=after` as the responses leave it, `?cell=` lists the risks of one cell."""
    place = initiative_for(request, initiative, RiskRegister)
    moment = seen_at(request)
    view = View("days" if request.GET.get("impact") == "days" else "cost", request.GET.get("response") == "after")
    day = timezone.localtime(moment.at).date() if moment else None
    probability, impact = scales.scale_for(place, scales.PROBABILITY, day), scales.scale_for(place, IMPACTS[view.impact], day)
    rows = heat_map.open_now(place, actor_of(request).account)
    are_many = moment is None and rows.order_by()[: MOST_READ + 1].count() > MOST_READ
    if are_many:
        laid, totals = heat_counts.counted(rows, view, probability, impact)
    else:
        risks = heat_map.open_risks(place, actor_of(request).account, moment)
        laid, totals = heat_map.lay_out(risks, view, probability, impact), heat_map.totals(risks)
    for cell in laid.cells:
        cell.url = address(request, place, view, cell)
    chosen = next((cell for cell in laid.cells if cell.key == request.GET.get("cell")), None)
    listed, unplaced = (chosen.risks if chosen else [])[:MOST_LISTED], list(laid.unplaced[:MOST_LISTED])
    if are_many:
        are_outside = totals.count > sum(cell.count for cell in laid.cells)
        listed, unplaced = read(heat_counts.placed(rows, view, probability, impact), chosen, are_outside)
    named = [risk for cell in laid.cells for risk in cell.risks[:MOST_NAMED]]
    prefetch_related_objects([*listed, *unplaced, *named], "initiative", "owner")
    context = {
        "title": _("Heat map of %(place)s") % {"place": place.title},
        "breadcrumbs": way_to(actor_of(request).account, place),
        "initiative": place,
        "view": view,
        "map": laid,
        "filled": sorted((cell for cell in laid.cells if cell.count), key=lambda cell: (-cell.heat, -cell.row, -cell.column)),
        "probability": probability,
        "impact": impact,
        "figures": figures(totals),
        "chosen": chosen,
        "listed": [(risk, RiskRegister.url("detail", risk)) for risk in listed],
        "unplaced": [(risk, RiskRegister.url("detail", risk)) for risk in unplaced],
        "has_risks": totals.count > 0,
        "choices": choices(request, view),
        "list_url": f"{RiskRegister.url('list')}?{urlencode({'in': place.pk, 'state': 'open'})}",
    }
    return render(request, "risk/heat_map.html", context)


def read(rows: QuerySet[Any], chosen: Cell | None, are_outside: bool) -> tuple[list[Risk], list[Risk]]:
    """Of many risks those of the chosen cell, and those that are not on the map; of each the first. Only what the counts say is there."""
    inside = rows.filter(nature=chosen.nature, map_row=chosen.row, map_column=chosen.column) if chosen else rows.none()
    outside = rows.filter(Q(map_row__isnull=True) | Q(map_column__isnull=True)) if are_outside else rows.none()
    return list(inside.order_by("pk")[:MOST_LISTED]), list(outside.order_by("pk")[:MOST_LISTED])


def address(request: HttpRequest, place: Initiative, view: View, cell: Cell) -> str:
    """The list of the register with the bounds of the cell as its filters; after responses, which no filter says, this page's own list."""
    moment = seen_at(request)
    kept = {"as_at": moment.value} if moment else {}
    if view.after:
        asked = {"impact": view.impact, "response": "after", "cell": cell.key, **kept}
        return f"{reverse('risk.heat_map', args=[place.pk])}?{urlencode(asked)}#in-cell"
    bounds = {
        "probability.from": cell.probability.first,
        "probability.to": cell.probability.to,
        f"{view.impact}_likely.from": cell.impact.first,
        f"{view.impact}_likely.to": cell.impact.to,
    }
    # A step without a beginning still leaves out what has no value.
    told = {name: f"{0 if value is None else value:f}" for name, value in bounds.items() if value is not None or name.endswith(".from")}
    return f"{RiskRegister.url('list')}?{urlencode({'in': place.pk, 'state': 'open', 'nature': cell.nature, **told, **kept})}"


def choices(request: HttpRequest, view: View) -> list[dict[str, Any]]:
    """The four maps: by cost or by delay, before or after the responses."""
    moment = seen_at(request)
    kept = {"as_at": moment.value} if moment else {}
    named = (
        ("cost", False, _("Cost, before responses")),
        ("cost", True, _("Cost, after responses")),
        ("days", False, _("Delay, before responses")),
        ("days", True, _("Delay, after responses")),
    )
    return [
        {
            "label": label,
            "url": "?" + urlencode({"impact": impact, "response": "after" if after else "before", **kept}),
            "current": view == View(impact, after),
            "count": None,
        }
        for impact, after, label in named
    ]


def figures(totals: Totals) -> list[Figure]:
    """Expected cost before and after the responses: what adds up, beside the counts that do not."""
    before, after, spent = totals.before, totals.after, totals.spent
    source = _("probability × mean cost, %(n)s of %(all)s priced") % {"n": words.number(before.priced), "all": words.number(totals.count)}
    cost = _("responses themselves cost %(sum)s") % {"sum": pounds(spent)} if spent else _("no response has a cost of its own")
    return [
        Figure(_("Expected cost of threats"), pounds(before.threats), source),
        Figure(_("Of opportunities"), pounds(before.opportunities), source),
        Figure(_("Together, before responses"), pounds(before.net), source),
        Figure(_("Together, after responses"), pounds(after.net), cost),
    ]


def pounds(value: Decimal) -> str:
    return typography.money(value, 0, scale="")


urlpatterns: list[URLPattern] = [
    path("risk/heat-map/", heat_maps, name="risk.heat_maps"),
    path("risk/heat-map/<int:initiative>/", heat_map_page, name="risk.heat_map"),
]
