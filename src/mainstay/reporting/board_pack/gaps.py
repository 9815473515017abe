"""What a pack has to say about its own facts: what is missing in them, and what has not been looked at for long."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from mainstay.reporting.board_pack.facts import (
    ActionFact,
    DependencyFact,
    Evidence,
    Gap,
    IssueFact,
    MilestoneFact,
    PackFacts,
    Place,
    PlanFact,
    RiskFact,
    by_part,
)

UNDER_TALKS = ("draft", "offered", "countered")


def gaps(facts: PackFacts) -> Iterator[Gap]:
    """Gaps of each part, the parts in their order."""
    plans, milestones, dependencies = by_part(facts.plans), by_part(facts.milestones), by_part(facts.dependencies)
    risks, issues, actions = by_part(facts.risks), by_part(facts.issues), by_part(facts.actions)
    for place in (facts.initiative, *facts.projects):
        code = place.code
        if place.is_closed:
            continue
        if place.pk != facts.initiative.pk or not facts.projects:
            yield from of_plan(place, plans.get(code, ()), facts)
        planned = [row for row in milestones.get(code, ()) if row.state == "planned"]
        live = [row for row in dependencies.get(code, ()) if not row.is_settled]
        open_risks = [row for row in risks.get(code, ()) if row.state == "open"]
        others = (*issues.get(code, ()), *actions.get(code, ()))
        yield from of_milestones(code, planned)
        yield from of_dependencies(code, live)
        yield from of_risks(code, open_risks, facts.frozen_on)
        yield from of_owners(code, [*planned, *live, *(row for row in others if row.state == "open")])
        dates = [row.as_at for row in planned] + [row.as_at for row in live] + [row.as_at for row in open_risks]
        dates += [plan.received_on for plan in plans.get(code, ())]
        if dates and (days := (facts.frozen_on - max(dates)).days) > facts.thresholds.stale_days:
            yield Gap(name="nothing updated", code=code, days=days)


def found(name: str, code: str, register: str, rows: Sequence[Any]) -> Iterator[Gap]:
    if rows:
        evidence = tuple(Evidence(register=register, pk=row.pk, ref=row.ref, code=row.code) for row in rows)
        yield Gap(name=name, code=code, count=len(rows), evidence=evidence)


def of_plan(place: Place, plans: Sequence[PlanFact], facts: PackFacts) -> Iterator[Gap]:
    if not plans:
        yield Gap(name="no plan", code=place.code)
        return
    days = (facts.frozen_on - min(plan.status_date or plan.received_on for plan in plans)).days
    if days > facts.thresholds.stale_days:
        evidence = tuple(Evidence(register="planning.plan", pk=plan.pk, ref=plan.ref, code=plan.code) for plan in plans)
        yield Gap(name="old plan", code=place.code, days=days, evidence=evidence)


def of_milestones(code: str, rows: Sequence[MilestoneFact]) -> Iterator[Gap]:
    yield from found("milestones without a baseline", code, "planning.milestone", [row for row in rows if row.baseline_current is None])
    yield from found("milestones without a forecast", code, "planning.milestone", [row for row in rows if row.forecast is None])


def of_dependencies(code: str, rows: Sequence[DependencyFact]) -> Iterator[Gap]:
    yield from found("dependencies without both dates", code, "planning.dependency", [row for row in rows if row.buffer_days is None])
    yield from found("dependencies not agreed", code, "planning.dependency", [row for row in rows if row.state in UNDER_TALKS])


def of_risks(code: str, rows: Sequence[RiskFact], today: date) -> Iterator[Gap]:
    bare = [row for row in rows if row.probability is None or (row.expected_cost is None and row.days_likely is None)]
    yield from found("risks without quantities", code, "risk.risk", bare)
    yield from found("risks past their review", code, "risk.risk", [row for row in rows if row.review_on and row.review_on < today])


def of_owners(code: str, rows: Sequence[MilestoneFact | DependencyFact | IssueFact | ActionFact]) -> Iterator[Gap]:
    if count := sum(not row.owner for row in rows):
        yield Gap(name="records without an owner", code=code, count=count)
