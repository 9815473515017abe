"""The resources that one or many plans share, and who uses how much. Amounts are per cent of one unit: 100 is one full-time person."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mainstay.engine.levelling.errors import CapacityError, LevellingError
from mainstay.engine.plan import PlanData

WHOLE = 100
"""One full-time unit."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An amount that is there from one instant up to another; None is open."""

    amount: int
    start: int | None = None
    finish: int | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """Where offers overlap, the last of them holds; outside all of them there is nothing."""

    id: str
    name: str
    offers: tuple[Offer, ...]

    @property
    def most(self) -> int:
        return max((offer.amount for offer in self.offers), default=0)


@dataclass(frozen=True, slots=True)
class Use:
    """What an activity takes of a resource for as long as it is worked on."""

    activity: str
    resource: str
    amount: int


@dataclass(frozen=True, slots=True)
class Pool:
    """Resources and uses. ``never_moved`` are activities that people exempt from levelling; ``names`` are how people call activities."""

    resources: tuple[Resource, ...]
    uses: tuple[Use, ...]
    never_moved: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)

    def called(self, activity: str) -> str:
        return self.names.get(activity, activity)


def check_pool(plan: PlanData, pool: Pool, movable: frozenset[str]) -> None:
    """Refuse what has no answer.

    Raises
    ------
    LevellingError
        When no activity uses a resource, or one uses a resource that is not in the pool.
    CapacityError
        When an activity that could be moved needs more than there ever is.
    """
    resources = {resource.id: resource for resource in pool.resources}
    if not pool.uses or not resources:
        raise LevellingError("No activity has a resource with a limit, so there is nothing to level; assign people or equipment first.")
    for use in pool.uses:
        if use.activity not in plan.index or use.resource not in resources:
            raise LevellingError(f"Activity {pool.called(use.activity)} uses resource {use.resource}, and one of them is not in the plan.")
        resource = resources[use.resource]
        if use.activity in movable and use.amount > resource.most:
            raise CapacityError(pool.called(use.activity), resource.name, f"{use.amount} %", f"{resource.most} %")
