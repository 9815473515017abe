"""The integrated plan as a plan on a page: its rows chosen as in the drawing, its marking the highest of the plans that it shows."""

from collections.abc import Collection, Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mainstay.initiatives.models import Initiative
from mainstay.planning.calculations import Calculated
from mainstay.planning.drawing.rows import Row, choose
from mainstay.planning.programme import Line, ProjectLine
from mainstay.planning.viewing import day_of
from mainstay.register import words
from mainstay.register.record import Marking
from mainstay.render.plan_page import Bar, PlanPage
from mainstay.render.plan_page.page import Key

MOST = 240
"""Rows on paper; the table holds the rest."""


def plan_page(place: Initiative, found: Calculated, visible: Collection[int], show: str, today: date) -> PlanPage:
    """What its reader may see of the plan; `show` as in `drawing.rows`."""
    chosen = choose(found.programme, visible, show, ())
    bars = [bar for row in chosen.rows if (bar := bar_of(found, row)) is not None]
    shown = tuple(bars[:MOST])
    left_out = chosen.left_out + len(bars) - len(shown)
    finish = max((bar.finish for bar in shown), default=None)
    told = _("Plan of %(place)s: %(rows)d rows, last finish %(finish)s. The table in Mainstay holds every date.")
    return PlanPage(
        title=_("%(place)s: plan on a page") % {"place": f"{place.code} {place.title}"},
        marking=marking(place, found, visible),
        bars=shown,
        as_at=today,
        made_at=found.run.made_at,
        run=str(found.run),
        digest=found.run.result_digest,
        told=told % {"place": place.title, "rows": len(shown), "finish": words.day(finish) if finish else "–"},
        left_out=_("%(n)d more rows would not fit.") % {"n": left_out} if left_out else "",
        language=get_language() or "en-GB",
        key=Key(
            done=_("Done"),
            activity=_("Activity"),
            critical=_("Critical"),
            baseline=_("Baseline"),
            milestone=_("Milestone"),
            as_at=_("As at"),
            run=_("Run"),
            page=_("Page"),
        ),
    )


def marking(place: Initiative, found: Calculated, visible: Collection[int]) -> str:
    """The highest of the initiative's and of the plans that are shown."""
    plans = {plan.pk: plan for plan in found.inputs.plans}
    shown = [plans[key].marking for number in visible if (key := found.programme.projects[number].plan) in plans]
    order: Sequence[str] = Marking.values
    return str(Marking(max((place.marking, *shown), key=order.index)).label)


def bar_of(found: Calculated, row: Row) -> Bar | None:
    one: Line | ProjectLine = found.programme.projects[row.project] if row.line < 0 else found.programme.lines[row.line]
    start, finish = day_of(one.start), day_of(one.finish)
    if start is None or finish is None:
        return None
    baselines = day_of(one.baseline_start), day_of(one.baseline_finish)
    if isinstance(one, ProjectLine):
        return Bar(f"{one.code} {one.title}", "project", start, finish, *baselines, done=one.percent / 100)
    kind = "milestone" if one.is_milestone else "summary" if one.is_summary else "activity"
    return Bar(f"{one.code} {one.name}", kind, start, finish, *baselines, done=one.percent / 100, is_critical=one.is_critical)  # type: ignore[arg-type]  # one of the kinds
