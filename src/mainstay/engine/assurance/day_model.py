"""Only the days: which review begins when, as if any team of the right size could be found. What it proves is a bound on the whole."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from mainstay.engine.assurance.candidates import Candidate, Taken, days_within
from mainstay.engine.assurance.costs import Costs
from mainstay.engine.assurance.days import days_of
from mainstay.engine.assurance.eligibility import is_there
from mainstay.engine.assurance.inputs import Limit, Placement, Reviewer, ReviewProblem
from mainstay.engine.assurance.teams import least_on

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


class DayModel:
    """First days of reviews beside what is `taken`.

    Notes
    -----
    Every calendar fulfils what is asked here, so that no calendar costs less than the least found here: on each day a region has its
    rooms and no host more than one review; there are as many people, as many leaders of each accreditation and as many with each skill as
    the reviews of the day need; they give as many days a month and a year as are asked for; and over all, no more reviews than those people
    can be given. Each day is charged with the cheapest team
    of the right size.
    """

    def __init__(self, problem: ReviewProblem, given: Sequence[Candidate], taken: Taken, costs: Costs, floor: Mapping[str, int]) -> None:
        from ortools.sat.python import cp_model  # takes a second to load, and only a proposal needs it

        self.problem, self.given, self.taken, self.costs = problem, given, taken, costs
        self.model = cp_model.CpModel()
        self.begins: dict[str, list[cp_model.IntVar]] = {}
        self.held: dict[date, list[tuple[Candidate, cp_model.IntVar]]] = defaultdict(list)
        points: list[Any] = []
        for one in given:
            begins = self.begins[one.review.id] = [self.model.new_bool_var("") for _ in one.firsts]
            self.model.add_at_most_one(begins)
            unplaced = costs.unplaced(one.review)
            points.append(unplaced)
            for begin, first, least in zip(begins, one.firsts, least_on(one, costs), strict=True):
                if least is None:
                    self.model.add(begin == 0)
                    continue
                points.append(begin * (max(least, floor[one.review.id]) - unplaced))
                for day in days_of(first, one.review.days):
                    self.held[day].append((one, begin))
        self.add_rooms()
        self.add_hosts()
        for reviewers, needs in self.kinds():
            self.add_people(reviewers, needs)
        self.model.minimize(sum(points))

    def add_rooms(self) -> None:
        for day, held in self.held.items():
            for region, rooms in self.problem.rooms.items():
                begins = [begin for one, begin in held if one.review.needs_room and one.review.region == region]
                left = rooms - self.taken.rooms[region, day]
                if len(begins) > left:
                    self.model.add(sum(begins) <= left)

    def add_hosts(self) -> None:
        for held in self.held.values():
            for host in {one.review.host for one, _begin in held} - {""}:
                begins = [begin for one, begin in held if one.review.host == host]
                if len(begins) > 1:
                    self.model.add_at_most_one(begins)

    def kinds(self) -> Iterator[tuple[list[Reviewer], dict[str, int]]]:
        """Groups of people, with how many of them each review needs: all of them, leaders of a level or more, holders of a skill."""
        reviewers = self.problem.reviewers
        yield list(reviewers), {one.review.id: 1 + one.review.members for one in self.given}
        for level in sorted({one.review.level for one in self.given}):
            leaders = [reviewer for reviewer in reviewers if reviewer.may_lead and reviewer.level >= level]
            yield leaders, {one.review.id: 1 for one in self.given if one.review.level >= level}
        for skill in sorted(frozenset[str]().union(*(one.review.skills for one in self.given))):
            holders = [reviewer for reviewer in reviewers if skill in reviewer.skills]
            yield holders, {one.review.id: 1 for one in self.given if skill in one.review.skills}

    def add_people(self, reviewers: Sequence[Reviewer], needs: Mapping[str, int]) -> None:
        """No day needs more of them than are there, and all together no more than they can be given."""
        for day, held in self.held.items():
            terms = [needs[one.review.id] * begin for one, begin in held if one.review.id in needs]
            there = sum(is_there(reviewer, day, 1) and not self.is_busy(reviewer, day) for reviewer in reviewers)
            if terms and sum(needs[one.review.id] for one, _begin in held if one.review.id in needs) > there:
                self.model.add(sum(terms) <= there)
        for limit in {Limit(each.first, each.last, 0) for reviewer in reviewers for each in reviewer.limits}:
            self.add_limit(limit, reviewers, needs)
        given = sum(max(reviewer.most_reviews - self.taken.counts[reviewer.id], 0) for reviewer in reviewers)
        if sum(needs.values()) > given:
            self.model.add(sum(needs[name] * begin for name in needs for begin in self.begins[name]) <= given)

    def add_limit(self, span: Limit, reviewers: Sequence[Reviewer], needs: Mapping[str, int]) -> None:
        """No span of days asks for more days of them than they all together give in it; who has no limit there gives what they wish."""
        left = 0
        for reviewer in reviewers:
            own = [limit.days for limit in reviewer.limits if (limit.first, limit.last) == (span.first, span.last)]
            if not own:
                return
            busy = self.taken.busy.get(reviewer.id, ())
            left += max(min(own) - sum(days_within(span, *other) for other in busy), 0)
        terms = [
            begin * (needs[one.review.id] * inside)
            for one in self.given
            if one.review.id in needs
            for begin, first in zip(self.begins[one.review.id], one.firsts, strict=True)
            if (inside := days_within(span, first, one.review.days))
        ]
        if terms:
            self.model.add(sum(terms) <= left)

    def is_busy(self, reviewer: Reviewer, day: date) -> bool:
        return any(0 <= (day - first).days < days for first, days in self.taken.busy.get(reviewer.id, ()))

    def hint(self, placements: Mapping[str, Placement]) -> None:
        """Begin the search at a calendar."""
        for one in self.given:
            held = placements.get(one.review.id)
            for begin, first in zip(self.begins[one.review.id], one.firsts, strict=True):
                self.model.add_hint(begin, int(held is not None and held.first == first))

    def found(self, solver: "cp_model.CpSolver") -> dict[str, date]:
        """The first days of a solution."""
        return {
            one.review.id: first
            for one in self.given
            for begin, first in zip(self.begins[one.review.id], one.firsts, strict=True)
            if solver.value(begin)
        }
