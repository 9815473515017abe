"""One search from beginning to end: evolve, ask for a proof, evolve on. Stops at its limits, at a proof, or when it is told to."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from mainstay.engine.calendar_table import Ints
from mainstay.engine.levelling.arrays import Problem, Room, room_for
from mainstay.engine.levelling.evolution import BEST, MADE, UNKNOWN, Population, evolve, noted, population, taken_in
from mainstay.engine.levelling.justification import improved

PER_MILLE = 950
"""How often a task of a new list moves to another place in it."""
SMALLEST, LARGEST = 100, 3_000
BIRTHS = 2.5
"""Lists made for each place of the population and each task, by which it ripens: fewer leave it raw, more find nothing new in it."""
SPEED = 2_700_000
"""Tasks placed a second of CPU time, a guess from below; a list is placed three times, and the proof takes its share."""
FIRST_SHARE = 0.25
"""Part of the time for lists before the proof is tried."""
PROOF_SHARES = ((3.5, 0.35), (7.0, 0.15))
"""Part of the time for the proof where gap times tasks is at most so many whole tasks: what is wider no proof closes in time."""
FEW_TASKS = 40
"""So many tasks are always worth a proof."""
TURN_SECONDS = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When to stop: after so many seconds of this process's CPU time, or so many lists; with lists alone a seed gives the same answer
    on any machine."""

    seconds: float | None = 10.0
    lists: int | None = None
    proof: float = 1.0
    """Deterministic seconds for the proof where only lists are limited."""
    seed: int = 1


@dataclass(frozen=True, slots=True)
class State:
    """How far a search is, in slots."""

    best: int
    bound: int
    lists: int
    seconds: float

    @property
    def gap(self) -> float:
        """Per cent by which the best may be above the optimum."""
        return 100 * (self.best - self.bound) / self.bound if self.bound else 0.0


Told = Callable[[State], bool]
"""Is given the state several times a second; True stops the search and keeps the best so far."""


@dataclass(slots=True)
class Search:
    """What evolves; `start` and `finish` of the best are in ``room.best_start`` and ``room.best_finish``."""

    problem: Problem
    bound: int
    limits: Limits
    told: Told = lambda _state: False
    stopped: bool = False
    begun: float = field(default_factory=time.process_time)
    room: Room = field(init=False, repr=False)
    people: Population = field(init=False, repr=False)
    turn: int = 20

    def __post_init__(self) -> None:
        self.room = room_for(self.problem)
        self.people = population(self.size, self.problem.length.size, self.limits.seed)

    @property
    def size(self) -> int:
        """Lists held: as many as the time lets ripen."""
        tasks = max(self.problem.length.size, 1)
        lists = self.limits.lists if self.limits.lists is not None else (self.limits.seconds or 0) * SPEED / tasks
        return int(min(max(lists / tasks / BIRTHS, SMALLEST), LARGEST))

    @property
    def proof_share(self) -> float:
        """Part of the time that a proof is worth."""
        tasks = self.problem.length.size
        wide = 0.0 if tasks <= FEW_TASKS else self.state.gap / 100 * tasks
        return next((share for most, share in PROOF_SHARES if wide <= most), 0.0)

    @property
    def state(self) -> State:
        return State(int(self.people.told[BEST]), self.bound, int(self.people.told[MADE]), time.process_time() - self.begun)

    @property
    def is_proven(self) -> bool:
        return int(self.people.told[BEST]) <= self.bound

    def seconds_left(self, share: float = 1.0) -> float:
        return float("inf") if self.limits.seconds is None else share * self.limits.seconds - (time.process_time() - self.begun)

    def lists_left(self, share: float = 1.0) -> int:
        return 1 << 40 if self.limits.lists is None else int(share * self.limits.lists) - int(self.people.told[MADE])

    def is_over(self, share: float = 1.0) -> bool:
        """Past that share of its limits, proven, or told to stop."""
        if not self.stopped and self.told(self.state):
            self.stopped = True
        return self.stopped or self.is_proven or self.seconds_left(share) <= 0 or self.lists_left(share) <= 0

    def evolve_once(self) -> None:
        """Make one list."""
        evolve(self.problem, self.room, self.people, 1, self.bound, PER_MILLE)

    def evolve(self, share: float = 1.0) -> None:
        """Make lists up to that share of the limits. A turn is as long as a look at the clock is worth."""
        while not self.is_over(share):
            before = time.process_time()
            evolve(self.problem, self.room, self.people, min(self.turn, self.lists_left(share)), self.bound, PER_MILLE)
            spent = max(time.process_time() - before, 1e-4)
            self.turn = max(1, min(int(self.turn * TURN_SECONDS / spent), 4 * self.turn))

    def take(self, order: Ints) -> None:
        """Take a list from elsewhere, such as a solver's schedule, into the population."""
        self.room.child[:] = order
        last = improved(self.room.child, self.problem, self.room)
        noted(self.people, self.room, last)
        if last >= 0:
            taken_in(self.people, self.room, last, int(np.argmax(self.people.last)))

    @property
    def has_found(self) -> bool:
        return int(self.people.told[BEST]) < UNKNOWN
