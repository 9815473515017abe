"""From what the re-runs found to what a forecast says of it, by the names that people use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mainstay.engine.calendar_table import MINUTES_PER_DAY
from mainstay.engine.simulation import Driver, SimulationResult
from mainstay.engine.simulation.inputs import Nature
from mainstay.engine.simulation.joint import frontier, scattered
from mainstay.engine.simulation.merging import Merge, MergeBias
from mainstay.engine.simulation.sensitivity import Sensitivity
from mainstay.forecasts.exploring import Explored
from mainstay.forecasts.findings import (
    Arrival,
    Gain,
    JointConfidence,
    MergePoint,
    Opportunities,
    Pair,
    PertOutlook,
    Reserve,
    ResponseValue,
    Sharing,
)
from mainstay.forecasts.outlook import CriticalActivity
from mainstay.forecasts.taking import Taken
from mainstay.forecasts.telling import day_of, end_of
from mainstay.planning import joining
from mainstay.planning.conversion import activity_key
from mainstay.planning.receiving import code_of
from mainstay.risk.cause.register import CauseRegister
from mainstay.risk.risk.register import RiskRegister

MOST_CRITICAL, MOST_MERGES, MOST_ARRIVALS = 20, 10, 5
MOST_POINTS = 600
JOINT_SHARE = 0.7
"""The joint confidence at which NASA's policy sets the baseline of a programme."""


@dataclass(frozen=True, slots=True)
class Names:
    """What people call the activities of the joined plan, by the engine's keys."""

    known: Mapping[str, tuple[str, str, str]]

    def of(self, key: str) -> tuple[str, str, str]:
        """Code, name and project."""
        return self.known.get(key, (key.partition("\x1f")[0], "", ""))


def names_of(taken: Taken) -> Names:
    return Names(
        {
            activity_key(code, row.uid): (code_of(row), row.name, code)
            for code, schedule in taken.joined.schedules.items()
            for row in schedule.activities
        }
    )


def gain(found: Driver, has_cost: bool, sign: int = 1) -> Gain:
    return Gain(
        days=sign * found.days,
        days_error=found.days_error,
        money=sign * found.money if has_cost else None,
        money_error=found.money_error if has_cost else None,
    )


def responses(taken: Taken, explored: Explored) -> tuple[ResponseValue, ...]:
    """The value of each response that changes something, the greatest first."""
    has_cost, met = taken.funding.whole is not None, taken.exposure
    made = []
    for found in explored.responses:
        risk, paid = met.risks[found.id], met.payments.get(found.id)
        made.append(
            ResponseValue(
                ref=risk.ref,
                title=risk.title,
                url=RiskRegister.url("detail", risk),
                response=str(risk.get_response_display()),
                # The alternative is the risk before its response: what P80 exceeds it by is what the response takes away.
                gain=gain(found, has_cost, -1),
                cost=paid.amount.mean if paid else None,
            )
        )
    return tuple(sorted(made, key=lambda one: (-(one.net or 0.0), -one.gain.days, one.ref)))


def sharing(taken: Taken, explored: Explored) -> tuple[Sharing, ...]:
    """What each cause makes worse by striking several risks at once, the worst first."""
    has_cost, met = taken.funding.whole is not None, taken.exposure
    made = []
    for found in explored.sharing:
        cause = met.shared[found.id]
        brought = tuple(met.risks[event.id].ref for event in taken.model.risks if event.cause == found.id)
        made.append(
            Sharing(ref=cause.ref, title=cause.title, url=CauseRegister.url("detail", cause), risks=brought, gain=gain(found, has_cost))
        )
    return tuple(sorted(made, key=lambda one: (-(one.gain.money or 0.0), -one.gain.days, one.ref)))


def opportunities(taken: Taken, explored: Explored) -> Opportunities | None:
    if explored.opportunities is None:
        return None
    count = sum(1 for risk in taken.model.risks if risk.nature is Nature.OPPORTUNITY)
    return Opportunities(count=count, gain=gain(explored.opportunities, taken.funding.whole is not None, -1))


