"""The dependencies between projects: by standing, and who gives to whom."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mainstay.planning import viewing
from mainstay.planning.calculations import calculated
from mainstay.planning.dependency.model import CLOSED
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.pages import chains, parts, promise_pictures
from mainstay.planning.promises import gathering
from mainstay.planning.promises.parties import Party, getter_of, giver_of, query
from mainstay.planning.viewing import AgreementLine
from mainstay.register.requests import actor_of, asks, seen_at

MOST_IN_MATRIX = 20
"""Givers, and getters, of one matrix: more could not be read."""
STANDINGS = {
    "late": (gettext_lazy("Late: given after it is needed"), "red"),
    "at risk": (gettext_lazy("At risk: drifting, or not agreed by both"), "amber"),
    "not dated": (gettext_lazy("Not dated: nobody can tell"), "none"),
    "on track": (gettext_lazy("On track"), "green"),
    "delivered": (gettext_lazy("Delivered"), "green"),
    "accepted": (gettext_lazy("Accepted"), "green"),
    "rejected": (gettext_lazy("Rejected"), "none"),
    "failed": (gettext_lazy("Failed"), "red"),
    "superseded": (gettext_lazy("Superseded"), "none"),
}


VIEWS = {
    "matrix": gettext_lazy("Matrix"),
    "network": gettext_lazy("Network"),
    "timeline": gettext_lazy("Timeline"),
    "chains": gettext_lazy("Chains and records"),
}


@dataclass(slots=True)
class Cell:
    """What one project gives another."""

    count: int = 0
    late: int = 0
    at_risk: int = 0
    url: str = ""
    """The list of them."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    giver: Party
    cells: list[Cell | None]
    """None where giver and getter are the same."""


@dataclass(slots=True)
class Standing:
    """The dependencies of one standing."""

    key: str
    title: str
    shape: str
    lines: list[AgreementLine] = field(default_factory=list)


@require_safe
@asks("planning.dependency:view")
def dependencies(request: HttpRequest, pk: int) -> HttpResponse:
    place = viewing.initiative_of(request, pk)
    account, moment = actor_of(request).account, seen_at(request)
    found = calculated(place, moment)
    visible = viewing.visible_projects(account, found)
    lines = viewing.agreements(account, place, found, moment)
    givers, getters = busiest(lines)
    rows = matrix(lines, givers, getters)
    show = asked_view(request)
    context = parts.frame(request, place, found, visible, "dependencies") | {
        "standings": by_standing(lines),
        "getters": getters,
        "matrix": rows,
        "matrix_of": matrix_of(lines, givers, getters),
        "all_agreements": parts.all_of(DependencyRegister, place, lines),
        "counts": Counter(line.standing for line in lines),
        "lines": lines,
        "figures": [],
        "views": views(request, show),
        "part": f"planning/parts/{show}.html",
    }
    if show == "network":
        context |= promise_pictures.network_context(lines)
    elif show == "timeline":
        context |= promise_pictures.timeline_context(lines, gathering.today_of(moment))
    elif show == "chains":
        context |= chains.context(account, place, found, visible, lines, moment)
    if "picture" in context:
        # Every text in the drawings has gone through `escape`.
        context["drawn"] = mark_safe(context["picture"].inner)  # noqa: S308  # made here, of numbers and escaped texts
    return render(request, "planning/dependencies.html", context)


def asked_view(request: HttpRequest) -> str:
    asked = request.GET.get("show", "")
    return asked if asked in VIEWS else "matrix"


def views(request: HttpRequest, show: str) -> list[dict[str, Any]]:
    """The ways to look at the same dependencies; a moment of the past is kept on the way."""
    kept = {"as_at": request.GET["as_at"]} if "as_at" in request.GET else {}
    return [
        {"label": label, "url": f"{request.path}?{urlencode({**kept, 'show': key})}", "current": key == show, "count": None}
        for key, label in VIEWS.items()
    ]


def by_standing(lines: list[AgreementLine]) -> list[Standing]:
    groups = {key: Standing(key, str(title), shape) for key, (title, shape) in STANDINGS.items()}
    for line in lines:
        groups[line.standing].lines.append(line)
    return [group for group in groups.values() if group.lines]


def is_open(line: AgreementLine) -> bool:
    return line.record.state not in CLOSED


def busiest(lines: list[AgreementLine]) -> tuple[list[Party], list[Party]]:
    """Who gives and who gets, by code; where they are many, those that have the most open dependencies."""
    found = []
    for party_of in (giver_of, getter_of):
        count = Counter(party_of(line.record) for line in lines if is_open(line))
        found.append(sorted((row for row, _count in count.most_common(MOST_IN_MATRIX)), key=lambda row: row.code))
    return found[0], found[1]


def matrix_of(lines: list[AgreementLine], givers: list[Party], getters: list[Party]) -> str:
    """What the matrix holds, in words."""
    rest = {giver_of(line.record) for line in lines if is_open(line)} - set(givers)
    rest |= {getter_of(line.record) for line in lines if is_open(line)} - set(getters)
    if rest:
        text = _("open dependencies of the %(most)d that give and the %(most)d that get most; rows give, columns get")
        return text % {"most": MOST_IN_MATRIX}
    return _("open dependencies; rows give, columns get")


def list_of(giver: Party, getter: Party) -> str:
    return f"{DependencyRegister.url()}?{query(giver, getter)}"


def matrix(lines: list[AgreementLine], givers: list[Party], getters: list[Party]) -> list[MatrixRow]:
    """Who gives (rows) what to whom (columns): open dependencies only."""
    cells = {
        (giver.key, getter.key): None if giver == getter else Cell(url=list_of(giver, getter)) for giver in givers for getter in getters
    }
    for line in lines:
        cell = cells.get((giver_of(line.record).key, getter_of(line.record).key))
        if cell is not None and is_open(line):
            cell.count += 1
            cell.late += line.standing == "late"
            cell.at_risk += line.standing == "at risk"
    return [MatrixRow(giver, [cells[giver.key, getter.key] for getter in getters]) for giver in givers]
