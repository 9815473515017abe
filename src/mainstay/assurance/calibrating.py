"""What reviews were worth: released ratings beside what became of it, what reviews cost, and what owners say of them. Pure questions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mainstay.engine.rating_scores import wilson
from mainstay.initiatives import scale as scales

AS_PLANNED = "as_planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """Reviews of one type with one rating on one scale: how many, of how many is judged what became of it, and how many went worse.

    `low` and `high` are Wilson's 95 % interval of the share that went worse, from 0 to 1; of few reviews it is wide.
    """

    type: str
    scale: str
    rating: str
    word: str
    count: int
    judged: int
    worse: int
    low: float
    high: float

    @property
    def scale_label(self) -> str:
        return scales.of(self.scale).short

    @property
    def share(self) -> float | None:
        return self.worse / self.judged if self.judged else None


def rated(reviews: Iterable[Any]) -> list[Rated]:
    """By type, scale and rating, the best first; ratings of two scales are never put together, and those not released are not known."""
    groups: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for one in reviews:
        if one.rating:
            groups[one.type_label, one.rating_scale, one.rating].append(one)
    found = []
    for (kind, scale, rating), held in groups.items():
        outcomes = [one.outcome for one in held if one.outcome]
        worse = sum(outcome != AS_PLANNED for outcome in outcomes)
        low, high = wilson(worse, len(outcomes))
        found.append(
            Rated(
                type=kind,
                scale=scale,
                rating=rating,
                word=scales.word_of(scale, rating),
                count=len(held),
                judged=len(outcomes),
                worse=worse,
                low=low,
                high=high,
            )
        )
    return sorted(found, key=lambda one: (one.type, one.scale, place_of(one.scale, one.rating)))


def place_of(scale: str, rating: str) -> int:
    steps = [step.value for step in scales.of(scale).steps]
    return steps.index(rating) if rating in steps else len(steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Reviews of one type that have begun: what they cost in pounds and person days, of those that say it, and the owners' satisfaction."""

    type: str
    count: int
    cost: Decimal | None
    effort_days: int | None
    priced: int
    measured: int
    satisfaction: float | None
    answers: int

    @property
    def mean_cost(self) -> Decimal | None:
        return self.cost / self.priced if self.cost is not None and self.priced else None

    @property
    def mean_days(self) -> float | None:
        return self.effort_days / self.measured if self.effort_days is not None and self.measured else None


def spent(reviews: Iterable[Any]) -> list[Spent]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for one in reviews:
        groups[one.type_label].append(one)
    return [of_type(kind, held) for kind, held in sorted(groups.items())]


def of_type(kind: str, held: Sequence[Any]) -> Spent:
    costs = [one.cost for one in held if one.cost is not None]
    days = [one.effort_days for one in held if one.effort_days is not None]
    said = [one.satisfaction for one in held if one.satisfaction is not None]
    return Spent(
        type=kind,
        count=len(held),
        cost=sum(costs, Decimal(0)) if costs else None,
        effort_days=sum(days) if days else None,
        priced=len(costs),
        measured=len(days),
        satisfaction=sum(said) / len(said) if said else None,
        answers=len(said),
    )
