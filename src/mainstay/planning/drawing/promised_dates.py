"""Promises on an axis of time as SVG: when each is needed, promised and forecast."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import escape
from django.utils.translation import gettext as _

from mainstay.planning.drawing.gantt import group
from mainstay.planning.drawing.layers import EDGE, Picture
from mainstay.register import words


@dataclass(frozen=True, slots=True)
class Span:
    """One promise on the axis of time."""

    told: str
    url: str
    label: str
    needed: date | None
    promised: date | None
    forecast: date | None

    @property
    def days(self) -> list[date]:
        return [day for day in (self.needed, self.promised, self.forecast) if day is not None]


ROW, NAME, PLOT, AXIS, LAST_LABEL = 30, 90, 820, 24, 80


def timeline(spans: Sequence[Span], today: date) -> Picture:
    """A line for each promise: a pale diamond where it was promised, a dark one at its forecast, a bar where it is needed."""
    days = [day for span in spans for day in span.days] + [today]
    first, last = min(days) - timedelta(days=10), max(days) + timedelta(days=10)
    width, height = NAME + PLOT + LAST_LABEL, AXIS + len(spans) * ROW + EDGE

    def x(day: date) -> float:
        return round(NAME + (day - first).days / (last - first).days * PLOT, 1)

    ticks = "".join(
        f'<line class="tick" x1="{x(day)}" x2="{x(day)}" y1="14" y2="{height}"/><text class="mut small" x="{x(day) + 3}" y="12">'
        f"{escape(words.day(day))}</text>"
        for day in quarters(first, last)
    )
    now = f'<line class="today" x1="{x(today)}" x2="{x(today)}" y1="0" y2="{height}"><title>{escape(_("Today"))}</title></line>'
    rows = [row_of(span, AXIS + number * ROW + ROW / 2, x) for number, span in enumerate(spans)]
    return Picture("".join([ticks, now, *rows]), width, height)


def quarters(first: date, last: date) -> list[date]:
    every = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in (1, 4, 7, 10)]
    found = [day for day in every if first <= day <= last]
    return found[:: max(1, len(found) // 9 + 1)] if len(found) > 9 else found


def row_of(span: Span, y: float, x: Callable[[date], float]) -> str:
    parts = [f'<text class="small" x="{EDGE}" y="{y + 4}">{escape(span.label)}</text>']
    if len(span.days) > 1:
        parts.append(f'<path class="float" d="M{x(min(span.days))} {y}H{x(max(span.days))}"/>')
    if span.needed:
        parts.append(f'<rect class="sum" x="{x(span.needed) - 1.5}" y="{y - 9}" width="3" height="18"/>')
    if span.promised:
        parts.append(f'<path class="ghost" d="M{x(span.promised)} {y - 7}l7 7-7 7-7-7z"/>')
    if span.forecast:
        late = span.needed is not None and span.forecast > span.needed
        parts.append(f'<path class="{"crit-done" if late else "deci"}" d="M{x(span.forecast)} {y - 6}l6 6-6 6-6-6z"/>')
    return group(span.told, span.url, "".join(parts))
