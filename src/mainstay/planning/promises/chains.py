"""Which promises a milestone or the end of a project hangs on, and the chance that all of them are kept. No database.

The chances are multiplied as though no promise knew of another; givers that share a cause do worse than that together.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

HELD = ("delivered", "accepted")
LOST = ("failed",)


@dataclass(frozen=True, slots=True)
class Promise:
    """What one project gives another: the activities as `SCR-HB:12`, empty where they are not in the plans."""

    pk: int
    giver: str
    getter: str
    state: str
    chance: float
    give: str = ""
    get: str = ""

    @property
    def holds(self) -> float:
        """The chance that it holds: what was handed over has held."""
        return 1.0 if self.state in HELD else 0.0 if self.state in LOST else self.chance


@dataclass(frozen=True, slots=True)
class Target:
    """The end of a project, or a milestone with the activities that feed it."""

    project: str
    title: str
    feeders: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """All promises that a target hangs on, those farthest from it first."""

    target: Target
    promises: tuple[Promise, ...]

    @property
    def chance(self) -> float:
        return prod(promise.holds for promise in self.promises)

    @property
    def open_count(self) -> int:
        return sum(promise.state not in HELD for promise in self.promises)


Waits = Callable[[str, str], bool]
"""Whether the second activity of a plan waits for the first."""


def chains(promises: Sequence[Promise], targets: Iterable[Target], waits: Waits) -> list[Chain]:
    """The chain of each target that hangs on a promise, the least likely first."""
    before = {promise.pk: [one for one in promises if leads(one, promise, waits)] for promise in promises}
    found = []
    for target in targets:
        last = [promise for promise in promises if promise.getter == target.project and reaches(promise, target, waits)]
        if last:
            found.append(Chain(target, tuple(upwards(last, before))))
    return sorted(found, key=lambda chain: (chain.chance, -len(chain.promises), chain.target.project, chain.target.title))


def leads(first: Promise, second: Promise, waits: Waits) -> bool:
    """Whether the second giver needs what the first one hands over; where the plans do not tell, it is taken to."""
    if first.getter != second.giver or first.pk == second.pk:
        return False
    return waits(first.get, second.give) if first.get and second.give else True


def reaches(promise: Promise, target: Target, waits: Waits) -> bool:
    """The end of a project waits for everything; a milestone for what leads to its feeders."""
    return not target.feeders or bool(promise.get and any(waits(promise.get, feeder) for feeder in target.feeders))


def upwards(last: Sequence[Promise], before: Mapping[int, Collection[Promise]]) -> list[Promise]:
    """These and all that lead to them, each once, the farthest first."""
    steps = {promise.pk: promise for promise in last}
    queue = list(last)
    for promise in queue:
        for one in before[promise.pk]:
            if one.pk not in steps:
                steps[one.pk] = one
                queue.append(one)
    return list(steps.values())[::-1]
