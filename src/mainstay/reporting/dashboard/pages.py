"""The page of the dashboard, and the choice of what it is of."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mainstay.initiatives import scale as scales
from mainstay.initiatives.finding import way_to
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.initiatives.scale import Scale, Step
from mainstay.register.access import may, visible_to
from mainstay.register.asat import Moment
from mainstay.register.errors import NotFound
from mainstay.register.panels import Figure
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.register.typed import whole_number
from mainstay.reporting.dashboard import facts, past
from mainstay.reporting.dashboard.facts import PER_PAGE, RATINGS, Dashboard, Period
from mainstay.reporting.project_return.register import ReturnRegister
from mainstay.reporting.scale.rating import Rating
from mainstay.reporting.scale.telling import telling

UPPER = ("portfolio", "programme")
MOST_PLACES = 500
LABELS = {**{str(value): label for value, label in Rating.choices}, "none": gettext_lazy("Not reported")}


@require_safe
@asks("reporting.project_return:view")
def dashboards(request: HttpRequest) -> HttpResponse:
    """The portfolios and programmes; where there is only one at the top, its dashboard itself."""
    account = actor_of(request).account
    if not may(account, "view", ReturnRegister):
        raise NotFound
    rows = list(visible_to(account, InitiativeRegister).filter(kind__in=UPPER, is_withdrawn=False).order_by("path")[:MOST_PLACES])
    tops = [row for row in rows if not any(row is not other and row.path.startswith(other.path) for other in rows)]
    if len(tops) == 1:
        return redirect("reporting.dashboard", tops[0].pk)
    return render(request, "reporting/dashboards.html", {"title": _("Status"), "rows": rows})


@require_safe
@asks("reporting.project_return:view")
def dashboard(request: HttpRequest, pk: int) -> HttpResponse:
    account = actor_of(request).account
    place = visible_to(account, InitiativeRegister).filter(pk=pk, is_withdrawn=False).first()
    if place is None or not may(account, "view", ReturnRegister):
        raise NotFound
    rating = request.GET.get("rating", "")
    page = number(request.GET.get("page", ""))
    scale = request.GET.get("scale", "")[:24]
    moment = seen_at(request)
    if moment is None:
        found = facts.dashboard(place, account, rating=rating, scale=scale, page=page)
    else:
        found = past.dashboard(place, account, moment, rating=rating, scale=scale, page=page)
    context = {
        "title": _("Status of %(place)s") % {"place": place.title},
        "initiative": place,
        "breadcrumbs": way_to(account, place),
        "figures": figures(found, moment),
        "found": found,
        "has_tolerances": any(line.beyond or line.exceptions for line in found.lines),
        "eras": eras(found.periods),
        "choices": choices(base_of(place), kept(moment), found, rating, scale),
        "rating": rating if rating in RATINGS else "",
        "pages": pages(base_of(place), kept(moment), found, rating, scale, page),
        "places": list(
            visible_to(account, InitiativeRegister).filter(parent=place, kind__in=UPPER, is_withdrawn=False).order_by("code")[:50]
        ),
    }
    return render(request, "reporting/dashboard.html", context)


def number(text: str) -> int:
    return min(max(whole_number(text, 5) or 1, 1), 10_000)


def figures(found: Dashboard, moment: Moment | None) -> list[Figure]:
    """The headline figures: of the latest period, against the one before."""
    made = [Figure(_("Projects"), f"{found.total:,}", _("then") if moment else _("live"))]
    for now in found.latest:
        before = next((period for period in reversed(found.periods) if period.days < now.days and period.scale == now.scale), None)
        made += [rating_figure(step, now, before) for step in reversed(now.scale.steps)]
        made.append(Figure(_("Not reported"), str(now.silent), _("of %(count)d asked") % {"count": now.asked}, is_stale=now.silent > 0))
    made.append(Figure(_("Questions open"), str(found.questions), _("asked by the office, not answered")))
    return made


def rating_figure(step: Step, now: Period, before: Period | None) -> Figure:
    source = _("claimed for %(period)s") % {"period": now.name}
    label = scales.label(now.scale.key)
    word = str(LABELS[step.value])
    change = delta(step.value, now.counts, before.counts if before else None)
    return Figure(f"{word} ({label})" if label else word, str(now.counts[step.value]), source, delta=change)


@dataclass(frozen=True, slots=True)
class Era:
    """Periods one after another on one scale, the newest first, as one table; `told` says what came before."""

    scale: Scale
    steps: tuple[Step, ...]
    """The worst first, as they are looked for."""
    periods: list[Period]
    told: str = ""

    @property
    def rows(self) -> list[tuple[Period, list[int]]]:
        return [(period, [period.counts[step.value] for step in self.steps]) for period in self.periods]


def eras(periods: list[Period]) -> list[Era]:
    """The periods as tables that never hold two scales, the newest first."""
    runs: list[list[Period]] = []
    for period in periods:
        if runs and runs[-1][-1].scale == period.scale:
            runs[-1].append(period)
        else:
            runs.append([period])
    made = []
    for number, run in enumerate(runs):
        scale = run[0].scale
        told = telling(run[0].name, runs[number - 1][-1].scale, scale) if number else ""
        made.append(Era(scale, (*reversed(scale.steps), *scale.apart), list(reversed(run)), told))
    return list(reversed(made))


def delta(name: str, now: dict[str, int], before: dict[str, int] | None) -> dict[str, str] | None:
    """The change of a count since the period before, and whether that is better."""
    if before is None or now[name] == before[name]:
        return None
    change = now[name] - before[name]
    is_better = (change > 0) == (name == "green") if name != "amber" else None
    sense = "same" if is_better is None else "better" if is_better else "worse"
    return {"text": str(abs(change)), "sense": sense, "direction": "up" if change > 0 else "down"}


def base_of(place: Initiative) -> str:
    return reverse("reporting.dashboard", args=[place.pk])


def kept(moment: Moment | None) -> dict[str, str]:
    """What every address of the page keeps: the moment that it shows."""
    return {"as_at": moment.value} if moment else {}


def choices(base: str, held: dict[str, str], found: Dashboard, rating: str, scale: str) -> list[dict[str, Any]]:
    """The ratings of the latest period by which the projects can be chosen, each with its count; of each scale by itself."""
    if not found.periods:
        return []
    every = f"{base}?{urlencode(held)}" if held else base
    made: list[dict[str, Any]] = [{"label": _("All"), "url": every, "count": None, "is_chosen": rating not in RATINGS}]
    chosen = scale if scale in [period.scale.key for period in found.latest] else found.periods[-1].scale.key
    for period in found.latest:
        label = scales.label(period.scale.key)
        for step in (*reversed(period.scale.answers), None):
            name, word = (step.value, str(LABELS[step.value])) if step else ("none", str(LABELS["none"]))
            named = {"rating": name} | ({"scale": period.scale.key} if label else {}) | held
            made.append(
                {
                    "label": f"{word} ({label})" if label else word,
                    "url": f"{base}?{urlencode(named)}",
                    "count": period.counts[name],
                    "is_chosen": rating == name and period.scale.key == chosen,
                }
            )
    return made


def pages(base: str, held: dict[str, str], found: Dashboard, rating: str, scale: str, page: int) -> dict[str, Any]:
    named = held | ({"rating": rating} | ({"scale": scale} if scale else {}) if rating in RATINGS else {})
    last = min(page * PER_PAGE, found.total)
    return {
        "first": min((page - 1) * PER_PAGE + 1, found.total),
        "last": last,
        "previous": f"{base}?{urlencode({**named, 'page': page - 1})}" if page > 1 else "",
        "next": f"{base}?{urlencode({**named, 'page': page + 1})}" if last < found.total else "",
    }


urlpatterns: list[URLPattern] = [
    path("reporting/status/", dashboards, name="reporting.dashboards"),
    path("reporting/status/<int:pk>/", dashboard, name="reporting.dashboard"),
]
