"""The assurance plan drawn: a row for each initiative with windows, review days and decisions on one time axis."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _

from mainstay.planning.drawing.ruled import ROW, Drawing, ruled, scale_between
from mainstay.planning.drawing.scale import Scale
from mainstay.register import words

WIDTH, NARROWEST_DAY, LABEL = 860, 1.0, 34
LONGEST_DAYS = 900


@dataclass(frozen=True, slots=True)
class Row:
    """An initiative with what stands in its row."""

    initiative: Any
    reviews: Sequence[Any]
    approvals: Sequence[Any]


def drawing(rows: Sequence[Row], wrong: Iterable[int], today: date) -> Drawing | None:
    """None where nothing has a day. `wrong` are the reviews with an error: they are framed."""
    days = [day for row in rows for day in days_of(row)]
    if not days:
        return None
    first = max(min(*days, today), today - timedelta(days=LONGEST_DAYS // 2))
    last = min(max(*days, today), today + timedelta(days=LONGEST_DAYS))
    scale, framed = scale_between(first, last, WIDTH, NARROWEST_DAY), set(wrong)
    marks: list[str] = []
    for number, row in enumerate(rows):
        marks += [review_part(scale, number * ROW, one, is_wrong=one.pk in framed) for one in row.reviews if one.last_day]
        marks += [diamond(scale, number * ROW, str(one), one.day) for one in row.approvals if one.day]
    return ruled(scale, len(rows), marks, today)


def days_of(row: Row) -> Iterable[date]:
    for one in row.reviews:
        yield from (day for day in (one.window_from, one.window_to, one.starts_on, one.ends_on, one.decision_on) if day)
    yield from (one.day for one in row.approvals if one.day)


def review_part(scale: Scale, top: int, review: Any, *, is_wrong: bool) -> str:
    """The window dashed, the days full with the type, the decision as a small diamond, a frame around what is wrong."""
    told = _("%(review)s, %(type)s: %(first)s to %(last)s") % {
        "review": review, "type": review.type_label, "first": words.day(review.first_day), "last": words.day(review.last_day),
    }  # fmt: skip
    parts = [f"<title>{escape(told)}</title>"]
    left, right = scale.x_of(review.first_day or review.last_day), scale.x_of(review.last_day)
    if review.window_from and review.window_to:
        begin, end = scale.x_of(review.window_from), scale.x_of(review.window_to)
        parts.append(f'<rect class="win" x="{begin}" y="{top + 5}" width="{max(round(end - begin, 1), 4)}" height="{ROW - 10}"/>')
        left, right = min(left, begin), max(right, end)
    if review.starts_on:
        at = scale.x_of(review.starts_on)
        parts.append(f'<rect class="done" x="{at}" y="{top + 6}" width="{LABEL - 4}" height="{ROW - 12}"/>')
        parts.append(f'<text class="on-dark small" x="{at + 3}" y="{top + ROW / 2 + 4}">{escape(review.short)}</text>')
        right = max(right, at + LABEL - 4)
    else:
        parts.append(f'<text class="small halo" x="{left + 3}" y="{top + ROW / 2 + 4}">{escape(review.short)}</text>')
    if is_wrong:
        parts.append(f'<rect class="clash" x="{left - 2}" y="{top + 3}" width="{max(right - left, LABEL) + 4}" height="{ROW - 6}"/>')
    if review.decision_on:
        x, y = scale.x_of(review.decision_on), top + ROW - 9
        parts.append(f'<path class="deci" d="M{x} {y - 4}l4 4-4 4-4-4z"/>')
    return f"<g>{''.join(parts)}</g>"


def diamond(scale: Scale, top: int, text: str, day: date) -> str:
    told = _("Approval %(approval)s, %(day)s") % {"approval": text, "day": words.day(day)}
    return f'<g><title>{escape(told)}</title><path class="deci" d="M{scale.x_of(day)} {top + 6}l7 7-7 7-7-7z"/></g>'
