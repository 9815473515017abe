"""Appetite and tolerance: what a level wants to bear and what it may bear, by dimension, and where a risk stands against them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from mainstay.initiatives.models import Initiative
from mainstay.initiatives.standards import resolve_many
from mainstay.register import words

KIND, NAME = "threshold", "risk-appetite"
"""The standard; one called `risk-appetite-project` (or another kind of initiative) holds for that level only, dimension by dimension."""
COST, TIME = "cost", "time"
WITHIN, OVER, BEYOND = "within", "over", "beyond"
ORDER = (WITHIN, OVER, BEYOND)
PARTS = ("appetite", "tolerance")


@dataclass(frozen=True, slots=True)
class Limit:
    """What a level wants to bear of one dimension, and the most that it may; in pounds, in working days or as a score."""

    dimension: str
    appetite: Decimal
    tolerance: Decimal

    def place(self, value: Decimal) -> str:
        return WITHIN if value <= self.appetite else OVER if value <= self.tolerance else BEYOND


@dataclass(frozen=True, slots=True)
class Position:
    """Where one risk stands against one limit: before its responses and with what they leave."""

    limit: Limit
    before: Decimal
    after: Decimal

    @property
    def place(self) -> str:
        """By what the responses leave: appetite is about what is borne."""
        return self.limit.place(self.after)

    @property
    def label(self) -> str:
        return {WITHIN: _("within appetite"), OVER: _("above appetite, within tolerance"), BEYOND: _("beyond tolerance")}[self.place]

    @property
    def dimension_label(self) -> str:
        return {COST: _("Cost, expected"), TIME: _("Time, expected delay")}.get(self.limit.dimension, self.limit.dimension.capitalize())

    def told(self, value: Decimal) -> str:
        unit = self.limit.dimension
        if unit == COST:
            return f"£{words.number(value.quantize(Decimal(1)))}"
        return f"{words.number(value)} wd" if unit == TIME else words.number(value)

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """Before, after, appetite and tolerance, with their unit."""
        return (self.told(self.before), self.told(self.after), self.told(self.limit.appetite), self.told(self.limit.tolerance))


def limits_of(places: Sequence[Initiative], on: date | None = None) -> Mapping[int, Mapping[str, Limit]]:
    """The limits that hold for each initiative, by its key: those of all levels, and over them those of its own. A few queries for all."""
    found: dict[int, dict[str, Any]] = {place.pk: {} for place in places}
    told = [
        (places, NAME),
        *(([one for one in places if one.kind == kind], f"{NAME}-{kind}") for kind in sorted({one.kind for one in places})),
    ]
    for some, name in told:
        for pk, value in resolve_many(some, KIND, name, on).items():
            found[pk].update(value if isinstance(value, dict) else {})
    return {pk: dict(read(value)) for pk, value in found.items()}


def read(value: Mapping[str, Any]) -> Iterator[tuple[str, Limit]]:
    for name in sorted({key.rpartition("_")[0] for key in value} - {""}):
        low, high = (value.get(f"{name}_{part}") for part in PARTS)
        if low is not None and high is not None:
            yield name, Limit(name, Decimal(str(low)), Decimal(str(high)))


def positions(risk: Any, limits: Mapping[str, Limit]) -> list[Position]:
    """Of a threat, against each limit that it has a value for; an opportunity threatens no objective."""
    if risk.sign < 0:
        return []
    return [Position(limit, *values) for name, limit in limits.items() if (values := values_of(risk, name)) is not None]


def values_of(risk: Any, dimension: str) -> tuple[Decimal, Decimal] | None:
    """Before and after the responses: expected cost, expected delay, or the score of the dimension that the risk is scored on."""
    if dimension == COST:
        pair = (risk.expected_cost, risk.expected_cost_after)
    elif dimension == TIME:
        pair = (risk.expected_days, risk.expected_days_after)
    else:
        score = risk.score if risk.dimension.strip().casefold() == dimension.casefold() else None
        pair = (score, score)
    if pair[0] is None or pair[1] is None:
        return None
    return Decimal(pair[0]), Decimal(pair[1])


def worst(found: Iterable[Position]) -> str:
    """The worst of some positions; "" where there are none."""
    return max((one.place for one in found), key=ORDER.index, default="")


def sound(standard: Any, changed: set[str]) -> Iterator[tuple[str, str]]:  # noqa: ARG001  # the signature of a rule
    """Every appetite has its tolerance, and is not above it."""
    if not (standard.name == NAME or standard.name.startswith(f"{NAME}-")) or not isinstance(standard.value, dict):
        return
    shape = _(
        'Appetite is written {"cost_appetite": 500000, "cost_tolerance": 2000000}: each dimension with both, '
        "the tolerance not below the appetite."
    )
    for key, value in standard.value.items():
        name, _sep, part = key.rpartition("_")
        other = standard.value.get(f"{name}_{PARTS[part == 'appetite']}") if part in PARTS else None
        if not name or other is None or (part == "appetite" and value > other):
            yield "value", shape
            return
