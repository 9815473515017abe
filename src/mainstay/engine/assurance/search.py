"""The search for a calendar: all days, which gives the bound; then all teams; then a few reviews at a time anew beside the rest."""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from mainstay.engine.assurance.candidates import Candidate, beside, candidates, on_day, taken_by
from mainstay.engine.assurance.costs import Costs
from mainstay.engine.assurance.day_model import DayModel
from mainstay.engine.assurance.inputs import Placement, ReviewProblem
from mainstay.engine.assurance.model import ReviewModel
from mainstay.engine.assurance.solving import bound_of, solved
from mainstay.engine.assurance.teams import least, place_alone

AT_ONCE: Final = 14
"""Reviews that are placed anew together: few enough for the best of them to be found in a second."""
MOST_PEOPLE: Final = 24
"""Others than its team that a review is offered then."""
EFFORT_ALONE, EFFORT_GROUP, EFFORT_DAYS = 0.3, 0.4, 8.0
"""Deterministic seconds for a review alone, a group and all days."""
QUIET_ROUNDS: Final = 40
"""Groups without gain after which the search ends."""

Told = Callable[[int, int], None]


class Search:
    """A search under way: the best calendar so far, its points, and the points that none can be below."""

    def __init__(self, problem: ReviewProblem, seed: int, is_over: Callable[[], bool]) -> None:
        self.problem, self.is_over = problem, is_over
        self.chance = random.Random(seed)  # noqa: S311  (a search, no secret)
        self.costs = Costs(problem)
        self.possible = candidates(problem)
        self.least = {name: self.least_of(one) for name, one in self.possible.items()}
        self.bound = sum(self.least.values())
        self.best = {placement.review: placement for placement in problem.fixed}
        self.points = self.costs.whole(self.best)

    @property
    def is_proven(self) -> bool:
        """Whether no calendar costs less."""
        return self.points <= self.bound

    def least_of(self, one: Candidate) -> int:
        """Points that a review cannot cost less than even alone: by a rule of thumb where that is reached, else proven."""
        below = least(one, self.costs)
        held = place_alone(one, self.costs, {})
        if (self.costs.placement(held) if held is not None else self.costs.unplaced(one.review)) <= below:
            return below
        model = ReviewModel(self.problem, [one], taken_by(self.problem, ()), self.costs).model
        return max(below, bound_of(solved(model, 0, EFFORT_ALONE, self.is_over)[0]))

    def first(self) -> None:
        """Choose all days as if every team could be found, which gives the bound; then teams, one review after the other."""
        fixed = {placement.review: placement for placement in self.problem.fixed}
        taken = taken_by(self.problem, fixed.values())
        given = [beside(self.problem, one, taken) for one in self.possible.values()]
        days = DayModel(self.problem, given, taken, self.costs, self.least)
        solver, found = solved(days.model, self.chance.randrange(1 << 31), EFFORT_DAYS, self.is_over)
        self.bound = max(self.bound, bound_of(solver))
        self.fill(days.found(solver) if found else {})
        self.points = self.costs.whole(self.best)

    def fill(self, firsts: Mapping[str, date]) -> None:
        """Find teams on these days, then on any for those without: agreed ones first, then important ones, then those of little choice."""

        def scarce(one: Candidate) -> tuple[bool, int, int, str]:
            choice = len(one.firsts) * sum(person.leads for person in one.people)
            return one.review.id not in self.costs.agreed, -one.review.importance, choice, one.review.id

        order = sorted(self.possible.values(), key=scarce)
        on_their_days = [on_day(one, firsts[one.review.id]) for one in order if one.review.id in firsts]
        for one in [*on_their_days, *order]:
            if one.review.id not in self.best:
                taken = taken_by(self.problem, self.best.values())
                found = place_alone(beside(self.problem, one, taken), self.costs, taken.counts)
                if found is not None:
                    self.best[one.review.id] = found

    def improve(self, tell: Told | None = None) -> None:
        """Place groups of reviews anew until nothing is gained, or the time is over."""
        quiet = 0
        while quiet < QUIET_ROUNDS and not self.is_proven and not self.is_over():
            names = self.group()
            kept = {name: placement for name, placement in self.best.items() if name not in set(names)}
            taken = taken_by(self.problem, kept.values())
            given = [self.some(beside(self.problem, self.possible[name], taken)) for name in names]
            gained = self.take(kept, given, EFFORT_GROUP)
            quiet = 0 if gained else quiet + 1
            if gained and tell is not None:
                tell(self.points, self.bound)

    def take(self, kept: Mapping[str, Placement], given: Sequence[Candidate], effort: float) -> bool:
        """Place `given` beside what is kept; the best becomes it where it costs no more. Returns whether it costs less."""
        built = ReviewModel(self.problem, given, taken_by(self.problem, kept.values()), self.costs)
        built.hint(self.best)
        solver, is_found = solved(built.model, self.chance.randrange(1 << 31), effort, self.is_over)
        if not is_found:
            return False
        found = {**kept, **built.found(solver)}
        points = self.costs.whole(found)
        gained = points < self.points
        if points <= self.points:
            self.best, self.points = found, points
        return gained

    def excess(self, name: str) -> int:
        """Points of a review over what it would cost alone."""
        held = self.best.get(name)
        return (self.costs.placement(held) if held is not None else self.costs.unplaced(self.possible[name].review)) - self.least[name]

    def group(self) -> list[str]:
        """A review that costs more than it need, and those that compete with it for its days, rooms or people."""
        centre = self.chance.choice([name for name in self.possible if self.excess(name) > 0])
        one = self.possible[centre]
        people = {person.reviewer.id for person in one.people}
        window = (one.review.earliest.toordinal() - 7, one.review.latest.toordinal() + 7)

        def apart(name: str) -> float:
            held, other = self.best.get(name), self.possible[name].review
            if held is None:
                return 2.0 * self.chance.random()
            near = window[0] <= held.first.toordinal() <= window[1]
            room = near and other.needs_room and other.region == one.review.region
            return self.chance.random() - near - 0.5 * room - 0.2 * len(people & set(held.team))

        return [centre, *sorted((name for name in self.possible if name != centre), key=apart)[: AT_ONCE - 1]]

    def some(self, one: Candidate) -> Candidate:
        """The review with a part of the people it could have: those it has or had, and others by chance."""
        held = self.best.get(one.review.id)
        kept = {*(held.team if held is not None else ()), *self.costs.exchanged(one.review)[0]}
        others = [person.reviewer.id for person in one.people if person.reviewer.id not in kept]
        if len(others) <= MOST_PEOPLE:
            return one
        kept |= set(self.chance.sample(others, MOST_PEOPLE))
        return Candidate(one.review, one.firsts, tuple(person for person in one.people if person.reviewer.id in kept))
