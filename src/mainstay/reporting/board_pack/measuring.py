"""The measured status of each part of a pack: the worst of what its facts show. Nobody's opinion is asked here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.forecasts.outlook import Outlook, Part
from mainstay.reporting.board_pack.facts import (
    DependencyFact,
    Evidence,
    IssueFact,
    Measure,
    MilestoneFact,
    PackFacts,
    Place,
    PlanFact,
    RiskFact,
    StatusFact,
    by_part,
)
from mainstay.reporting.board_pack.limits import Thresholds

NONE, GREEN, AMBER, RED, DONE = "none", "green", "amber", "red", "done"
WEIGHT = {DONE: 0, GREEN: 1, NONE: 2, AMBER: 3, RED: 4}
HIGH_SEVERITY = ("board", "programme", "corporate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The facts that the measures read."""

    today: date
    thresholds: Thresholds
    plans: Mapping[str, Sequence[PlanFact]]
    milestones: Mapping[str, Sequence[MilestoneFact]]
    gets: Mapping[str, Sequence[DependencyFact]]
    gives: Mapping[str, Sequence[DependencyFact]]
    risks: Mapping[str, Sequence[RiskFact]]
    issues: Mapping[str, Sequence[IssueFact]]
    outlook: Mapping[str, Part]
    run: str = ""


def held(facts: PackFacts) -> Held:
    """The rows of `facts` by part."""
    return Held(
        today=facts.frozen_on,
        thresholds=facts.thresholds,
        plans=by_part(facts.plans),
        milestones=by_part(facts.milestones),
        gets=by_part(facts.dependencies),
        gives=by_giver(facts.dependencies),
        risks=by_part(facts.risks),
        issues=by_part(facts.issues),
        **told_by(facts.outlook),
    )


def by_giver(rows: Iterable[DependencyFact]) -> dict[str, list[DependencyFact]]:
    gives: dict[str, list[DependencyFact]] = {}
    for row in rows:
        gives.setdefault(row.giver_part, []).append(row)
    return gives


def told_by(outlook: Outlook | None) -> dict[str, Any]:
    """What the latest run says of each part, and which run it is."""
    if outlook is None:
        return {"outlook": {}}
    return {"outlook": {part.code: part for part in (outlook.programme, *outlook.projects)}, "run": outlook.provenance.ref}


def evidence(register: str, rows: Sequence[Any]) -> tuple[Evidence, ...]:
    return tuple(Evidence(register=register, pk=row.pk, ref=row.ref, code=row.code) for row in rows)


def statuses(facts: PackFacts) -> tuple[StatusFact, ...]:
    """The whole first, then its parts. The whole is as bad as the worst of itself and its parts."""
    return statuses_of((facts.initiative, *facts.projects), held(facts))


def statuses_of(places: Sequence[Place], rows: Held) -> tuple[StatusFact, ...]:
    whole, *parts = places
    found = [status_of(place, rows) for place in parts]
    measures = list(status_of(whole, rows).measures)
    for rating in (RED, AMBER):
        codes = [status.code for status in found if status.rating == rating]
        measures += [Measure(name="parts", rating=rating, count=len(codes), subject=", ".join(codes))] if codes else []
    rating = worst([*[measure.rating for measure in measures], *[s.rating for s in found if s.rating in (GREEN, DONE)]])
    return (StatusFact(code=whole.code, rating=rating, measures=in_order(measures)), *found)


def status_of(place: Place, held: Held) -> StatusFact:
    if place.is_closed:
        return StatusFact(code=place.code, rating=DONE)
    measures = in_order(list(measures_of(place, held)))
    return StatusFact(code=place.code, rating=worst([measure.rating for measure in measures]), measures=measures)


def worst(ratings: Sequence[str]) -> str:
    """The worst of what was measured; `none` only where nothing was."""
    return max((rating for rating in ratings if rating != NONE), key=WEIGHT.__getitem__, default=NONE)


