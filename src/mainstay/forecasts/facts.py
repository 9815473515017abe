"""The rows that a run rests on: live plans, agreements, open risks, causes, promised milestones and budgets below an initiative."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from mainstay.initiatives.models import Initiative
from mainstay.planning import joining
from mainstay.planning.joining import Inputs
from mainstay.planning.models import Activity, Milestone
from mainstay.register.access import below
from mainstay.register.record import Marking
from mainstay.risk.models import Cause, Risk, RiskResponse

NOT_DONE = ("dropped",)
"""States in which a response is not carried out, so that nobody pays for it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that changes a run's figures is among them; see ``frozen``."""

    initiative: Initiative
    initiatives: tuple[Initiative, ...]
    plans: Inputs
    risks: tuple[Risk, ...]
    causes: tuple[Cause, ...]
    milestones: tuple[Milestone, ...]
    rows: tuple[Activity, ...] | None = None
    """All activities of the plans, where they come from a frozen input; else they are asked of the database."""

    @property
    def marking(self) -> str:
        """The highest of all that is shown."""
        rows: Sequence[Any] = (*self.initiatives, *self.plans.plans, *self.risks, *self.causes, *self.milestones)
        return str(max((row.marking for row in rows), key=list(Marking.values).index))

    @property
    def named(self) -> list[Activity]:
        """The rows of all activities that risks and milestones name; one query at most."""
        if self.rows is not None:
            return list(self.rows)
        names = {name for risk in self.risks for name in risk.activity_codes} | {name for row in self.milestones for name in row.feeders}
        return joining.activities_named(names, self.plans.plans)


def facts(initiative: Initiative) -> Facts:
    """Everything below the initiative, whoever asks: who may see a run must be asked before. Nine queries."""
    inside = below("initiative__path", [initiative.path])
    initiatives = Initiative.objects.filter(below("path", [initiative.path]), is_withdrawn=False).order_by("code")
    open_rows = {"is_withdrawn": False, "initiative__is_withdrawn": False, "state": "open"}
    risks = Risk.objects.filter(inside, **open_rows).select_related("initiative", "shared_cause__initiative")
    wanted = {risk.shared_cause_id for risk in risks if risk.shared_cause_id}
    causes = Cause.objects.filter(pk__in=wanted, is_withdrawn=False, state="open").select_related("initiative")
    promised = Milestone.objects.filter(inside, is_withdrawn=False, initiative__is_withdrawn=False, state="planned").exclude(activity="")
    order = ("initiative__code", "ref")
    found = tuple(risks.order_by(*order))
    pay_for_responses(found)
    return Facts(
        initiative,
        tuple(initiatives),
        joining.inputs(initiative),
        found,
        tuple(causes.order_by(*order)),
        tuple(promised.select_related("initiative").order_by(*order)),
    )


def pay_for_responses(risks: Sequence[Risk]) -> None:
    """Where a risk states no cost of its response, what its responses in the register cost together; nothing is saved."""
    bare = [risk.pk for risk in risks if risk.response_cost is None]
    rows = RiskResponse.objects.filter(risk__in=bare, is_withdrawn=False, cost__isnull=False).exclude(state__in=NOT_DONE)
    totals = dict(rows.order_by().values("risk").annotate(total=Sum("cost")).values_list("risk", "total"))
    for risk in risks:
        if risk.pk in totals and risk.response_cost is None:
            risk.response_cost = totals[risk.pk]
