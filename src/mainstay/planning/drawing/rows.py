"""Which rows a plan drawing shows: each project's roll-up, and of its activities those that were asked for."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from mainstay.planning.programme import Line, Programme

SHOWN = {
    "key": gettext_lazy("Critical, milestones, give and get"),
    "all": gettext_lazy("All activities"),
    "milestones": gettext_lazy("Milestones"),
    "projects": gettext_lazy("Projects only"),
}
MOST = 2000
"""Rows of one drawing; the table holds the rest."""


@dataclass(frozen=True, slots=True)
class Row:
    """A project (``line`` is -1) or one of its activities."""

    project: int
    line: int = -1


@dataclass(frozen=True, slots=True)
class Chosen:
    rows: tuple[Row, ...]
    shown: int
    """Activities among the rows."""
    of: int
    """Activities that the reader may see."""
    left_out: int
    """Activities that were asked for but would not fit."""


def choose(programme: Programme, visible: Collection[int], show: str, closed: Collection[str]) -> Chosen:
    """The rows of the projects in ``visible`` (places); those whose code is in ``closed`` show their roll-up only."""
    between = {
        end
        for bond in programme.bonds
        if programme.lines[bond.source].project != programme.lines[bond.target].project
        for end in (bond.source, bond.target)
    }
    wanted: dict[int, list[int]] = {number: [] for number in visible}
    total = 0
    for place, line in enumerate(programme.lines):
        if line.project not in wanted:
            continue
        total += 1
        if is_wanted(line, show, place in between or place in programme.on_path or place in programme.in_circles):
            wanted[line.project].append(place)
    rows: list[Row] = []
    shown = asked = 0
    for number in sorted(visible):
        rows.append(Row(number))
        if programme.projects[number].code in closed:
            continue
        asked += len(wanted[number])
        fitting = wanted[number][: max(0, MOST - shown)]
        rows += [Row(number, place) for place in fitting]
        shown += len(fitting)
    return Chosen(tuple(rows), shown, total, asked - shown)


def is_wanted(line: Line, show: str, matters: bool) -> bool:
    if line.start is None or line.finish is None or show == "projects":
        return False
    if show == "all":
        return True
    if show == "milestones":
        return line.is_milestone
    return not line.is_summary and (line.is_critical or line.is_milestone or matters)
