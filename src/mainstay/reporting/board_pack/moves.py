"""What moved between two sets of facts: one row a difference, with the reason that was recorded for it. Nothing is made up."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from mainstay.forecasts.outlook import Part
from mainstay.render import typography
from mainstay.render.blocks import Sense
from mainstay.reporting.board_pack.facts import Evidence, Move, PackFacts

SMALL_DAYS = 5
"""Working days from which the board is told of a date."""
SMALL_SHARE, SMALL_AMOUNT = Decimal("0.01"), Decimal(100_000)
"""Money: one per cent, or £0.1m, whichever is reached first."""
GROUPS = ("time", "money", "status", "promise", "record")
SENSES: Mapping[str, Sense] = {
    "agreed": "better", "delivered": "better", "accepted": "better", "disputed": "worse", "failed": "worse", "rejected": "worse",
    "occurred": "worse", "closed": "better", "resolved": "better", "decided": "better", "reached": "better",
}  # fmt: skip
"""What it means that a record has come to this state."""
RANK = {"green": 0, "done": 0, "none": 1, "amber": 2, "red": 3}


@dataclass(frozen=True, slots=True)
class Reason:
    """What somebody wrote when they changed these fields of a record."""

    fields: frozenset[str]
    text: str
    by: str
    sequence: int


Reasons = Mapping[tuple[str, int], Sequence[Reason]]


def compare(before: PackFacts, after: PackFacts, reasons: Reasons) -> tuple[Move, ...]:
    """All differences, those that matter most to the end date first, then money, then the rest."""
    found = [
        *status_moves(before, after),
        *outlook_moves(before, after),
        *place_moves(before, after),
        *plan_moves(before, after),
        *milestone_moves(before, after),
        *dependency_moves(before, after),
        *risk_moves(before, after),
        *record_moves(before, after),
    ]
    return tuple(sorted((with_reason(move, reasons) for move in found), key=order))


def order(move: Move) -> tuple[Any, ...]:
    amount = -abs(move.amount) if move.amount is not None else Decimal(0)
    return GROUPS.index(move.group), -abs(move.days or 0), amount, move.record.code, move.record.ref, move.item


FIELDS = {
    "forecast": ("forecast",),
    "reached": ("actual", "state"),
    "baseline": ("baseline_current",),
    "needed by": ("needed_by",),
    "hand-over": ("forecast", "promised_by"),
    "agreement": ("state",),
    "probability": ("probability",),
    "expected cost": ("probability", "cost_low", "cost_likely", "cost_high"),
    "budget": ("budget",),
    "contingency": ("contingency",),
    "approved finish": ("ends_on",),
    "due": ("due_on",),
}
"""The fields whose recorded reasons explain an item."""


def with_reason(move: Move, reasons: Reasons) -> Move:
    """The latest reason recorded for the fields that moved, else for the record's state or its arrival."""
    told = reasons.get((move.record.register, move.record.pk), ())
    fields = frozenset(FIELDS.get(move.item, ("state",)))
    fitting = [reason for reason in told if reason.fields & fields]
    if not fitting:
        return move
    last = max(fitting, key=lambda reason: reason.sequence)
    return replace(move, reason=last.text, by=last.by, change=last.sequence)


def working_days(first: date, last: date) -> int:
    """Weekdays from one date to the other, signed; holidays are left to the plans."""
    if last < first:
        return -working_days(last, first)
    weeks, rest = divmod((last - first).days, 7)
    return weeks * 5 + sum((first + timedelta(days=day)).weekday() < 5 for day in range(1, rest + 1))


def record(register: str, row: Any) -> Evidence:
    return Evidence(register=register, pk=row.pk, ref=row.ref, code=row.code)


def day(value: date | None) -> str:
    return typography.day(value) if value else ""


