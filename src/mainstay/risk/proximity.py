"""When risks can come: those of the next 30, 60 and 90 days, and all with a window on one axis of time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from mainstay.register import words

STEPS = (30, 60, 90)
ROW, AXIS, MARGIN, WIDTH = 28, 28, 16, 760
"""Pixels: a row as high as its name beside it, and the axis above."""
BACK, LEAST, MOST = 30, 365, 1100
"""Days that the axis shows before today, at least after it, and at most."""


@dataclass(slots=True)
class Group:
    """Risks that come within the same days."""

    name: str
    title: str
    rows: list[Any] = field(default_factory=list)


def groups(risks: Iterable[Any], today: date) -> list[Group]:
    """Each risk where its window first meets the time ahead; without a window by its proximity, else apart."""
    held = {str(days): Group(str(days), _("Within %(n)d days") % {"n": days}) for days in STEPS}
    held |= {
        "later": Group("later", _("Later")),
        "passed": Group("passed", _("The window has passed, and the risk is still open")),
        "undated": Group("undated", _("Without a window")),
    }
    for risk in risks:
        held[place_of(risk, today)].rows.append(risk)
    return [group for group in held.values() if group.rows]


def place_of(risk: Any, today: date) -> str:
    if risk.window_to and risk.window_to < today:
        return "passed"
    if risk.window_from is None and risk.window_to is None:
        return str(STEPS[0]) if risk.proximity == "imminent" else "undated"
    wait = (risk.window_from - today).days if risk.window_from else 0
    return next((str(days) for days in STEPS if wait <= days), "later")


@dataclass(frozen=True, slots=True)
class Axis:
    """Where a day lies."""

    first: date
    last: date

    def x(self, day: date) -> float:
        inside = min(max(day, self.first), self.last)
        return round(MARGIN + (inside - self.first).days / (self.last - self.first).days * (WIDTH - 2 * MARGIN), 1)

    @property
    def months(self) -> list[date]:
        start = self.first.year * 12 + self.first.month
        every = max(1, (self.last - self.first).days // 365)
        months = (date(number // 12, number % 12 + 1, 1) for number in range(start, start + 40))
        return [day for place, day in enumerate(months) if day < self.last and place % every == 0]


@dataclass(frozen=True, slots=True)
class Drawing:
    axis: SafeString
    body: SafeString
    height: int
    width: int = WIDTH
    axis_height: int = AXIS


def drawing(risks: Sequence[Any], today: date) -> Drawing | None:
    """One row for each risk that has a window; None where none has."""
    if not risks:
        return None
    ends = [day for risk in risks for day in (risk.window_from, risk.window_to) if day]
    last = min(max(*ends, today + timedelta(days=LEAST)), today + timedelta(days=MOST))
    axis = Axis(today - timedelta(days=BACK), last)
    height = len(risks) * ROW
    parts = [f'<line class="tick" x1="{axis.x(day)}" x2="{axis.x(day)}" y1="0" y2="{height}"/>' for day in axis.months]
    parts += [f'<path class="row" d="M0 {(number + 1) * ROW - 0.5}h{WIDTH}"/>' for number in range(len(risks))]
    parts += [bar(axis, number, risk) for number, risk in enumerate(risks)]
    parts += [
        f'<line class="{"today" if not days else "year"}" x1="{axis.x(day)}" x2="{axis.x(day)}" y1="0" y2="{height}"/>'
        for days in (0, *STEPS)
        for day in [today + timedelta(days=days)]
    ]
    # Numbers of our own, and words that have been escaped.
    return Drawing(mark_safe(head(axis)), mark_safe("".join(parts)), height)  # noqa: S308


def head(axis: Axis) -> str:
    return "".join(
        f'<line class="tick" x1="{axis.x(day)}" x2="{axis.x(day)}" y1="14" y2="{AXIS}"/>'
        f'<text class="{"b" if day.month == 1 else "mut"} small" x="{axis.x(day) + 3}" y="{AXIS - 4}">'
        f"{day.year if day.month == 1 else escape(f'{day:%b}')}</text>"
        for day in axis.months
    )


def bar(axis: Axis, number: int, risk: Any) -> str:
    """The window as a bar; an end that is open runs to the edge."""
    left, right = axis.x(risk.window_from or axis.first), axis.x(risk.window_to or axis.last)
    told = _("%(risk)s can occur from %(from)s until %(to)s") % {
        "risk": f"{risk.initiative.code} {risk.ref}",
        "from": words.day(risk.window_from) if risk.window_from else "…",
        "to": words.day(risk.window_to) if risk.window_to else "…",
    }
    kind = "bar" if risk.nature == "threat" else "win"
    width = max(round(right - left, 1), 3)
    return f'<g><title>{escape(told)}</title><rect class="{kind}" x="{left}" y="{number * ROW + 8}" width="{width}" height="12"/></g>'
