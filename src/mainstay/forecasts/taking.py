"""What a run takes in: live plans, agreements, open risks, causes and budgets below an initiative, frozen under one digest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from mainstay import __version__
from mainstay.engine.plan import PlanData
from mainstay.engine.simulation import SimulationModel
from mainstay.forecasts import durations, funding, promises
from mainstay.forecasts.exposure import Exposure, Network, exposure
from mainstay.forecasts.funding import Funding
from mainstay.initiatives.models import Initiative
from mainstay.planning import joining
from mainstay.planning.joining import Inputs, Joined
from mainstay.planning.models import Activity, Milestone
from mainstay.register import document
from mainstay.register.access import below
from mainstay.register.errors import Refused
from mainstay.register.record import Marking
from mainstay.risk.models import Cause, Risk

FORMAT = 1
"""Counts the forms of what is frozen; a new one makes all runs out of date."""
RISK_FIELDS = (
    "nature", "probability", "probability_after", "activities",
    *(f"{what}_{point}" for what in ("cost", "days") for point in ("low", "likely", "high", "after")),
)  # fmt: skip


Values = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """The input of a run as it is kept."""

    format: int
    engine: str
    initiative: str
    after_responses: bool
    default_class: tuple[float, ...]
    plans: Values
    agreements: Values
    budgets: Values
    risks: Values
    causes: Values
    milestones: Values = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """The rows that a run rests on; everything that changes its figures is in ``frozen``."""

    initiative: Initiative
    initiatives: tuple[Initiative, ...]
    plans: Inputs
    risks: tuple[Risk, ...]
    causes: tuple[Cause, ...]
    milestones: tuple[Milestone, ...]

    @property
    def marking(self) -> str:
        """The highest of all that is shown."""
        rows: Sequence[Any] = (*self.initiatives, *self.plans.plans, *self.risks, *self.causes, *self.milestones)
        return str(max((row.marking for row in rows), key=list(Marking.values).index))

    def frozen(self, *, after: bool) -> bytes:
        """All that goes in, as canonical JSON; plans by the digests under which they are kept."""
        names = {cause.pk: f"{cause.initiative.code} {cause.ref}" for cause in self.causes}
        return document.to_bytes(
            Frozen(
                format=FORMAT,
                engine=__version__,
                initiative=self.initiative.code,
                after_responses=after,
                default_class=(durations.LOW, durations.LIKELY, durations.HIGH, durations.CORRELATION),
                plans=tuple((row.initiative.code, row.number, row.document_digest) for row in self.plans.plans),
                agreements=tuple(sorted((row.giver, row.getter, row.lag_minutes) for row in self.plans.agreements)),
                budgets=tuple((row.code, row.budget, row.contingency, row.price_base, row.ends_on) for row in self.initiatives),
                risks=tuple(
                    (row.initiative.code, row.ref, names.get(row.shared_cause_id or 0, ""), *(getattr(row, name) for name in RISK_FIELDS))
                    for row in self.risks
                ),
                causes=tuple((names[row.pk], row.probability) for row in self.causes),
                milestones=tuple((row.initiative.code, row.ref, row.activity, row.baseline_current) for row in self.milestones),
            )
        )


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


def facts(initiative: Initiative) -> Facts:
    """Everything below the initiative, whoever asks: who may see a run must be asked before. Eight queries."""
    inside = below("initiative__path", [initiative.path])
    initiatives = Initiative.objects.filter(below("path", [initiative.path]), is_withdrawn=False).order_by("code")
    open_rows = {"is_withdrawn": False, "initiative__is_withdrawn": False, "state": "open"}
    risks = Risk.objects.filter(inside, **open_rows).select_related("initiative", "shared_cause__initiative")
    wanted = {risk.shared_cause_id for risk in risks if risk.shared_cause_id}
    causes = Cause.objects.filter(pk__in=wanted, is_withdrawn=False, state="open").select_related("initiative")
    promised = Milestone.objects.filter(inside, is_withdrawn=False, initiative__is_withdrawn=False, state="planned").exclude(activity="")
    order = ("initiative__code", "ref")
    return Facts(
        initiative,
        tuple(initiatives),
        joining.inputs(initiative),
        tuple(risks.order_by(*order)),
        tuple(causes.order_by(*order)),
        tuple(promised.select_related("initiative").order_by(*order)),
    )


def take(found: Facts, *, after: bool) -> Taken:
    """Join the plans and read the registers into a model.

    Raises Refused where there is no plan, and EngineError where the plans make no network.
    """
    if not found.plans.plans:
        raise Refused(_("There is no live plan below %(place)s. Import one first.") % {"place": found.initiative})
    joined = joining.joined(found.plans)
    planned = [project.id for project in joined.plan.projects]
    money = funding.funding(found.initiative, found.initiatives, planned)
    own_plan = with_account(joined.plan, found.initiative.code)
    activities = named(found)
    fed = promises.fed(found.milestones, activities, own_plan)
    plan = fed.in_network(own_plan)
    network = Network(
        plan,
        activities,
        {code: schedule.minutes_per_day or joining.MINUTES_A_DAY for code, schedule in joined.schedules.items()},
        funding.accounts(found.initiative, found.initiatives, planned),
    )
    met = exposure(found.risks, found.causes, network, after=after)
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


def named(found: Facts) -> list[Activity]:
    """The rows of all activities that risks and milestones name; one query."""
    names = {name for risk in found.risks for name in risk.activity_codes} | {name for row in found.milestones for name in row.feeders}
    return joining.activities_named(names, found.plans.plans)


def unjoined(found: Facts) -> list[str]:
    """Agreements that hold nothing back, because their activities are not in the plans."""
    return [
        _("Agreement %(name)s is not in the network: its activities are not in the live plans.") % {"name": name}
        for name in found.plans.unresolved
    ]


__all__ = ["Facts", "Taken", "facts", "take"]
