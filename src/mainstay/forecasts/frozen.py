"""What goes into a run, frozen so that it can be told apart from what goes in now, compared with another run's, and run again."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from mainstay import __version__
from mainstay.forecasts import durations
from mainstay.forecasts.facts import Facts
from mainstay.initiatives.models import Initiative
from mainstay.planning import receiving
from mainstay.planning.joining import Agreement, Inputs
from mainstay.planning.models import Activity, Milestone, Plan
from mainstay.register import document
from mainstay.register.document import DocumentError
from mainstay.risk.models import Cause, Risk

FORMAT = 2
"""Counts the forms of what is frozen; a new one makes all runs out of date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenInitiative:
    pk: int
    code: str
    kind: str
    path: str
    parent_id: int | None
    budget: Decimal | None
    contingency: Decimal | None
    price_base: str
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenPlan:
    """A version of a plan; its content is kept under the digest."""

    pk: int
    initiative: str
    number: int
    file_name: str
    document_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenAgreement:
    pk: int
    giver: str
    getter: str
    lag_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenRisk:
    pk: int
    initiative: str
    ref: str
    cause: int | None
    nature: str
    probability: Decimal | None
    probability_after: Decimal | None
    activities: str
    cost_low: Decimal | None
    cost_likely: Decimal | None
    cost_high: Decimal | None
    cost_after: Decimal | None
    days_low: Decimal | None
    days_likely: Decimal | None
    days_high: Decimal | None
    days_after: Decimal | None
    response_cost: Decimal | None
    window_from: date | None
    window_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenCause:
    pk: int
    initiative: str
    ref: str
    probability: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenMilestone:
    pk: int
    initiative: str
    ref: str
    activity: str
    baseline_current: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """The input of a run as it is kept."""

    format: int
    engine: str
    initiative: str
    after_responses: bool
    default_class: tuple[float, ...]
    initiatives: tuple[FrozenInitiative, ...]
    plans: tuple[FrozenPlan, ...]
    agreements: tuple[FrozenAgreement, ...]
    unresolved: tuple[str, ...]
    risks: tuple[FrozenRisk, ...]
    causes: tuple[FrozenCause, ...]
    milestones: tuple[FrozenMilestone, ...]


def frozen(facts: Facts, *, after: bool) -> bytes:
    """All that goes in, as canonical JSON; plans by the digests under which they are kept."""
    known = {row.pk for row in facts.causes}
    causes = {row.pk: row.shared_cause_id if row.shared_cause_id in known else None for row in facts.risks}
    return document.to_bytes(
        Frozen(
            format=FORMAT,
            engine=__version__,
            initiative=facts.initiative.code,
            after_responses=after,
            default_class=(durations.LOW, durations.LIKELY, durations.HIGH, durations.CORRELATION),
            initiatives=tuple(row_of(FrozenInitiative, row) for row in facts.initiatives),
            plans=tuple(row_of(FrozenPlan, row) for row in facts.plans.plans),
            agreements=tuple(row_of(FrozenAgreement, row) for row in sorted(facts.plans.agreements, key=lambda row: row.pk)),
            unresolved=facts.plans.unresolved,
            risks=tuple(
                row_of(FrozenRisk, row, cause=row.shared_cause_id if row.shared_cause_id in causes else None) for row in facts.risks
            ),
            causes=tuple(row_of(FrozenCause, row) for row in facts.causes),
            milestones=tuple(row_of(FrozenMilestone, row) for row in facts.milestones),
        )
    )


def row_of(kind: Any, row: Any, **given: Any) -> Any:
    """The fields of a frozen row from a record; an initiative that it belongs to by its code."""
    values = {name: getattr(row, name) for name in (field.name for field in fields(kind)) if name not in given}
    if isinstance(place := values.get("initiative"), Initiative):
        values["initiative"] = place.code
    return kind(**values, **given)


def read(content: bytes) -> Frozen:
    """Raises DocumentError for what an earlier release kept, which was too little."""
    try:
        kept = json.loads(content).get("format")
    except (ValueError, AttributeError):
        raise DocumentError(_("Its input is no document of a forecast.")) from None
    if kept != FORMAT:
        raise DocumentError(_("An earlier release kept its input in a form that this one does not read."))
    return document.from_bytes(Frozen, content)


def thawed(found: Frozen) -> Facts:
    """The facts as they were, from records that stand in no table. Raises StoreError where a plan is lost, DocumentError for odd rows."""
    initiatives = {row.code: Initiative(**values_of(row), title=row.code) for row in found.initiatives}
    try:
        place = initiatives[found.initiative]
        plans = tuple(Plan(**values_of(row, "initiative"), initiative=initiatives[row.initiative]) for row in found.plans)
        causes = {row.pk: Cause(**values_of(row, "initiative"), initiative=initiatives[row.initiative]) for row in found.causes}
        risks = tuple(
            Risk(
                **values_of(row, "initiative", "cause"),
                initiative=initiatives[row.initiative],
                shared_cause=causes[row.cause] if row.cause is not None else None,
            )
            for row in found.risks
        )
        milestones = tuple(Milestone(**values_of(row, "initiative"), initiative=initiatives[row.initiative]) for row in found.milestones)
    except KeyError as fault:
        raise DocumentError(f"The input names {fault.args[0]!r}, which it does not hold.") from None
    agreements = tuple(Agreement(**values_of(row)) for row in found.agreements)
    inputs = Inputs(place, plans, agreements, found.unresolved)
    return Facts(place, tuple(initiatives.values()), inputs, risks, tuple(causes.values()), milestones, tuple(activities(plans)))


def values_of(row: Any, *without: str) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in fields(row) if field.name not in without}


def activities(plans: tuple[Plan, ...]) -> Iterator[Activity]:
    """The rows of the plans as they were received, from their kept content."""
    for plan in plans:
        schedule = receiving.schedule_of(plan)
        for place, activity in enumerate(schedule.activities):
            if receiving.is_row(activity):
                yield receiving.row(plan, place, activity)
