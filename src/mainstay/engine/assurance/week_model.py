"""What no calendar can be below: reviews by day in parts, people by week in parts, as a linear programme."""

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from functools import reduce
from typing import Any

from mainstay.engine.assurance.candidates import Candidate, Taken
from mainstay.engine.assurance.costs import Costs
from mainstay.engine.assurance.days import days_of
from mainstay.engine.assurance.inputs import Review, ReviewProblem
from mainstay.engine.assurance.person_weeks import Begun, PersonWeeks, monday
from mainstay.engine.assurance.programme import Programme

Class = tuple[date, int, str]
"""Reviews that begin in a week, named by its Monday, take as many days and lie in one region."""


class WeekModel:
    """The reviews of `given` beside what is `taken`; `given` must already be `beside` it.

    Notes
    -----
    Every calendar fulfils what is asked here: how much of each review begins on which day; of each length and region, how many reviews
    each person begins in each week, where they are there, have days left and have rested; as many people in a week as its reviews have
    places, as many leaders of each accreditation and as many with each skill as are asked for; rooms and hosts by day.
    """

    def __init__(self, problem: ReviewProblem, given: Sequence[Candidate], taken: Taken, costs: Costs) -> None:
        self.problem, self.given, self.taken, self.costs = problem, given, taken, costs
        self.programme = Programme()
        self.begun: dict[Class, list[tuple[Review, int]]] = defaultdict(list)
        self.held: dict[date, list[tuple[Review, int]]] = defaultdict(list)
        self.points: dict[int, int] = {}
        self.left_out: dict[int, int] = {}
        for one in given:
            self.add_review(one)
        self.people = self.add_people()
        for key, begun in self.begun.items():
            self.add_teams(begun, self.people.get(key, ()))
        for day, held in self.held.items():
            self.add_day(day, held)

    def least(self, is_over: Callable[[], bool], tell: Callable[[int], None]) -> None:
        """Tell the points that no calendar is below, and again when more is known: reviews are left out whole, not in parts."""
        every = {**self.points}
        for column, points in self.left_out.items():
            every[column] = every.get(column, 0) + points
        found = self.programme.least(every, is_over)
        if found is None:
            return
        tell(found)
        step = reduce(math.gcd, self.left_out.values(), 0)
        left_out = self.programme.least(self.left_out, is_over) if step and found >= step else None
        if left_out is None or left_out % step == 0:
            return
        self.programme.row(list(self.left_out.items()), least=math.ceil(left_out / step) * step)
        found = self.programme.least(every, is_over)
        if found is not None:
            tell(found)

    def add_review(self, one: Candidate) -> None:
        """One review: a part of it for each first day, and the part that is left out."""
        review, programme = one.review, self.programme
        left_out = programme.column()
        self.left_out[left_out] = self.costs.unplaced(review)
        parts = [(left_out, 1)]
        there = {place for person in one.people for place in person.at}
        for place, first in enumerate(one.firsts):
            if place not in there:
                continue
            begun = programme.column()
            self.points[begun] = self.costs.start(review, first)
            parts.append((begun, 1))
            self.begun[monday(first), review.days, review.region].append((review, begun))
            for day in days_of(first, review.days):
                self.held[day].append((review, begun))
        programme.row(parts, least=1, most=1)

    def add_people(self) -> dict[Class, list[Begun]]:
        """Each person's weeks; by class, who begins how many."""
        firsts: dict[str, dict[tuple[date, int], set[date]]] = defaultdict(lambda: defaultdict(set))
        for one in self.given:
            for person in one.people:
                for first in (one.firsts[place] for place in person.at):
                    firsts[person.reviewer.id][monday(first), one.review.days].add(first)
        regions: dict[tuple[date, int], list[str]] = defaultdict(list)
        for week, days, region in self.begun:
            regions[week, days].append(region)
        people: dict[Class, list[Begun]] = defaultdict(list)
        for reviewer in self.problem.reviewers:
            weeks = PersonWeeks(self.programme, reviewer, firsts[reviewer.id], regions)
            weeks.add_rest()
            weeks.add_limits(self.taken)
            for (week, days, region), column in weeks.columns.items():
                people[week, days, region].append(Begun(reviewer, column))
                if reviewer.regions and region and region not in reviewer.regions:
                    self.points[column] = self.costs.weights.elsewhere
        return people

    def add_teams(self, begun: Sequence[tuple[Review, int]], people: Collection[Begun]) -> None:
        """As many people as places, and of each kind as many as are asked for."""
        self.programme.row([*((each.column, 1) for each in people), *((column, -1 - review.members) for review, column in begun)], 0, 0)
        for level in {review.level for review, _column in begun}:
            leading = (each.column for each in people if each.reviewer.may_lead and each.reviewer.level >= level)
            self.cover(leading, (column for review, column in begun if review.level >= level))
        for skill in sorted(frozenset[str]().union(*(review.skills for review, _column in begun))):
            having = (each.column for each in people if skill in each.reviewer.skills)
            self.cover(having, (column for review, column in begun if skill in review.skills))

    def cover(self, people: Iterable[int], begun: Iterable[int]) -> None:
        self.programme.row([*((column, 1) for column in people), *((column, -1) for column in begun)], least=0)

    def add_day(self, day: date, held: Sequence[tuple[Review, int]]) -> None:
        """Rooms of a region, and hosts who are asked once a day."""
        kinds: dict[Any, list[tuple[int, int]]] = defaultdict(list)
        for review, column in held:
            if review.needs_room and review.region in self.problem.rooms:
                kinds[0, review.region].append((column, 1))
            if review.host:
                kinds[1, review.host].append((column, 1))
        for (kind, name), parts in kinds.items():
            most = 1 if kind else max(self.problem.rooms[name] - self.taken.rooms[name, day], 0)
            if len(parts) > most:
                self.programme.row(parts, most=most)
