"""The short notation of `data/plans.yaml`, and where its activities lie in working days: now, as planned, and as seen a month ago."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mainstay.formats.terms import LinkType

DATA = Path(__file__).parent / "data"
PREDECESSOR = re.compile(r"(?P<code>[A-Z]+-\d+)(?P<type>FS|SS|FF|SF)?(?P<lag>[+-]\d+)?")

Groups = Mapping[str, list["Line"]]
Placed = Mapping[str, tuple[int, int]]
"""Start and end of each activity in working days from the plan's start."""


@dataclass(frozen=True, slots=True)
class Line:
    """One activity as the notation has it."""

    code: str
    name: str
    days: int
    predecessors: tuple[tuple[str, LinkType, int], ...]
    cost: Decimal | None
    planned_days: int


@cache
def notation() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DATA / "plans.yaml").read_text(encoding="utf-8"))
    return found


def line_of(text: str) -> Line:
    code, name, days, before, cost, planned = [*(part.strip() for part in text.split("|")), "", ""][:6]
    found = [PREDECESSOR.fullmatch(one.strip()) for one in before.split(",") if one.strip()]
    links = tuple((one["code"], LinkType(one["type"] or "FS"), int(one["lag"] or 0)) for one in found if one)
    return Line(code, name, int(days), links, Decimal(cost) * 1000 if cost else None, int(planned or days))


def groups_now(code: str) -> Groups:
    """The activities of a plan by group, as they are."""
    return {group: [line_of(text) for text in texts] for group, texts in notation()[code]["groups"].items()}


def groups_then(code: str, now: Placed, reached: int) -> Groups:
    """The same as seen a month ago, when `reached` working days were over: with the estimates, links and activities of then."""
    told = notation()[code].get("month_before", {})
    lines = {group: [line for line in members if line.code not in told.get("since", ())] for group, members in groups_now(code).items()}
    earlier = {line.code: (group, line) for group, texts in told.get("groups", {}).items() for line in map(line_of, texts)}
    while True:
        found = {group: with_earlier(group, members, earlier) for group, members in lines.items()}
        placed = passes(all_of(found), planned=False)
        wrong = [name for name in earlier if name in now and contradicts(placed[name], now[name], reached)]
        if not wrong:
            return found
        for name in wrong:
            del earlier[name]


def with_earlier(group: str, members: list[Line], earlier: Mapping[str, tuple[str, Line]]) -> list[Line]:
    """The members with what was told of them then, and those that have been dropped since."""
    codes = {line.code for line in members}
    dropped = [line for name, (place, line) in earlier.items() if place == group and name not in codes]
    return [earlier[line.code][1] if line.code in earlier else line for line in members] + dropped


def contradicts(then: tuple[int, int], now: tuple[int, int], reached: int) -> bool:
    """What had happened a month ago has happened: its dates cannot have been others."""
    starts = then[0] != now[0] and min(then[0], now[0]) < reached
    ends = then[1] != now[1] and min(then[1], now[1]) <= reached
    return starts or ends


def all_of(groups: Groups) -> list[Line]:
    return [line for members in groups.values() for line in members]


def numbers(code: str) -> dict[str, int]:
    """The unique number of each group and activity, the same in every version: those of now first, then those dropped since."""
    names: list[str] = []
    for group, members in groups_now(code).items():
        names += [group, *(line.code for line in members)]
    told = notation()[code].get("month_before", {}).get("groups", {})
    names += [line.code for texts in told.values() for line in map(line_of, texts) if line.code not in names]
    return {name: number for number, name in enumerate(names, 1)}


def passes(lines: Iterable[Line], *, planned: bool) -> dict[str, tuple[int, int]]:
    """Start and end of each activity in working days from the plan's start, each placed after those that it waits for."""
    by_code = {line.code: line for line in lines}
    placed: dict[str, tuple[int, int]] = {}

    def place(code: str) -> tuple[int, int]:
        if code not in placed:
            line = by_code[code]
            days = line.planned_days if planned else line.days
            starts = [0]
            for before, kind, lag in line.predecessors:
                start, end = place(before)
                begin = {LinkType.FS: end, LinkType.SS: start, LinkType.FF: end - days, LinkType.SF: start - days}[kind] + lag
                starts.append(begin)
            placed[code] = (max(starts), max(starts) + days)
        return placed[code]

    for code in by_code:
        place(code)
    return placed