def in_order(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    return tuple(sorted(measures, key=lambda measure: -WEIGHT[measure.rating]))


def measures_of(place: Place, held: Held) -> Iterator[Measure]:
    yield from milestone_measures(place, held)
    yield from plan_measures(place, held)
    yield from earned_measures(place, held)
    yield from chance_measure(place, held)
    yield from dependency_measures(place, held)
    yield from exposure_measure(place, held)
    yield from issue_measure(place, held)


def by_days(days: int, limits: Thresholds) -> str:
    return RED if days >= limits.red_slip_days else AMBER if days >= limits.amber_slip_days else GREEN


def milestone_measures(place: Place, held: Held) -> Iterator[Measure]:
    rows = [row for row in held.milestones.get(place.code, ()) if row.state == "planned"]
    dated = [row for row in rows if row.slip_days is not None]
    if dated:
        late = sorted((row for row in dated if (row.slip_days or 0) > row.tolerance_days), key=lambda row: -(row.slip_days or 0))
        last = late[0] if late else max(dated, key=lambda row: row.slip_days or 0)
        days = last.slip_days or 0
        # Beyond its own tolerance a milestone is never green, however small the tolerance is.
        rating = (RED if days >= held.thresholds.red_slip_days else AMBER) if late else GREEN
        name = f"{last.ref} {last.title}"
        yield Measure(
            name="milestones",
            rating=rating,
            count=len(late),
            days=days,
            subject=name,
            evidence=evidence("planning.milestone", late or [last]),
        )
    overdue = sorted((row for row in rows if row.expected and row.expected < held.today), key=lambda row: row.expected or held.today)
    if overdue:
        days = (held.today - (overdue[0].expected or held.today)).days
        rating = RED if days >= held.thresholds.red_slip_days else AMBER
        name = f"{overdue[0].ref} {overdue[0].title}"
        yield Measure(
            name="overdue", rating=rating, count=len(overdue), days=days, subject=name, evidence=evidence("planning.milestone", overdue)
        )


def plan_measures(place: Place, held: Held) -> Iterator[Measure]:
    """The finish of the live plan against its baseline, and what is left of the time between baseline and approved finish."""
    plans = [row for row in held.plans.get(place.code, ()) if row.finishes_on]
    if not plans:
        return
    plan = max(plans, key=lambda row: row.finishes_on or date.min)
    finish, shown = plan.finishes_on or date.min, evidence("planning.plan", [plan])
    baseline = max((row.baseline_finish for row in plans if row.baseline_finish), default=None) or place.ends_on
    if baseline is not None:
        days = (finish - baseline).days
        yield Measure(name="finish", rating=by_days(days, held.thresholds), days=days, subject=plan.title, evidence=shown)
    if place.ends_on and baseline and place.ends_on > baseline:
        share = (finish - baseline).days / (place.ends_on - baseline).days
        rating = RED if share > 1 else AMBER if share > 0.5 else GREEN
        yield Measure(name="float", rating=rating, share=round(max(share, 0.0), 4), days=(place.ends_on - finish).days, evidence=shown)


def earned_measures(place: Place, held: Held) -> Iterator[Measure]:
    """CPI and SPI(t) of the live plans, each the worst of them; what no file can give is not measured."""
    limits = held.thresholds
    for name, index, amber, red in (("cpi", "cpi", limits.amber_cpi, limits.red_cpi), ("spi_t", "spi_t", limits.amber_spi, limits.red_spi)):
        rows = [(found, row) for row in held.plans.get(place.code, ()) if row.earned and (found := getattr(row.earned, index)) is not None]
        if not rows:
            continue
        value, plan = min(rows, key=lambda pair: pair[0])
        rating = RED if value < red else AMBER if value < amber else GREEN
        told = plan.earned
        yield Measure(
            name=name,
            rating=rating,
            count=told.idle if told and name == "spi_t" else 0,
            share=round(value, 4),
            subject=told.weight if told else "",
            evidence=evidence("planning.plan", [plan]),
        )


def chance_measure(place: Place, held: Held) -> Iterator[Measure]:
    part = held.outlook.get(place.code)
    if part is None or part.finish is None:
        return
    has_baseline = part.finish.baseline_chance is not None
    chance = part.finish.baseline_chance if part.finish.baseline_chance is not None else part.finish.plan_chance
    limits = held.thresholds
    rating = RED if chance * 100 < limits.red_chance else AMBER if chance * 100 < limits.amber_chance else GREEN
    yield Measure(name="chance" if has_baseline else "plan chance", rating=rating, share=round(chance, 4), subject=held.run)


def dependency_measures(place: Place, held: Held) -> Iterator[Measure]:
    for name, all_rows in (("gets", held.gets), ("gives", held.gives)):
        open_rows = [row for row in all_rows.get(place.code, ()) if not row.is_settled and row.buffer_days is not None]
        if not open_rows:
            continue
        rows = sorted(open_rows, key=lambda row: (row.buffer_days or 0, row.code, row.ref))
        late = [row for row in rows if (row.buffer_days or 0) < 0]
        is_high = any(row.criticality == "high" for row in late)
        rating = (RED if is_high and name == "gets" else AMBER) if late else GREEN
        days = -(rows[0].buffer_days or 0)
        subject = f"{rows[0].ref} {rows[0].title}"
        shown = evidence("planning.dependency", late or rows[:1])
        yield Measure(name=name, rating=rating, count=len(late), days=days, subject=subject, evidence=shown)


def exposure_measure(place: Place, held: Held) -> Iterator[Measure]:
    """Expected cost of the open threats as a share of the budget; opportunities do not make a threat smaller."""
    open_rows = [row for row in held.risks.get(place.code, ()) if row.state == "open" and row.nature == "threat"]
    rows = [row for row in open_rows if row.expected_cost]
    total = sum((row.expected_cost or Decimal(0) for row in rows), Decimal(0))
    if not rows or not place.budget:
        return
    share = float(total / place.budget)
    limits = held.thresholds
    rating = RED if share * 100 >= limits.red_exposure else AMBER if share * 100 >= limits.amber_exposure else GREEN
    top = sorted(rows, key=lambda row: (-(row.expected_cost or Decimal(0)), row.ref))
    subject = f"{top[0].ref} {top[0].title}"
    shown = evidence("risk.risk", top[:3])
    yield Measure(name="exposure", rating=rating, count=len(rows), amount=total, share=round(share, 4), subject=subject, evidence=shown)


def issue_measure(place: Place, held: Held) -> Iterator[Measure]:
    """Open issues that need the board or are past their day."""
    rows = [row for row in held.issues.get(place.code, ()) if row.state == "open"]
    overdue = [row for row in rows if row.due_on and row.due_on < held.today]
    high = [row for row in overdue if row.severity in HIGH_SEVERITY and row.priority == "must"]
    if rows:
        first = (high or overdue or rows)[0]
        rating = RED if high else AMBER if overdue else GREEN
        shown = evidence("risk.issue", overdue or rows[:1])
        yield Measure(name="issues", rating=rating, count=len(overdue), subject=f"{first.ref} {first.title}", evidence=shown)
