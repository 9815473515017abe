"""Contingency of the projects beside that of the whole, what is held against it, and how it is drawn down. Figures of one run."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mainstay.forecasts.outlook import Outlook, Part
from mainstay.forecasts.run.model import Run
from mainstay.register import store
from mainstay.register.words import local


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one project, or the whole, needs: P50 and P80 less the budget, and days from plan to P80."""

    part: Part
    budget: float | None
    p50: float | None
    p80: float | None
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The projects' needs added up, the whole's own, and how they are held best; money None where cost is not told."""

    lines: tuple[Line, ...]
    whole: Line
    sum_p50: float | None = None
    sum_p80: float | None = None
    benefit: float | None = None
    """What holding it for the whole saves at P80: the sum of the projects' needs less the whole's."""
    independent: float | None = None
    """What the whole would need if nothing were shared."""
    at_programme: float | None = None
    """To be held above the projects, if each of them holds enough for its own P50."""
    held: float | None = None
    reserve: float | None = None
    """P95 less P80: what a management reserve for the worst cases would come to."""
    days_apart: int | None = None
    """Latest P80 of a project less that of the whole, in days: negative where the whole is later than each of them."""

    @property
    def minus(self) -> float:
        return -(self.benefit or 0.0)

    @property
    def later(self) -> int:
        return -(self.days_apart or 0)


def line(part: Part) -> Line:
    cost, finish = part.cost, part.finish
    return Line(
        part=part,
        budget=cost.budget if cost else None,
        p50=cost.at(50).amount - cost.budget if cost else None,
        p80=cost.at(80).amount - cost.budget if cost else None,
        days=finish.gap_days if finish else None,
    )


def summary(outlook: Outlook) -> Summary:
    lines, whole, joint = tuple(line(part) for part in outlook.projects), line(outlook.programme), outlook.joint
    cost, finish = outlook.programme.cost, outlook.programme.finish
    apart = (joint.latest_project_p80 - finish.at(80).day).days if finish and joint.latest_project_p80 else None
    if cost is None:
        return Summary(lines=lines, whole=whole, days_apart=apart)
    p50s = [one.p50 for one in lines if one.p50 is not None]
    p80s = [one.p80 for one in lines if one.p80 is not None]
    total = sum(p80s)
    return Summary(
        lines=lines,
        whole=whole,
        sum_p50=sum(p50s),
        sum_p80=total,
        benefit=total - (whole.p80 or 0.0),
        independent=joint.independent_p80 - cost.budget if joint.independent_p80 is not None else None,
        at_programme=max((whole.p80 or 0.0) - sum(p50s), 0.0),
        held=cost.funded - cost.budget,
        reserve=cost.at(95).amount - cost.at(80).amount,
        days_apart=apart,
    )


def needed_by_run(runs: Sequence[Run]) -> list[tuple[date, float, float | None]]:
    """Day of each run (the last of each day), with the days and the money that it said were needed at P80. Lost results are passed over."""
    told: dict[date, tuple[date, float, float | None]] = {}
    for run in sorted(runs, key=lambda one: (one.made_at, one.pk)):
        if run.finish_p80 is None or run.finish_plan is None:
            continue
        try:
            cost = json.loads(store.get(run.result_digest))["programme"]["cost"]
        except (store.StoreError, ValueError, KeyError):
            continue
        amount = float(run.cost_p80) - float(cost["budget"]) if cost and run.cost_p80 is not None else None
        at = local(run.made_at).date()
        told[at] = (at, float((run.finish_p80 - run.finish_plan).days), amount)
    return list(told.values())
