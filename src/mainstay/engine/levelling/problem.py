"""A plain problem, as the test libraries state it: equal slots, finish-to-start links, capacities that never change."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mainstay.engine.calendar_table import Ints
from mainstay.engine.levelling import packing
from mainstay.engine.levelling.arrays import Given, Problem, Time, links_of
from mainstay.engine.levelling.errors import CapacityError, CircleError, LevellingError

MOST_SLOTS = 2_000_000


@dataclass(frozen=True)
class PlainProblem:
    """Lengths and demands (one row a task, one column a resource), capacities, and links as pairs of places.

    Raises
    ------
    LevellingError
        One of its kinds: tasks that wait for each other, a demand above the capacity, negative amounts.
    """

    length: tuple[int, ...]
    demand: tuple[tuple[int, ...], ...]
    capacity: tuple[int, ...]
    links: tuple[tuple[int, int], ...]
    names: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if min((*self.length, *self.capacity, *(amount for row in self.demand for amount in row)), default=0) < 0:
            raise LevellingError("A duration, demand or capacity is negative; give amounts of 0 or more.")
        if sum(self.length) > MOST_SLOTS:
            raise LevellingError(f"The durations add up to more than {MOST_SLOTS:,}; give them in a larger unit.")
        for task, row in enumerate(self.demand):
            for resource, (amount, most) in enumerate(zip(row, self.capacity, strict=True)):
                if amount > most and self.length[task]:
                    raise CapacityError(self.name(task), self.resource(resource), amount, most)
        _ = self.order  # names a circle now

    def name(self, task: int) -> str:
        return self.names[task] if self.names else str(task + 1)

    def resource(self, place: int) -> str:
        return self.resources[place] if self.resources else f"R{place + 1}"

    @cached_property
    def successors(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.length]
        for before, after in self.links:
            found[before].append(after)
        return found

    @cached_property
    def order(self) -> list[int]:
        """Every task after those it waits for."""
        waiting = [0] * len(self.length)
        for _before, after in self.links:
            waiting[after] += 1
        ready = [task for task, count in enumerate(waiting) if not count]
        for task in ready:
            for after in self.successors[task]:
                waiting[after] -= 1
                if not waiting[after]:
                    ready.append(after)
        if len(ready) < len(self.length):
            raise CircleError([self.name(task) for task in _circle(self.links, set(range(len(self.length))) - set(ready))])
        return ready

    @cached_property
    def early(self) -> Ints:
        """Earliest starts without resources."""
        found = np.zeros(len(self.length), np.int64)
        for task in self.order:
            for after in self.successors[task]:
                found[after] = max(found[after], found[task] + self.length[task])
        return found

    @cached_property
    def tail(self) -> Ints:
        """What must follow after each task's finish, without resources."""
        found = np.zeros(len(self.length), np.int64)
        for task in reversed(self.order):
            for after in self.successors[task]:
                found[task] = max(found[task], found[after] + self.length[after])
        return found


def _circle(links: Sequence[tuple[int, int]], left: set[int]) -> list[int]:
    before = {after: source for source, after in links if source in left and after in left}
    walk, task = [], next(iter(before))
    while task not in walk:
        walk.append(task)
        task = before[task]
    return walk[walk.index(task) :][::-1]


def compiled(plain: PlainProblem) -> Problem:
    """The arrays of a plain problem."""
    tasks = len(plain.length)
    length = np.array(plain.length, np.int64)
    amounts, capacity = packing.scaled(
        np.array(plain.demand, np.int64).reshape(tasks, len(plain.capacity)), np.array([plain.capacity], np.int64)
    )
    slots = int(length.sum()) + 1
    whole = np.repeat(packing.packed_free(capacity), slots, axis=0)
    source, target = (np.array([link[end] for link in plain.links], np.int64) for end in (0, 1))
    zeros = np.zeros(source.size, np.int64)
    given = Given(source, target, zeros, zeros, zeros)
    time = Time(np.zeros((1, 1), np.int64), whole)
    return Problem(
        is_plain=1,
        length=length,
        calendar=np.zeros(tasks, np.int64),
        demand=packing.packed(amounts),
        release=np.zeros(tasks, np.int64),
        late=int(length.sum()) - plain.tail,
        into=links_of(given, tasks, mirrored=False),
        out=links_of(given, tasks, mirrored=True),
        forwards=time,
        backwards=time,
        group=np.full(tasks, -1, np.int64),
        weight=np.zeros(0, np.int64),
    )
