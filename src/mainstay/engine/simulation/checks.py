"""What a model is refused for, beside what ``model`` itself looks at: branches, windows, weather, correlations and prices."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from mainstay.engine.plan import NONE, PlanData
from mainstay.engine.risk import MoneyBasis
from mainstay.engine.simulation.branches import Branch, ConditionalBranch, TaskExistence
from mainstay.engine.simulation.correlation import CorrelationGroup
from mainstay.engine.simulation.distributions import Distribution
from mainstay.engine.simulation.errors import SimulationError
from mainstay.engine.simulation.inputs import (
    ActivityRate,
    CostItem,
    DurationUncertainty,
    Inflation,
    ProjectRate,
    ResourcePrice,
    RiskEvent,
)
from mainstay.engine.simulation.weather import Weather


def check_windows(risks: Iterable[RiskEvent]) -> None:
    for risk in risks:
        window = risk.window
        if window is not None and window.opens is not None and window.closes is not None and window.opens >= window.closes:
            raise SimulationError(f"The window of risk {risk.id} closes before it opens; correct one of its ends.")
        for factor in risk.factors:
            _not_negative(f"The factor of risk {risk.id} on activity {factor.activity}", factor.ratio)


def check_branches(
    plan: PlanData, existences: Sequence[TaskExistence], branches: Sequence[Branch], conditions: Sequence[ConditionalBranch]
) -> None:
    _unique("branches", [item.id for item in existences] + [item.id for item in branches] + [item.id for item in conditions])
    for existence in existences:
        _probability(f"The existence of {existence.id}", existence.probability)
        _open(plan, f"The existence of {existence.id}", existence.activities)
    for branch in branches:
        for alternative in branch.alternatives:
            _probability(f"An alternative of branch {branch.id}", alternative.probability)
        total = math.fsum(alternative.probability for alternative in branch.alternatives)
        if abs(total - 1.0) > 1e-9:
            raise SimulationError(f"The alternatives of branch {branch.id} have probabilities that add up to {total:g}; make it 1.")
        names = [name for alternative in branch.alternatives for name in alternative.activities]
        _unique(f"places of one activity in branch {branch.id}", names)
        _open(plan, f"Branch {branch.id}", names)
    for condition in conditions:
        if condition.activity not in plan.index:
            raise SimulationError(
                f"Branch {condition.id} is decided by activity {condition.activity}, which the plan does not hold; correct the reference."
            )
        names = [*condition.then, *condition.otherwise]
        _unique(f"places of one activity in branch {condition.id}", names)
        _open(plan, f"Branch {condition.id}", names)


def check_weather(plan: PlanData, weather: Sequence[Weather]) -> None:
    _unique("places of weather", (place.id for place in weather))
    _unique("places of weather over one activity", (name for place in weather for name in place.activities))
    for place in weather:
        _known(plan, f"The weather at {place.id}", place.activities)
        if not 1 <= place.realisations <= 1_000:
            raise SimulationError(f"The weather at {place.id} needs 1 to 1,000 realisations, not {place.realisations}.")
        _unique(f"entries of one month for the weather at {place.id}", (str(month.month) for month in place.months))
        for month in place.months:
            if not 1 <= month.month <= 12:
                raise SimulationError(f"The weather at {place.id} names month {month.month}; months are 1 to 12.")
            _probability(f"The weather at {place.id} in month {month.month}", month.probability)
            _not_negative(f"The number of days lost at {place.id} in month {month.month}", month.days_lost)


def check_correlations(groups: Sequence[CorrelationGroup], durations: Sequence[DurationUncertainty], items: Sequence[CostItem]) -> None:
    _unique("correlation groups", (group.id for group in groups))
    members = [*(f"duration {name}" for group in groups for name in group.durations)]
    members += [f"cost item {name}" for group in groups for name in group.items]
    _unique("places in correlation groups", members)
    own = {item.activity: bool(item.loadings) for item in durations}
    costs = {item.id: bool(item.loadings) for item in items}
    for group in groups:
        for what, names, known in (("activity", group.durations, own), ("cost item", group.items, costs)):
            for name in names:
                if name not in known:
                    raise SimulationError(
                        f"Correlation group {group.id} names {what} {name}, which has no uncertainty of its own; give it one or leave it."
                    )
                if known[name]:
                    raise SimulationError(
                        f"The {what} {name} has loadings on factors and is in correlation group {group.id} as well; keep one of them."
                    )


def check_prices(
    rates: Sequence[ActivityRate | ProjectRate], prices: Sequence[ResourcePrice], inflation: Inflation | None, basis: MoneyBasis | None
) -> None:
    _unique("prices of resources", (price.resource for price in prices))
    priced = {price.resource for price in prices}
    for rate in rates:
        if rate.resource is not None and rate.resource not in priced:
            raise SimulationError(f"A rate names resource {rate.resource}, which has no price; add it or leave the name out.")
    for price in prices:
        _not_negative(f"The price ratio of resource {price.resource}", price.ratio)
    if inflation is None:
        return
    if not -0.5 <= inflation.yearly <= 10.0:
        raise SimulationError(f"Prices cannot grow by {inflation.yearly:g} a year; give a fraction such as 0.03 for 3 %.")
    if basis is not None and not basis.real:
        raise SimulationError("The amounts are in money of the day already; leave inflation out or state them in prices of a base year.")


def _unique(what: str, ids: Iterable[str]) -> None:
    doubled = [name for name, count in Counter(ids).items() if count > 1]
    if doubled:
        raise SimulationError(f"Two {what} are both called {doubled[0]}; keep one of them.")


def _probability(what: str, value: float) -> None:
    if not 0.0 <= value <= 1.0:
        raise SimulationError(f"{what} has the probability {value:g}; give one from 0 to 1.")


def _not_negative(what: str, distribution: Distribution) -> None:
    if float(distribution.mean) < 0.0:
        raise SimulationError(f"{what} is negative on average; give a number from 0.")


def _known(plan: PlanData, what: str, names: Iterable[str]) -> None:
    for name in names:
        if name not in plan.index:
            raise SimulationError(f"{what} names activity {name}, which the plan does not hold; correct the reference.")


def _open(plan: PlanData, what: str, names: Sequence[str]) -> None:
    _known(plan, what, names)
    columns = plan.arrays.activities
    for name in names:
        index = plan.index[name]
        if columns.actual_finish[index] != NONE or columns.actual_start[index] != NONE:
            raise SimulationError(f"{what} names activity {name}, which has begun and so exists for certain; take it out of the branch.")
