"""The search for a calendar: rebuilt thousands of times by one core while the other works out what no calendar can be below."""

import random
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from mainstay.engine.assurance.arrays import arrays
from mainstay.engine.assurance.candidates import Candidate, beside, candidates, taken_by
from mainstay.engine.assurance.costs import Costs
from mainstay.engine.assurance.inputs import Placement, ReviewProblem
from mainstay.engine.assurance.model import ReviewModel
from mainstay.engine.assurance.rebuilding import Rebuilding
from mainstay.engine.assurance.solving import bound_of, solved
from mainstay.engine.assurance.teams import least
from mainstay.engine.assurance.week_model import WeekModel

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

AT_ONCE: Final = 14
"""Reviews that are placed anew together by the exact model: few enough for the best of them to be found in a second."""
MOST_PEOPLE: Final = 24
"""Others than its team that a review is offered then."""
EFFORT_GROUP, EFFORT_ALL = 0.3, 8.0
"""Deterministic seconds for a group, and for all reviews where they are few enough to be one."""
QUIET_ROUNDS: Final = 12
"""Groups without gain after which the search ends."""
CYCLES: Final = (20, 5, 1)
"""One cycle of rebuilding after the other: parts of what is left of all rebuildings."""
FEWEST_EACH, MOST_EACH = 20, 4_000
"""Rebuildings for each review, however short or long may be searched."""

Told = Callable[[int, int], None]


class Search:
    """A search under way: the best calendar so far, its points, and the points that none can be below."""

    def __init__(
        self, problem: ReviewProblem, seed: int, is_over: Callable[[], bool], tell: Told | None = None, *, rebuildings: int = 500_000
    ) -> None:
        self.problem, self.is_over, self.tell = problem, is_over, tell
        self.chance = random.Random(seed)  # noqa: S311  (a search, no secret)
        self.costs = Costs(problem)
        self.possible = candidates(problem)
        self.taken = taken_by(problem, problem.fixed)
        self.given = [beside(problem, one, self.taken) for one in self.possible.values()]
        self.least = {one.review.id: least(one, self.costs) for one in self.given}
        self.bound = sum(self.least.values())
        self.rebuildings = min(max(rebuildings, FEWEST_EACH * len(self.given)), MOST_EACH * len(self.given))
        self.best = {placement.review: placement for placement in problem.fixed}
        self.points = self.costs.whole(self.best)

    @property
    def is_proven(self) -> bool:
        """Whether no calendar costs less."""
        return self.points <= self.bound

    def is_ended(self) -> bool:
        return self.is_proven or self.is_over()

    def run(self) -> None:
        """Search until the best is proven, nothing is gained any more, or the time is over; what is proven is waited for till then."""
        if not self.given:
            return
        with ThreadPoolExecutor(1) as other:
            proving = other.submit(WeekModel(self.problem, self.given, self.taken, self.costs).least, self.is_over, self.prove)
            self.rebuild()
            if len(self.given) <= AT_ONCE:
                self.place_all()
            else:
                self.improve()
            proving.result()

    def prove(self, bound: int) -> None:
        self.bound = max(self.bound, bound)

    def better(self, found: Mapping[str, Placement]) -> bool:
        """Keep a calendar if it costs less than the best so far; returns whether it does."""
        points = self.costs.whole(found)
        if points >= self.points:
            return False
        self.best, self.points = dict(found), points
        if self.tell is not None:
            self.tell(self.points, self.bound)
        return True

    def rebuild(self) -> None:
        """Take reviews out and put them in again; every cycle begins at the best and takes longer than the one before."""
        fixed = dict(self.best)
        work = Rebuilding(arrays(self.problem, self.given, self.taken, self.costs), self.chance.randrange(1 << 31))
        allowed = max(30 * self.costs.weights.day, 4 * self.costs.weights.elsewhere)
        left = self.rebuildings
        for part in CYCLES:
            steps = left // part
            left -= steps
            for _pause in work.cycle(steps, allowed):
                if work.points < self.points:
                    self.better({**fixed, **work.placements(self.problem, self.given)})
                if self.is_ended():
                    return

    def place_all(self) -> None:
        """The exact model of all reviews, where they are few."""
        if self.is_ended():
            return
        fixed = {placement.review: placement for placement in self.problem.fixed}
        solver, found = self.placed_anew(fixed, self.given, EFFORT_ALL)
        if found is not None:
            self.better(found)
        self.prove(bound_of(solver))

    def improve(self) -> None:
        """Place groups of reviews anew until nothing is gained."""
        quiet, now = 0, self.best
        while quiet < QUIET_ROUNDS and not self.is_ended():
            names = self.group(now)
            kept = {name: placement for name, placement in now.items() if name not in set(names)}
            taken = taken_by(self.problem, kept.values())
            given = [self.some(beside(self.problem, self.possible[name], taken), now) for name in names]
            _solver, found = self.placed_anew(kept, given, EFFORT_GROUP)
            now = found if found is not None and self.costs.whole(found) <= self.points else now
            quiet = 0 if self.better(now) else quiet + 1

    def placed_anew(
        self, kept: Mapping[str, Placement], given: Sequence[Candidate], effort: float
    ) -> "tuple[cp_model.CpSolver, dict[str, Placement] | None]":
        """The solver that placed `given` beside what is kept, with the calendar that it found."""
        built = ReviewModel(self.problem, given, taken_by(self.problem, kept.values()), self.costs)
        built.hint(self.best)
        solver, is_found = solved(built.model, self.chance.randrange(1 << 31), effort, self.is_over)
        return solver, {**kept, **built.found(solver)} if is_found else None

    def excess(self, name: str, now: Mapping[str, Placement]) -> int:
        """Points of a review over what it would cost alone."""
        held = now.get(name)
        return (self.costs.placement(held) if held is not None else self.costs.unplaced(self.possible[name].review)) - self.least[name]

    def group(self, now: Mapping[str, Placement]) -> list[str]:
        """A review that costs more than it need, and those that compete with it for its days, rooms or people."""
        centre = self.chance.choice([name for name in self.possible if self.excess(name, now) > 0])
        one = self.possible[centre]
        people = {person.reviewer.id for person in one.people}
        window = (one.review.earliest.toordinal() - 7, one.review.latest.toordinal() + 7)

        def apart(name: str) -> float:
            held, other = now.get(name), self.possible[name].review
            if held is None:
                return 2.0 * self.chance.random()
            near = window[0] <= held.first.toordinal() <= window[1]
            room = near and other.needs_room and other.region == one.review.region
            return self.chance.random() - near - 0.5 * room - 0.2 * len(people & set(held.team))

        return [centre, *sorted((name for name in self.possible if name != centre), key=apart)[: AT_ONCE - 1]]

    def some(self, one: Candidate, now: Mapping[str, Placement]) -> Candidate:
        """The review with a part of the people it could have: those it has or had, and others by chance."""
        held = now.get(one.review.id)
        kept = {*(held.team if held is not None else ()), *self.costs.exchanged(one.review)[0]}
        others = [person.reviewer.id for person in one.people if person.reviewer.id not in kept]
        if len(others) <= MOST_PEOPLE:
            return one
        kept |= set(self.chance.sample(others, MOST_PEOPLE))
        return Candidate(one.review, one.firsts, tuple(person for person in one.people if person.reviewer.id in kept))
