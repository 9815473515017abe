"""The quantities of one risk: before, with the responses in place, with all that are planned, and as its owner has entered them after."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

HUNDRED = Decimal(100)
DROPPED, IN_PLACE = "dropped", "in_place"


@dataclass(frozen=True, slots=True)
class Quantities:
    """Probability in per cent, likely cost in pounds and likely delay in working days if it occurs; None where nobody has said."""

    probability: Decimal | None
    cost: Decimal | None
    days: Decimal | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A risk before its responses, with them, and as entered after them."""

    before: Quantities
    now: Quantities
    planned: Quantities
    after: Quantities
    spent: Decimal
    """Cost of the responses that are in place or under way, in pounds."""
    asked: Decimal
    """Cost of all responses that were not dropped, in pounds."""

    @property
    def differs(self) -> bool:
        """Whether what the planned responses add up to is another figure than the one entered."""
        pairs = zip(parts(self.planned), parts(self.after), strict=True)
        return any(one is not None and other is not None and one != other for one, other in pairs)


def parts(held: Quantities) -> tuple[Decimal | None, ...]:
    return (held.probability, held.cost, held.days)


def standing(risk: Any, responses: Iterable[Any]) -> Standing:
    rows = [row for row in responses if row.state != DROPPED]
    in_place = [row for row in rows if row.state == IN_PLACE]
    before = Quantities(risk.probability, risk.cost_likely, risk.days_likely)
    after = Quantities(
        *(
            was if given is None else given
            for was, given in zip(parts(before), (risk.probability_after, risk.cost_after, risk.days_after), strict=True)
        )
    )
    spent = sum((row.cost for row in rows if row.cost is not None and row.state != "planned"), Decimal(0))
    asked = sum((row.cost for row in rows if row.cost is not None), Decimal(0))
    return Standing(before, changed(before, in_place), changed(before, rows), after, spent, asked)


def changed(before: Quantities, responses: Iterable[Any]) -> Quantities:
    """What the effects of these responses add up to: never below nothing, and no chance above certainty."""
    probability, cost, days = parts(before)
    for row in responses:
        probability = added(probability, row.probability_change)
        cost = added(cost, row.cost_change)
        days = added(days, row.days_change)
    return Quantities(within(probability, HUNDRED), within(cost), within(days))


def added(value: Decimal | None, change: Decimal | None) -> Decimal | None:
    return value if value is None or change is None else value + change


def within(value: Decimal | None, most: Decimal | None = None) -> Decimal | None:
    if value is None:
        return None
    low = max(value, Decimal(0))
    return low if most is None else min(low, most)
