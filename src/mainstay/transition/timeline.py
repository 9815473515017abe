"""The transitions of a programme beside its milestones, drawn on one time axis."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _

from mainstay.planning.drawing.ruled import ROW, Drawing, ruled, scale_between
from mainstay.planning.drawing.scale import Scale
from mainstay.register import words
from mainstay.transition.dates import dip

WIDTH, NARROWEST_DAY = 760, 1.2


def drawing(plans: Sequence[Any], milestones: Sequence[Any], today: date) -> Drawing | None:
    """One row for each plan, and above them one for the milestones; None where nothing has a day."""
    days = [day for plan in plans for day in (plan.opens_on, plan.closes_on, plan.agreed_cut_over) if day]
    if not days:
        return None
    scale = scale_between(min(*days, today), max(*days, today), WIDTH, NARROWEST_DAY)
    last = scale.first + timedelta(days=scale.days)
    inside = [row for row in milestones if row.expected and scale.first <= row.expected <= last]
    seen = {row.pk for row in milestones}
    marks = [milestone(scale, row) for row in inside]
    marks += [bar(scale, number + 1, plan, hangs=plan.milestone_id in seen) for number, plan in enumerate(plans)]
    return ruled(scale, len(plans) + 1, marks, today)


def milestone(scale: Scale, row: Any) -> str:
    told = _("%(milestone)s, %(day)s") % {"milestone": row, "day": words.day(row.expected)}
    return f'<g><title>{escape(told)}</title><path class="deci" d="M{scale.x_of(row.expected)} 7l7 7-7 7-7-7z"/></g>'


def bar(scale: Scale, number: int, plan: Any, *, hangs: bool) -> str:
    """The window as a bar, the dip within it darker, the cut-over as a diamond, the day as agreed as its ghost."""
    if plan.cut_over_on is None:
        return ""
    top = number * ROW
    told = _("%(plan)s: window %(opens)s to %(closes)s, cut-over %(day)s") % {
        "plan": plan, "opens": words.day(plan.opens_on), "closes": words.day(plan.closes_on), "day": words.day(plan.cut_over_on),
    }  # fmt: skip
    parts = [f"<title>{escape(told)}</title>", span(scale, "bar", plan.opens_on, plan.closes_on, top + 8, 12)]
    if fall := dip(plan):
        parts.append(span(scale, "done", *fall, top + 8, 12))
    if hangs and plan.milestone.expected:
        parts.append(f'<path class="link" d="M{scale.x_of(plan.milestone.expected)} 21V{top + 14}"/>')
    if plan.slip_days:
        parts.append(f'<path class="ghost" d="M{scale.x_of(plan.agreed_cut_over)} {top + 9}l5 5-5 5-5-5z"/>')
    parts.append(f'<path class="deci" d="M{scale.x_of(plan.cut_over_on)} {top + 6}l8 8-8 8-8-8z"/>')
    return f"<g>{''.join(parts)}</g>"


def span(scale: Scale, kind: str, first: date, last: date, top: int, height: int) -> str:
    left = scale.x_of(first)
    return f'<rect class="{kind}" x="{left}" y="{top}" width="{max(round(scale.x_of(last) - left, 1), 2)}" height="{height}"/>'
