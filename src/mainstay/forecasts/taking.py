"""From the facts to a model that can be run, with what it was made from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from mainstay.engine.plan import PlanData
from mainstay.engine.simulation import SimulationModel
from mainstay.forecasts import durations, funding, promises
from mainstay.forecasts.exposure import Exposure, Network, exposure
from mainstay.forecasts.facts import Facts
from mainstay.forecasts.funding import Funding
from mainstay.planning import joining
from mainstay.planning.joining import Joined
from mainstay.register.errors import Refused


@dataclass(frozen=True, slots=True)
class Taken:
    """A model ready to run, with what it was made from."""

    facts: Facts
    joined: Joined
    model: SimulationModel
    before: SimulationModel
    """The same with the risks before their responses."""
    exposure: Exposure
    funding: Funding
    milestones: Mapping[int, str]
    """Key of a milestone → the engine's name of the activity that feeds it, or of the node in which several meet."""
    assumptions: tuple[str, ...]


def take(found: Facts, *, after: bool, at: date) -> Taken:
    """Join the plans and read the registers into a model; what can occur no longer on the day `at` stays out.

    Raises Refused where there is no plan, and EngineError where the plans make no network.
    """
    if not found.plans.plans:
        raise Refused(_("There is no live plan below %(place)s. Import one first.") % {"place": found.initiative})
    joined = joining.joined(found.plans)
    planned = [project.id for project in joined.plan.projects]
    money = funding.funding(found.initiative, found.initiatives, planned)
    own_plan = with_account(joined.plan, found.initiative.code)
    activities = found.named
    fed = promises.fed(found.milestones, activities, own_plan)
    plan = fed.in_network(own_plan)
    network = Network(
        plan,
        activities,
        {code: schedule.minutes_per_day or joining.MINUTES_A_DAY for code, schedule in joined.schedules.items()},
        funding.accounts(found.initiative, found.initiatives, planned),
    )
    met = exposure(found.risks, found.causes, network, after=after, at=at)
    own = durations.own_durations(joined.plan, joined.schedules)
    model = SimulationModel(
        plan=plan,
        durations=own,
        classes=durations.default_classes(joined.plan),
        risks=met.events,
        causes=met.causes,
        items=(*money.items, *met.payments.values()),
        milestones=tuple(dict.fromkeys(fed.names.values())),
    )
    return Taken(
        found,
        joined,
        model,
        replace(model, risks=met.before, items=money.items),
        met,
        money,
        fed.names,
        (*money.told, *met.told, *unjoined(found)),
    )


def with_account(plan: PlanData, code: str) -> PlanData:
    """With a project that has no activities and carries what the whole itself costs, unless it has a plan of its own."""
    if code in plan.arrays.project_numbers:
        return plan
    return replace(plan, projects=(*plan.projects, replace(plan.projects[0], id=code, finish=None)))


def unjoined(found: Facts) -> list[str]:
    """Agreements that hold nothing back, because their activities are not in the plans."""
    return [
        _("Agreement %(name)s is not in the network: its activities are not in the live plans.") % {"name": name}
        for name in found.plans.unresolved
    ]
