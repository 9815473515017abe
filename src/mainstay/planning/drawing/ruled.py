"""Rows ruled on one axis of time: what every drawing of days has around its own marks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mainstay.planning.drawing.scale import MARGIN, Scale

ROW, AXIS = 28, 28
"""Pixels: a row as high as its name beside it, and the axis above."""
MARGIN_DAYS = 14


@dataclass(frozen=True, slots=True)
class Drawing:
    """The parts that the template places."""

    axis: SafeString
    body: SafeString
    width: int
    height: int
    axis_height: int = AXIS


def scale_between(first: date, last: date, width: int, narrowest: float) -> Scale:
    """Months from the first to the last day with a margin, as wide as the page; a day is never narrower than `narrowest` pixels."""
    first, last = first - timedelta(days=MARGIN_DAYS), last + timedelta(days=MARGIN_DAYS)
    days = (last - first).days
    return Scale(first, days, max((width - 2 * MARGIN) / days, narrowest), "month")


def ruled(scale: Scale, rows: int, marks: Iterable[str], today: date) -> Drawing:
    """The marks, which hold numbers of ours and escaped words, between the lines of ticks and rows and that of today."""
    height, now = rows * ROW, scale.x_of(today)
    body = [
        *(f'<line class="tick" x1="{tick.x}" x2="{tick.x}" y1="0" y2="{height}"/>' for tick in scale.ticks()),
        *(f'<path class="row" d="M0 {(number + 1) * ROW - 0.5}h{scale.width}"/>' for number in range(rows)),
        *marks,
        f'<line class="today" x1="{now}" x2="{now}" y1="0" y2="{height}"/>',
    ]
    return Drawing(mark_safe(axis(scale)), mark_safe("".join(body)), scale.width, height)  # noqa: S308  # see above


def axis(scale: Scale) -> str:
    """The ticks with their words."""
    return "".join(
        f'<line class="{"year" if tick.is_year else "tick"}" x1="{tick.x}" x2="{tick.x}" y1="14" y2="{AXIS}"/>'
        f'<text class="{"b" if tick.is_year else "mut"} small" x="{tick.x + 3}" y="{AXIS - 4}">{escape(tick.label)}</text>'
        for tick in scale.ticks()
    )
