"""The dependencies between projects: by standing, and who gives to whom."""

from collections import Counter
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mainstay.initiatives.models import Initiative
from mainstay.planning import viewing
from mainstay.planning.calculations import calculated
from mainstay.planning.pages import parts
from mainstay.planning.viewing import AgreementLine
from mainstay.register.requests import actor_of, asks, seen_at

STANDINGS = {
    "late": (gettext_lazy("Late: given after it is needed"), "red"),
    "at risk": (gettext_lazy("At risk: drifting, or not agreed by both"), "amber"),
    "not dated": (gettext_lazy("Not dated: nobody can tell"), "none"),
    "on track": (gettext_lazy("On track"), "green"),
    "delivered": (gettext_lazy("Delivered"), "green"),
    "accepted": (gettext_lazy("Accepted"), "green"),
    "rejected": (gettext_lazy("Rejected"), "none"),
    "failed": (gettext_lazy("Failed"), "red"),
}


@dataclass(slots=True)
class Cell:
    """What one project gives another."""

    count: int = 0
    late: int = 0
    at_risk: int = 0


@dataclass(frozen=True, slots=True)
class MatrixRow:
    giver: Initiative
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
    getters, rows = matrix(lines)
    context = parts.frame(request, place, found, visible, "dependencies") | {
        "standings": by_standing(lines),
        "getters": getters,
        "matrix": rows,
        "counts": Counter(line.standing for line in lines),
        "lines": lines,
        "figures": [],
    }
    return render(request, "planning/dependencies.html", context)


def by_standing(lines: list[AgreementLine]) -> list[Standing]:
    groups = {key: Standing(key, str(title), shape) for key, (title, shape) in STANDINGS.items()}
    for line in lines:
        groups[line.standing].lines.append(line)
    return [group for group in groups.values() if group.lines]


def matrix(lines: list[AgreementLine]) -> tuple[list[Initiative], list[MatrixRow]]:
    """Who gives (rows) what to whom (columns): open dependencies only."""
    open_lines = [line for line in lines if line.record.state not in ("accepted", "rejected", "failed")]
    givers = sorted({line.record.giver.code: line.record.giver for line in open_lines}.items())
    getters = sorted({line.record.initiative.code: line.record.initiative for line in open_lines}.items())
    cells = {(giver, getter): None if giver == getter else Cell() for giver, _row in givers for getter, _column in getters}
    for line in open_lines:
        cell = cells[line.record.giver.code, line.record.initiative.code]
        if cell is not None:
            cell.count += 1
            cell.late += line.standing == "late"
            cell.at_risk += line.standing == "at risk"
    rows = [MatrixRow(row, [cells[code, getter] for getter, _column in getters]) for code, row in givers]
    return [row for _code, row in getters], rows
