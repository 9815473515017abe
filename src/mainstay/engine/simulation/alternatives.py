"""What another model would give on the same random numbers: a project made certain, opportunities gone, a cause taken apart."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mainstay.engine.simulation.distributions import Fixed
from mainstay.engine.simulation.drivers import Driver, DriverKind, driver
from mainstay.engine.simulation.inputs import DurationClass, Nature, RiskEvent
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.rerun import Rerun
from mainstay.engine.simulation.result import planned_amount
from mainstay.engine.simulation.run import Progress
from mainstay.engine.simulation.translation import Translation


@dataclass(frozen=True, slots=True)
class Alternative:
    """A model to compare with, and what it is called."""

    kind: DriverKind
    id: str
    model: SimulationModel


def against(
    model: SimulationModel,
    alternatives: Iterable[Alternative],
    rerun: Rerun,
    percent: float = 80.0,
    translation: Translation | None = None,
    progress: Progress | None = None,
) -> tuple[Driver, ...]:
    """What the model's percentile exceeds each alternative's by: positive where the alternative is earlier or cheaper.

    Whatever both hold under one id draws the same numbers in both runs.
    """
    whole = rerun.ends(model, translation)
    made = []
    for done, one in enumerate(alternatives):
        made.append(driver(one.kind, one.id, whole, rerun.ends(one.model), percent))
        if progress is not None:
            progress(done + 1)
    return tuple(made)


def certain_project(model: SimulationModel, project: str) -> Alternative:
    """One project as planned: its durations and costs certain, no risk acting on it. Others may still hold it up."""
    own = {activity.id for activity in model.plan.activities if activity.project == project}
    return Alternative(
        DriverKind.PROJECT,
        project,
        replace(
            model,
            durations=tuple(item for item in model.durations if item.activity not in own),
            classes=tuple(_outside(model, own)),
            risks=tuple(_beside(risk, own, project) for risk in model.risks),
            items=tuple(
                replace(item, amount=Fixed(planned_amount(item.amount))) if item.project == project else item for item in model.items
            ),
        ),
    )


def _outside(model: SimulationModel, own: set[str]) -> Iterable[DurationClass]:
    """The classes without those activities; one for all others names them, since it would take them in again."""
    for item in model.classes:
        members = item.activities if item.activities is not None else tuple(activity.id for activity in model.plan.activities)
        yield replace(item, activities=tuple(name for name in members if name not in own))


def _beside(risk: RiskEvent, own: set[str], project: str) -> RiskEvent:
    return replace(
        risk,
        time=tuple(impact for impact in risk.time if impact.activity not in own),
        cost=tuple(impact for impact in risk.cost if impact.project != project),
        factors=tuple(factor for factor in risk.factors if factor.activity not in own),
    )


def without_opportunities(model: SimulationModel) -> Alternative:
    """No opportunity comes: what they buy is how much later and dearer that would be, as a negative driver."""
    threats = tuple(risk for risk in model.risks if risk.nature is Nature.THREAT)
    return Alternative(DriverKind.OPPORTUNITIES, "", replace(model, risks=threats))


def unshared(model: SimulationModel, cause: str) -> Alternative:
    """The risks of one cause as likely as before, each on its own."""
    apart = tuple(replace(risk, cause=None) if risk.cause == cause else risk for risk in model.risks)
    return Alternative(DriverKind.SHARING, cause, replace(model, risks=apart))


def before_response(model: SimulationModel, risk: RiskEvent, *spared: str) -> Alternative:
    """One risk as it stands before its response, and without the cost items that pay for that response."""
    risks = tuple(risk if own.id == risk.id else own for own in model.risks)
    items = tuple(item for item in model.items if item.id not in spared)
    return Alternative(DriverKind.RESPONSE, risk.id, replace(model, risks=risks, items=items))
