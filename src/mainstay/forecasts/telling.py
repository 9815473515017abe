"""From samples to what a run says: finishes, costs, and the whole beside its parts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import numpy as np

from mainstay.engine.calendar_table import MINUTES_PER_DAY
from mainstay.engine.simulation import PERCENTS, Sample, SimulationResult
from mainstay.engine.worktime import datetime_of, minute_of
from mainstay.forecasts.funding import Funding
from mainstay.forecasts.outlook import (
    CostOutlook,
    DatePercentile,
    DayShare,
    FinishOutlook,
    Joint,
    MoneyPercentile,
    MoneyShare,
    Part,
)
from mainstay.forecasts.taking import Taken
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.planning.milestone.register import MilestoneRegister

CURVE_POINTS = 120


def day_of(instant: float) -> date:
    return datetime_of(round(instant)).date()


def end_of(day: date) -> int:
    """The last minute of a day: whatever finishes on it has finished by then."""
    return minute_of(datetime.combine(day + timedelta(days=1), time()))


def finish_outlook(sample: Sample, planned: int, baseline: date | None) -> FinishOutlook:
    plan = day_of(planned)
    return FinishOutlook(
        plan=plan,
        plan_chance=sample.share_at_most(end_of(plan)),
        mean=day_of(sample.mean),
        deviation_days=sample.deviation / MINUTES_PER_DAY,
        percentiles=tuple(
            DatePercentile(percent, day_of(sample.percentile(percent)), sample.percentile_error(percent) / MINUTES_PER_DAY)
            for percent in PERCENTS
        ),
        curve=tuple(day_curve(sample)),
        gap_days=(day_of(sample.percentile(80)) - plan).days,
        baseline=baseline,
        baseline_chance=sample.share_at_most(end_of(baseline)) if baseline else None,
    )


def day_curve(sample: Sample) -> Iterator[DayShare]:
    """Shares at the ends of days that lie equally far apart, from the day before the first finish to the last finish."""
    first, last = day_of(float(sample.ordered[0])) - timedelta(days=1), day_of(float(sample.ordered[-1]))
    step = max(1, -(-(last - first).days // CURVE_POINTS))
    for place in range(-(-(last - first).days // step) + 1):
        at = first + timedelta(days=place * step)
        yield DayShare(at, sample.share_at_most(end_of(at)))


def cost_outlook(sample: Sample, budget: float, contingency: float) -> CostOutlook:
    return CostOutlook(
        budget=budget,
        budget_chance=sample.share_at_most(budget),
        funded=budget + contingency,
        funded_chance=sample.share_at_most(budget + contingency),
        mean=sample.mean,
        deviation=sample.deviation,
        percentiles=tuple(MoneyPercentile(percent, sample.percentile(percent), sample.percentile_error(percent)) for percent in PERCENTS),
        curve=tuple(money_curve(sample)),
    )


def money_curve(sample: Sample) -> Iterator[MoneyShare]:
    """Shares at amounts that lie equally far apart, from the least that it cost to the most."""
    least, most = float(sample.ordered[0]), float(sample.ordered[-1])
    for place in range(CURVE_POINTS + 1 if most > least else 1):
        amount = most if place == CURVE_POINTS else least + (most - least) * place / CURVE_POINTS
        yield MoneyShare(amount, sample.share_at_most(amount))


def whole_part(taken: Taken, result: SimulationResult) -> Part:
    place, money = taken.facts.initiative, taken.funding
    return Part(
        kind="programme",
        code=place.code,
        title=place.title,
        url=InitiativeRegister.url("detail", place),
        finish=finish_outlook(result.finish_of(), result.planned_finish_of(), place.ends_on),
        cost=cost_outlook(result.cost_of(), money.whole, money.contingency) if money.whole is not None else None,
    )


def project_parts(taken: Taken, result: SimulationResult) -> tuple[Part, ...]:
    by_code = {row.code: row for row in taken.facts.initiatives}
    last = result.last_to_finish()
    return tuple(project_part(by_code[code], result, taken.funding, last[code]) for code in planned(taken))


def planned(taken: Taken) -> list[str]:
    """The projects that have activities."""
    return [project.id for project in taken.joined.plan.projects]


def project_part(place: Initiative, result: SimulationResult, money: Funding, last: float) -> Part:
    budget = money.budgets.get(place.code)
    return Part(
        kind="project",
        code=place.code,
        title=place.title,
        url=InitiativeRegister.url("detail", place),
        finish=finish_outlook(result.finish_of(place.code), result.planned_finish_of(place.code), place.ends_on),
        cost=cost_outlook(result.cost_of(place.code), budget, float(place.contingency or 0)) if budget is not None else None,
        finish_share_of_programme=last,
    )


def group_parts(taken: Taken, result: SimulationResult) -> tuple[Part, ...]:
    """Whatever lies between the whole and its projects, such as tranches: over when the last project below it is."""
    own = set(planned(taken))
    projects = [row for row in taken.facts.initiatives if row.code in own]
    made = []
    for row in taken.facts.initiatives:
        below = [each.code for each in projects if each.path.startswith(row.path) and each.pk != row.pk]
        if row.code in own or row.pk == taken.facts.initiative.pk or not below:
            continue
        finish = Sample(np.stack([result.finish_of(code).values for code in below]).max(axis=0))
        plan = max(result.planned_finish_of(code) for code in below)
        budgets = [taken.funding.budgets.get(code) for code in below]
        cost = None
        if taken.funding.whole is not None and None not in budgets:
            spent = Sample(np.stack([result.cost_of(code).values for code in below]).sum(axis=0))
            cost = cost_outlook(spent, sum(budget or 0.0 for budget in budgets), float(row.contingency or 0))
        url = InitiativeRegister.url("detail", row)
        told = finish_outlook(finish, plan, row.ends_on)
        made.append(Part(kind=row.kind, code=row.code, title=row.title, url=url, finish=told, cost=cost))
    return tuple(made)


def milestone_parts(taken: Taken, result: SimulationResult) -> tuple[Part, ...]:
    """Each milestone that an activity feeds, by the plan's own date."""
    made = []
    for row in taken.facts.milestones:
        key = taken.milestones.get(row.pk)
        if key is not None:
            finish = finish_outlook(result.finish_of(key), result.planned_finish_of(key), row.baseline_current)
            made.append(
                (
                    finish.plan,
                    Part(
                        kind="milestone",
                        code=f"{row.initiative.code} {row.ref}",
                        title=row.title,
                        url=MilestoneRegister.url("detail", row),
                        finish=finish,
                    ),
                )
            )
    return tuple(part for _plan, part in sorted(made, key=lambda one: (one[0], one[1].code)))


def joint(taken: Taken, result: SimulationResult, independent: SimulationResult) -> Joint:
    """The whole beside its projects one by one, and beside what it would be if nothing were shared."""
    money, place = taken.funding, taken.facts.initiative
    instants = {code: result.finish_of(code).percentile(80) for code in planned(taken)}
    told = Joint(
        latest_project_p80=day_of(max(instants.values())),
        all_by_then=result.all_by(instants),
        independent_p80_day=day_of(independent.finish_of().percentile(80)),
    )
    if money.whole is None:
        return told
    by = place.ends_on or day_of(result.planned_finish_of())
    costs = [result.cost_of(name) for name in result.projects]
    return replace(
        told,
        sum_of_p50=sum(cost.percentile(50) for cost in costs),
        sum_of_p80=sum(cost.percentile(80) for cost in costs),
        independent_p80=independent.cost_of().percentile(80),
        funded_and_plan=result.within(end_of(by), money.whole + money.contingency),
        correlation=result.correlation,
    )
