"""What is simulated, as one frozen and checked whole. Its parts are in ``inputs``."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from mainstay.engine.plan import NONE, PlanData
from mainstay.engine.risk import MoneyBasis, one_basis
from mainstay.engine.simulation.branches import Branch, ConditionalBranch, TaskExistence
from mainstay.engine.simulation.checks import check_branches, check_correlations, check_prices, check_weather, check_windows
from mainstay.engine.simulation.correlation import CorrelationGroup
from mainstay.engine.simulation.errors import SimulationError
from mainstay.engine.simulation.inputs import (
    ActivityRate,
    CostItem,
    DurationClass,
    DurationUncertainty,
    Inflation,
    Loading,
    ProjectRate,
    ResourcePrice,
    RiskEvent,
    SharedCause,
)
from mainstay.engine.simulation.weather import Weather


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationModel:
    """All that a run takes.

    Attributes
    ----------
    plan
        The joined network of all projects. Their order is that of the results.
    durations, classes
        Which durations are uncertain; an activity in neither keeps its planned duration.
    risks, causes
        Events of the register, after or before responses as the caller chose.
    items, activity_rates, project_rates
        What the projects cost.
    milestones
        Activities whose finish is wanted as a whole distribution, beside those of the projects and the programme.
    existences, branches, conditions
        Activities that exist in some iterations only.
    weather
        Places and the activities that stop for their weather.
    correlations
        Full matrices of rank correlation; their members have no loadings of their own.
    prices, inflation
        Uncertain prices of resources, and how prices grow.

    Raises
    ------
    SimulationError
        One sentence, when ids are doubled or unknown, a probability is outside 0 to 1 or cannot be kept beside its cause's, loadings
        exceed one, a risk would act on a completed activity, probabilities of a branch do not add up to one, or money of several
        currencies or price bases meets.
    """

    plan: PlanData
    durations: tuple[DurationUncertainty, ...] = ()
    classes: tuple[DurationClass, ...] = ()
    risks: tuple[RiskEvent, ...] = ()
    causes: tuple[SharedCause, ...] = ()
    items: tuple[CostItem, ...] = ()
    activity_rates: tuple[ActivityRate, ...] = ()
    project_rates: tuple[ProjectRate, ...] = ()
    milestones: tuple[str, ...] = ()
    existences: tuple[TaskExistence, ...] = ()
    branches: tuple[Branch, ...] = ()
    conditions: tuple[ConditionalBranch, ...] = ()
    weather: tuple[Weather, ...] = ()
    correlations: tuple[CorrelationGroup, ...] = ()
    prices: tuple[ResourcePrice, ...] = ()
    inflation: Inflation | None = None

    def __post_init__(self) -> None:
        _unique("uncertain durations", (item.activity for item in self.durations))
        _unique("classes of durations", (item.id for item in self.classes))
        _unique("risks", (risk.id for risk in self.risks))
        _unique("shared causes", (cause.id for cause in self.causes))
        _unique("cost items", (item.id for item in self.items))
        _check_places(self)
        _check_loadings(self)
        _check_risks(self)
        check_windows(self.risks)
        check_branches(self.plan, self.existences, self.branches, self.conditions)
        check_weather(self.plan, self.weather)
        check_correlations(self.correlations, self.durations, self.items)
        rates: list[ActivityRate | ProjectRate] = [*self.activity_rates, *self.project_rates]
        check_prices(rates, self.prices, self.inflation, self.basis)

    @property
    def basis(self) -> MoneyBasis | None:
        """Currency and price base of all money in the model; None where none is stated."""
        impacts = [impact.basis for risk in self.risks for impact in (*risk.cost, *risk.response_cost)]
        rates = [rate.basis for rate in self.activity_rates] + [rate.basis for rate in self.project_rates]
        return one_basis(impacts + [item.basis for item in self.items] + rates)

    @property
    def has_cost(self) -> bool:
        """Whether anything in the model costs money."""
        risks = any(risk.cost or risk.response_cost for risk in self.risks)
        return bool(self.items or self.activity_rates or self.project_rates or risks)

    @property
    def result_basis(self) -> MoneyBasis | None:
        """Currency and price base of the money that comes out: with inflation that of the day."""
        basis = self.basis
        return basis if basis is None or self.inflation is None else replace(basis, real=False)

    def without_dependence(self) -> "SimulationModel":
        """Return the model with the same probabilities and distributions, but every risk and duration independent of the others."""
        return replace(
            self,
            causes=(),
            risks=tuple(replace(risk, cause=None) for risk in self.risks),
            durations=tuple(replace(item, loadings=()) for item in self.durations),
            classes=tuple(replace(item, loadings=()) for item in self.classes),
            items=tuple(replace(item, loadings=()) for item in self.items),
            prices=tuple(replace(price, loadings=()) for price in self.prices),
            correlations=(),
        )


def probability_otherwise(risk: RiskEvent, cause: SharedCause) -> float:
    """Return the probability of a risk when its cause does not fire, so that its probability over all stays what the register says."""
    if cause.probability >= 1.0:
        return 0.0
    return (risk.probability - cause.probability * risk.given_cause) / (1.0 - cause.probability)


def _unique(what: str, ids: Iterable[str]) -> None:
    doubled = [name for name, count in Counter(ids).items() if count > 1]
    if doubled:
        raise SimulationError(f"Two {what} are both called {doubled[0]}; keep one of them.")


def _check_places(model: SimulationModel) -> None:
    activities, projects = model.plan.index, model.plan.arrays.project_numbers
    asked = [
        *(("The uncertain duration", item.activity) for item in model.durations),
        *((f"Class {item.id}", activity) for item in model.classes for activity in item.activities or ()),
        *((f"Risk {risk.id}", impact.activity) for risk in model.risks for impact in risk.time),
        *((f"Risk {risk.id}", factor.activity) for risk in model.risks for factor in risk.factors),
        *((f"Cost item {item.id}", item.activity) for item in model.items if item.activity is not None),
        *(("A rate", rate.activity) for rate in model.activity_rates),
        *(("The list of milestones", activity) for activity in model.milestones),
    ]
    for what, activity in asked:
        if activity not in activities:
            raise SimulationError(f"{what} names activity {activity}, which the plan does not hold; correct the reference.")
    charged = [
        *((f"Risk {risk.id}", impact.project) for risk in model.risks for impact in (*risk.cost, *risk.response_cost)),
        *((f"Cost item {item.id}", item.project) for item in model.items),
        *(("A rate", rate.project) for rate in model.project_rates),
    ]
    for what, project in charged:
        if project not in projects:
            raise SimulationError(f"{what} names project {project}, which the plan does not hold; correct the reference.")


def _check_loadings(model: SimulationModel) -> None:
    named: list[tuple[str, tuple[Loading, ...]]] = [(item.activity, item.loadings) for item in model.durations]
    named += [(item.id, item.loadings) for item in model.classes]
    named += [(item.id, item.loadings) for item in model.items]
    named += [(price.resource, price.loadings) for price in model.prices]
    for name, loadings in named:
        _unique(f"loadings of {name}", (loading.factor for loading in loadings))
        total = sum(loading.value**2 for loading in loadings)
        if not total <= 1.0 + 1e-12:
            raise SimulationError(
                f"The loadings of {name} on its common factors have squares that add up to {total:g}; they may add up to 1 at most."
            )


def _check_risks(model: SimulationModel) -> None:
    causes = {cause.id: cause for cause in model.causes}
    for cause in model.causes:
        if not 0.0 <= cause.probability <= 1.0:
            raise SimulationError(f"Shared cause {cause.id} has the probability {cause.probability:g}; give one from 0 to 1.")
    finished = model.plan.arrays.activities.actual_finish
    for risk in model.risks:
        if not 0.0 <= risk.probability <= 1.0 or not 0.0 <= risk.given_cause <= 1.0:
            raise SimulationError(f"Risk {risk.id} has a probability outside 0 to 1; correct it.")
        for activity in (*(impact.activity for impact in risk.time), *(factor.activity for factor in risk.factors)):
            if finished[model.plan.index[activity]] != NONE:
                raise SimulationError(
                    f"Risk {risk.id} acts on activity {activity}, which is complete; close the risk or name what it still threatens."
                )
        if risk.cause is None:
            continue
        if risk.cause not in causes:
            raise SimulationError(f"Risk {risk.id} names the shared cause {risk.cause}, which the model does not hold; add the cause.")
        _check_cause(risk, causes[risk.cause])


def _check_cause(risk: RiskEvent, cause: SharedCause) -> None:
    other = probability_otherwise(risk, cause)
    if not -1e-12 <= other <= 1.0 + 1e-12 or (cause.probability >= 1.0 and abs(risk.probability - risk.given_cause) > 1e-12):
        raise SimulationError(
            f"Risk {risk.id} cannot have the probability {risk.probability:g} when its cause {cause.id} fires with "
            f"{cause.probability:g} and then brings it about with {risk.given_cause:g}; raise the risk's probability or lower the cause's."
        )
