"""The rows that measures read, of many initiatives at once: the columns that a rating rests on, and nothing that only a pack prints."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q, QuerySet

from mainstay.accounts.models import Account
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.register.access import visible_to
from mainstay.register.spec import Register
from mainstay.register.words import local
from mainstay.reporting.board_pack.facts import DependencyFact, IssueFact, MilestoneFact, RiskFact
from mainstay.reporting.board_pack.parts import Parts
from mainstay.reporting.board_pack.records import shared
from mainstay.risk.issue.register import IssueRegister
from mainstay.risk.risk.register import RiskRegister


def rows_of(register: type[Register], account: Account | None, parts: Parts, *names: str) -> QuerySet[Any]:
    """What is open, in the order of a pack, each row with the code of its initiative."""
    inside = Q()
    for lookup in register.scope:
        inside |= parts.within(lookup, register.model)
    states = register.states.open if register.states else ()
    rows = visible_to(account, register).filter(inside, state__in=states, is_withdrawn=False)
    # Only the code of the initiative is needed, and the order has it joined already.
    held: QuerySet[Any] = rows.annotate(place_code=F("initiative__code")).order_by("place_code", "ref", "pk")
    return held.only("ref", "title", "state", "marking", "initiative", *names)


def milestones(account: Account | None, parts: Parts) -> Iterator[MilestoneFact]:
    for row in rows_of(
        MilestoneRegister, account, parts, "baseline_current", "forecast", "actual", "tolerance_days", "kind", "as_at", "source"
    ):
        yield MilestoneFact(
            **shared(row, parts, row.place_code),
            kind=row.kind,
            standing=row.standing,
            baseline_current=row.baseline_current,
            forecast=row.forecast,
            actual=row.actual,
            tolerance_days=row.tolerance_days,
            as_at=local(row.as_at).date(),
            source=row.source,
        )


def dependencies(account: Account | None, parts: Parts) -> Iterator[DependencyFact]:
    for row in rows_of(DependencyRegister, account, parts, "giver", "needed_by", "promised_by", "forecast", "criticality", "as_at"):
        yield DependencyFact(
            **{**shared(row, parts, row.place_code), "part": parts.code(row.initiative_id)},
            giver="",
            giver_part=parts.code(row.giver_id),
            needed_by=row.needed_by,
            promised_by=row.promised_by,
            forecast=row.forecast,
            criticality=row.criticality,
            standing=row.standing,
            as_at=local(row.as_at).date(),
        )


def risks(account: Account | None, parts: Parts) -> Iterator[RiskFact]:
    names = ("nature", "probability", "cost_low", "cost_likely", "cost_high", "as_at")
    for row in rows_of(RiskRegister, account, parts, *names):
        yield RiskFact(
            **shared(row, parts, row.place_code),
            nature=row.nature,
            probability=row.probability,
            cost_likely=row.cost_likely,
            expected_cost=row.expected_cost,
            as_at=local(row.as_at).date(),
        )


def issues(account: Account | None, parts: Parts) -> Iterator[IssueFact]:
    for row in rows_of(IssueRegister, account, parts, "kind", "priority", "severity", "raised_on", "due_on"):
        told = {name: getattr(row, name) for name in ("kind", "priority", "severity", "raised_on", "due_on")}
        yield IssueFact(**shared(row, parts, row.place_code), **told)