def paired(before: Sequence[Any], after: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Rows of the same record, in the order of the later facts."""
    earlier = {row.pk: row for row in before}
    return ((earlier[row.pk], row) for row in after if row.pk in earlier)


def fresh(before: Sequence[Any], after: Sequence[Any]) -> Iterator[Any]:
    earlier = {row.pk for row in before}
    return (row for row in after if row.pk not in earlier)


def date_move(register: str, item: str, old: Any, new: Any, value: Callable[[Any], date | None], group: str = "time") -> Iterator[Move]:
    first, last = value(old), value(new)
    if first == last:
        return
    days = (last - first).days if first and last else None
    is_small = bool(first and last) and abs(working_days(first or date.min, last or date.min)) < SMALL_DAYS
    sense: Sense = "same" if days is None else "worse" if days > 0 else "better"
    yield Move(
        group=group, item=item, record=record(register, new), title=new.title, before=day(first), after=day(last), days=days,
        sense=sense, is_small=is_small,
    )  # fmt: skip


def money_move(register: str, item: str, new: Any, first: Decimal | None, last: Decimal | None) -> Iterator[Move]:
    if first == last:
        return
    amount = (last or Decimal(0)) - (first or Decimal(0))
    is_small = abs(amount) < SMALL_AMOUNT and (not first or abs(amount) < abs(first) * SMALL_SHARE)
    yield Move(
        group="money", item=item, record=record(register, new), title=new.title, before=pounds(first), after=pounds(last), amount=amount,
        sense="worse" if amount > 0 else "better", is_small=is_small,
    )  # fmt: skip


def pounds(value: Decimal | None) -> str:
    return "" if value is None else typography.money(value)


def said(
    register: str,
    item: str,
    row: Any,
    before: str,
    after: str,
    *,
    group: str = "record",
    sense: Sense = "same",
    amount: Decimal | None = None,
) -> Move:
    return Move(
        group=group, item=item, record=record(register, row), title=row.title, before=before, after=after, sense=sense, amount=amount
    )  # fmt: skip


def status_moves(before: PackFacts, after: PackFacts) -> Iterator[Move]:
    places = {place.code: place for place in (after.initiative, *after.projects)}
    earlier = {status.code: status for status in before.statuses}
    for status in after.statuses:
        old = earlier.get(status.code)
        place = places.get(status.code)
        if old is None or place is None or old.rating == status.rating:
            continue
        sense: Sense = "worse" if RANK[status.rating] > RANK[old.rating] else "better"
        yield Move(
            group="status",
            item="measured status",
            record=of_place(place),
            title=place.title,
            before=old.rating,
            after=status.rating,
            sense=sense,
        )


def of_place(place: Any) -> Evidence:
    return Evidence(register="initiatives.initiative", pk=place.pk, ref=place.code, code=place.code)


def outlook_moves(before: PackFacts, after: PackFacts) -> Iterator[Move]:
    """Finish and cost of the run, where both packs had one."""
    if before.outlook is None or after.outlook is None:
        return
    places = {place.code: place for place in (after.initiative, *after.projects)}
    earlier = {part.code: part for part in (before.outlook.programme, *before.outlook.projects)}
    for part in (after.outlook.programme, *after.outlook.projects):
        old, place = earlier.get(part.code), places.get(part.code)
        if old is not None and place is not None:
            yield from finish_moves(of_place(place), place.title, old, part)
            yield from cost_moves(of_place(place), place.title, old, part)


def finish_moves(evidence: Evidence, title: str, old: Part, new: Part) -> Iterator[Move]:
    if old.finish is None or new.finish is None:
        return
    for percent in (50, 80):
        first, last = old.finish.at(percent).day, new.finish.at(percent).day
        days, is_small = (last - first).days, abs(working_days(first, last)) < SMALL_DAYS
        if days:
            yield Move(
                group="time",
                item=f"finish, P{percent}",
                record=evidence,
                title=title,
                before=day(first),
                after=day(last),
                days=days,
                sense="worse" if days > 0 else "better",
                is_small=is_small,
            )


def cost_moves(evidence: Evidence, title: str, old: Part, new: Part) -> Iterator[Move]:
    if old.cost is None or new.cost is None:
        return
    first, last = (Decimal(str(cost.at(80).amount)).quantize(Decimal(1)) for cost in (old.cost, new.cost))
    amount = last - first
    if amount:
        is_small = abs(amount) < min(SMALL_AMOUNT, abs(first) * SMALL_SHARE)
        yield Move(
            group="money",
            item="cost, P80",
            record=evidence,
            title=title,
            before=pounds(first),
            after=pounds(last),
            amount=amount,
            sense="worse" if amount > 0 else "better",
            is_small=is_small,
        )


def place_moves(before: PackFacts, after: PackFacts) -> Iterator[Move]:
    """What was approved anew, and what joined or left the programme."""
    key = "initiatives.initiative"
    earlier = {place.pk: place for place in (before.initiative, *before.projects)}
    for place in (after.initiative, *after.projects):
        old = earlier.get(place.pk)
        evidence = of_place(place)
        if old is None:
            yield Move(group="record", item="new", record=evidence, title=place.title, after=place.state)
            continue
        for item, first, last in (("budget", old.budget, place.budget), ("contingency", old.contingency, place.contingency)):
            if first != last:
                amount = (last or Decimal(0)) - (first or Decimal(0))
                yield Move(
                    group="money", item=item, record=evidence, title=place.title, before=pounds(first), after=pounds(last), amount=amount
                )
        if old.ends_on != place.ends_on:
            days = (place.ends_on - old.ends_on).days if place.ends_on and old.ends_on else None
            yield Move(
                group="time",
                item="approved finish",
                record=evidence,
                title=place.title,
                before=day(old.ends_on),
                after=day(place.ends_on),
                days=days,
            )
        if old.state != place.state:
            yield Move(group="record", item="state", record=evidence, title=place.title, before=old.state, after=place.state)
    now = {place.pk for place in (after.initiative, *after.projects)}
    for place in before.projects:
        if place.pk not in now:
            yield Move(
                group="record",
                item="gone",
                record=Evidence(register=key, pk=place.pk, ref=place.code, code=place.code),
                title=place.title,
                before=place.state,
            )


def plan_moves(before: PackFacts, after: PackFacts) -> Iterator[Move]:
    earlier = {plan.code: plan for plan in before.plans}
    for plan in after.plans:
        old = earlier.get(plan.code)
        if old is None:
            yield said("planning.plan", "new", plan, "", f"version {plan.number}")
        elif old.pk != plan.pk:
            yield said("planning.plan", "version", plan, f"version {old.number}", f"version {plan.number}")
            yield from date_move("planning.plan", "finish of the plan", old, plan, lambda row: row.finishes_on)


def milestone_moves(before: PackFacts, after: PackFacts) -> Iterator[Move]:
    key = "planning.milestone"
    for old, new in paired(before.milestones, after.milestones):
        if old.state != new.state:
            sense: Sense = "better" if new.state == "reached" else "same"
            yield said(
                key,
                new.state if new.state != "planned" else "opened again",
                new,
                day(old.expected),
                day(new.expected),
                group="time",
                sense=sense,
            )
        else:
            yield from date_move(key, "forecast", old, new, lambda row: row.expected)
        yield from (
            replace(move, sense="same", is_small=False) for move in date_move(key, "baseline", old, new, lambda row: row.baseline_current)
        )
    for new in fresh(before.milestones, after.milestones):
        yield said(key, "new", new, "", day(new.expected or new.baseline_current))


def dependency_moves(before: PackFacts, after: PackFacts) -> Iterator[Move]:
    key = "planning.dependency"
    for old, new in paired(before.dependencies, after.dependencies):
        yield from date_move(key, "hand-over", old, new, lambda row: row.given, "promise")
        yield from (replace(move, sense="same") for move in date_move(key, "needed by", old, new, lambda row: row.needed_by, "promise"))
        if old.state != new.state:
            sense = SENSES.get(new.state, "same")
            yield said(key, "agreement", new, old.state, new.state, group="promise", sense=sense)
    for new in fresh(before.dependencies, after.dependencies):
        yield said(key, "new", new, "", day(new.given or new.needed_by), group="promise")


def risk_moves(before: PackFacts, after: PackFacts) -> Iterator[Move]:
    key = "risk.risk"
    for old, new in paired(before.risks, after.risks):
        if old.state != new.state:
            sense = SENSES.get(new.state, "same")
            yield said(
                key, new.state, new, pounds(old.expected_cost), "" if new.state != "open" else pounds(new.expected_cost), sense=sense
            )
        else:
            yield from money_move(key, "expected cost", new, old.expected_cost, new.expected_cost)
            if old.expected_cost == new.expected_cost and old.probability != new.probability:
                yield said(key, "probability", new, percent(old.probability), percent(new.probability))
    for new in fresh(before.risks, after.risks):
        yield said(key, f"new {new.nature}", new, "", pounds(new.expected_cost), amount=new.expected_cost)


def percent(value: Decimal | None) -> str:
    return "" if value is None else typography.percent(value / 100)


def record_moves(before: PackFacts, after: PackFacts) -> Iterator[Move]:
    """Issues and decisions that came, went or changed their state."""
    both = (("risk.issue", before.issues, after.issues), ("communications.decision", before.decisions, after.decisions))
    for key, first, last in both:
        for old, new in paired(first, last):
            if old.state != new.state:
                move = said(key, new.state, new, old.state, new.state, sense=SENSES.get(new.state, "same"))
                # What was resolved is itself what the register has of the why.
                yield replace(move, reason=new.outcome, by=new.forum) if new.state == "decided" else move
        for new in fresh(first, last):
            yield said(key, "new", new, "", new.state)