def critical(names: Names, found: tuple[Sensitivity, ...]) -> tuple[CriticalActivity, ...]:
    """The activities that drove the end of the whole most often, then those whose duration moves it most."""
    told = []
    for one in sorted(found, key=lambda each: (-each.criticality, -each.index, each.activity)):
        code, name, project = names.of(one.activity)
        if project:
            told.append(
                CriticalActivity(
                    code=code,
                    name=name,
                    project=project,
                    share=one.criticality,
                    cruciality=one.cruciality,
                    deviation_days=one.deviation / MINUTES_PER_DAY,
                    index=one.index,
                )
            )
    return tuple(told[:MOST_CRITICAL])


def merge_point(taken: Taken, names: Names, found: Merge) -> MergePoint:
    if found.activity:
        code, name, project = names.of(found.activity)
        schedule = taken.joined.schedules.get(project)
        minutes = (schedule.minutes_per_day if schedule else None) or joining.MINUTES_A_DAY
        arrivals = [Arrival(code=c, name=n, project=p, share=share) for key, share in found.arrivals for c, n, p in [names.of(key)]]
    else:
        code, name, project, minutes = taken.facts.initiative.code, taken.facts.initiative.title, "", MINUTES_PER_DAY
        titles = {row.code: row.title for row in taken.facts.initiatives}
        arrivals = [Arrival(code=key, name=titles[key], project=key, share=share) for key, share in found.arrivals if key in titles]
    return MergePoint(
        code=code,
        name=name,
        project=project,
        delay=found.delay / minutes,
        pert=day_of(found.pert),
        mean=day_of(found.mean),
        arrivals=tuple(arrivals[:MOST_ARRIVALS]),
    )


def merges(taken: Taken, names: Names, bias: MergeBias) -> tuple[MergePoint, ...]:
    return tuple(point for point in (merge_point(taken, names, one) for one in bias.merges) if point.project)[:MOST_MERGES]


def pert(taken: Taken, names: Names, bias: MergeBias, result: SimulationResult) -> PertOutlook:
    p80 = day_of(bias.pert.percentile(80))
    return PertOutlook(
        finish=day_of(bias.pert.finish),
        p80=p80,
        deviation_days=bias.pert.deviation / MINUTES_PER_DAY,
        p80_chance=result.finish_of().share_at_most(end_of(p80)),
        path=tuple(f"{project} {code}" for code, _name, project in map(names.of, bias.pert.path) if project),
        end=merge_point(taken, names, bias.end),
    )


def joint_confidence(taken: Taken, result: SimulationResult) -> JointConfidence | None:
    """Time and cost at once; None where cost is not told."""
    if taken.funding.whole is None:
        return None
    finish, cost = result.finish_of(), result.cost_of()
    return JointConfidence(
        share=JOINT_SHARE,
        scatter=tuple(Pair(day_of(one.finish), round(one.cost, 2)) for one in scattered(finish, cost, MOST_POINTS)),
        frontier=tuple(by_day(result)),
    )


def by_day(result: SimulationResult) -> list[Pair]:
    """The frontier by whole days: of pairs on one day the cheapest stays."""
    found: dict[date, Pair] = {}
    for one in frontier(result.finish_of(), result.cost_of(), JOINT_SHARE):
        day = day_of(one.finish)
        found[day] = Pair(day, round(one.cost, 2))
    return list(found.values())


def drawdown(taken: Taken, result: SimulationResult, explored: Explored) -> tuple[Reserve, ...]:
    """Money is told above the budget, as everywhere: what the plan itself costs more, such as responses, is part of the need."""
    whole = taken.funding.whole
    beyond = result.planned_cost_of() - (whole or 0.0)
    return tuple(
        Reserve(
            day=day_of(one.instant),
            days=one.days,
            days_error=one.days_error,
            money=one.money + beyond if whole is not None else None,
            money_error=one.money_error if whole is not None else None,
            risks=one.risks,
        )
        for one in explored.remaining
    )
