"""Several reviews at once as a CP-SAT model: all of a problem, or a few of them beside the others as they stand."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from mainstay.engine.assurance.candidates import Candidate, Taken, days_within
from mainstay.engine.assurance.costs import Costs
from mainstay.engine.assurance.days import days_of
from mainstay.engine.assurance.inputs import Limit, Placement, ReviewProblem

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


class ReviewModel:
    """The model of the reviews of `given`, beside what is `taken`.

    Notes
    -----
    One Boolean a first day, one a person, one a leader. A person's reviews are optional intervals that must not overlap, each as long as
    the review and the rest after it. Points are integers, so that a bound can be rounded up.
    """

    def __init__(self, problem: ReviewProblem, given: Sequence[Candidate], taken: Taken, costs: Costs) -> None:
        from ortools.sat.python import cp_model  # takes a second to load, and only a proposal needs it

        self.problem, self.given, self.taken, self.costs = problem, given, taken, costs
        self.model = cp_model.CpModel()
        self.begins: dict[str, list[cp_model.IntVar]] = {}
        self.takes: dict[tuple[str, str], cp_model.IntVar] = {}
        self.leads: dict[tuple[str, str], cp_model.IntVar] = {}
        self.points: list[Any] = []
        self.turns: dict[str, list[tuple[Candidate, cp_model.IntVar]]] = defaultdict(list)
        self.day: dict[str, cp_model.IntVar] = {}
        self.counting: dict[tuple[str, Limit, int], cp_model.IntVar] = {}
        for one in given:
            self.add(one)
        self.add_turns()
        self.add_rooms()
        self.add_hosts()
        self.model.minimize(sum(self.points))

    def add(self, one: Candidate) -> None:
        """One review: its day, its team, its points."""
        review, model = one.review, self.model
        begins = self.begins[review.id] = [model.new_bool_var("") for _ in one.firsts]
        model.add_at_most_one(begins)
        placed = sum(begins)
        if one.firsts:
            self.day[review.id] = model.new_int_var(min(one.firsts).toordinal(), max(one.firsts).toordinal(), "")
        for begin, first in zip(begins, one.firsts, strict=True):
            model.add(self.day[review.id] == first.toordinal()).only_enforce_if(begin)
        for person in one.people:
            key = (review.id, person.reviewer.id)
            takes = self.takes[key] = model.new_bool_var("")
            model.add_bool_or([begins[place] for place in person.at]).only_enforce_if(takes)
            self.turns[person.reviewer.id].append((one, takes))
            if person.leads:
                self.leads[key] = model.new_bool_var("")
                model.add_implication(self.leads[key], takes)
        own = {person.reviewer.id: self.takes[review.id, person.reviewer.id] for person in one.people}
        leading = [self.leads[review.id, name] for name in own if (review.id, name) in self.leads]
        model.add(sum(own.values()) == (1 + review.members) * placed)
        model.add(sum(leading) == placed)
        for skill in review.skills:
            model.add(sum(own[person.reviewer.id] for person in one.people if skill in person.reviewer.skills) >= placed)
        self.add_points(one, own)

    def add_points(self, one: Candidate, own: Mapping[str, "cp_model.IntVar"]) -> None:
        review, costs, begins = one.review, self.costs, self.begins[one.review.id]
        team, each = costs.exchanged(review)
        self.points.append(costs.unplaced(review))
        for begin, first in zip(begins, one.firsts, strict=True):
            self.points.append(begin * (costs.start(review, first) + each * len(team) - costs.unplaced(review)))
        for person in one.people:
            points = costs.person(review, person.reviewer) - (each if person.reviewer.id in team else 0)
            if points:
                self.points.append(own[person.reviewer.id] * points)

    def add_turns(self) -> None:
        """Nobody is in two reviews at once, nor in more than they can be given."""
        for name, turns in self.turns.items():
            reviewer = self.costs.reviewers[name]
            left = reviewer.most_reviews - self.taken.counts[name]
            if len(turns) > left:
                self.model.add(sum(takes for _one, takes in turns) <= left)
            self.add_same_again(name, turns)
            for limit in reviewer.limits:
                self.add_limit(limit, turns, self.taken.busy.get(name, ()))
            if all(len(one.firsts) == 1 for one, _takes in turns):
                self.add_cliques(turns, reviewer.rest_days)
            elif len(turns) > 1:
                spans = [
                    self.model.new_optional_fixed_size_interval_var(
                        self.day[one.review.id], one.review.days + reviewer.rest_days, takes, ""
                    )
                    for one, takes in turns
                ]
                self.model.add_no_overlap(spans)

    def add_same_again(self, name: str, turns: "Sequence[tuple[Candidate, cp_model.IntVar]]") -> None:
        """Nobody is in more reviews of one turn than anybody may be."""
        same: dict[str, list[cp_model.IntVar]] = defaultdict(list)
        for one, takes in turns:
            if one.review.turn:
                same[one.review.turn].append(takes)
        for turn, each in same.items():
            left = self.taken.turns.left(turn, name)
            if len(each) > left:
                self.model.add(sum(each) <= left)

    def add_cliques(self, turns: "Sequence[tuple[Candidate, cp_model.IntVar]]", rest_days: int) -> None:
        """The same where all days stand already: at each first day, of the reviews that are under way or rested from, one at most."""
        ends = [(one.firsts[0].toordinal(), one.firsts[0].toordinal() + one.review.days + rest_days, takes) for one, takes in turns]
        for day in {begin for begin, _end, _takes in ends}:
            under_way = [takes for begin, end, takes in ends if begin <= day < end]
            if len(under_way) > 1:
                self.model.add_at_most_one(under_way)

    def add_limit(self, limit: Limit, turns: "Sequence[tuple[Candidate, cp_model.IntVar]]", busy: Collection[tuple[date, int]]) -> None:
        """No more of somebody's days within a limit than it allows, as many of them as each review's own day makes it."""
        left = limit.days - sum(days_within(limit, *other) for other in busy)
        amounts = [(one, takes, {days_within(limit, first, one.review.days) for first in one.firsts}) for one, takes in turns]
        if sum(max(found, default=0) for _one, _takes, found in amounts) <= left:
            return
        terms: list[Any] = []
        for one, takes, found in amounts:
            if len(found) == 1:
                terms.append(takes * max(found))
                continue
            used = self.model.new_int_var(0, max(found, default=0), "")
            for count in found - {0}:
                self.model.add(used >= count).only_enforce_if([takes, self.count_within(one, limit, count)])
            terms.append(used)
        self.model.add(sum(terms) <= left)

    def count_within(self, one: Candidate, limit: Limit, count: int) -> "cp_model.IntVar":
        """Whether the review begins so that exactly `count` of its days are within the limit; the same for everybody."""
        # Months are the same for all reviewers, and how much each gives in them is not part of the question.
        key = (one.review.id, Limit(limit.first, limit.last, 0), count)
        if key not in self.counting:
            held = self.counting[key] = self.model.new_bool_var("")
            begins = zip(self.begins[one.review.id], one.firsts, strict=True)
            self.model.add(sum(begin for begin, first in begins if days_within(limit, first, one.review.days) == count) == held)
        return self.counting[key]

    def add_hosts(self) -> None:
        """Two reviews of one host are never held on the same day."""
        held: dict[tuple[str, date], list[cp_model.IntVar]] = defaultdict(list)
        for one in self.given:
            if one.review.host:
                for begin, first in zip(self.begins[one.review.id], one.firsts, strict=True):
                    for day in days_of(first, one.review.days):
                        held[one.review.host, day].append(begin)
        for begins in held.values():
            if len(begins) > 1:
                self.model.add_at_most_one(begins)

    def add_rooms(self) -> None:
        """No region holds more reviews on a day than it has rooms."""
        held: dict[Any, list[cp_model.IntVar]] = defaultdict(list)
        for one in self.given:
            if one.review.needs_room and one.review.region in self.problem.rooms:
                for begin, first in zip(self.begins[one.review.id], one.firsts, strict=True):
                    for day in days_of(first, one.review.days):
                        held[one.review.region, day].append(begin)
        for (region, day), begins in held.items():
            left = self.problem.rooms[region] - self.taken.rooms[region, day]
            if len(begins) > left:
                self.model.add(sum(begins) <= left)

    def hint(self, placements: Mapping[str, Placement]) -> None:
        """Begin the search at a calendar."""
        for one in self.given:
            held = placements.get(one.review.id)
            for begin, first in zip(self.begins[one.review.id], one.firsts, strict=True):
                self.model.add_hint(begin, int(held is not None and held.first == first))
            for person in one.people:
                key = (one.review.id, person.reviewer.id)
                self.model.add_hint(self.takes[key], int(held is not None and key[1] in held.team))
                if key in self.leads:
                    self.model.add_hint(self.leads[key], int(held is not None and key[1] == held.leader))

    def found(self, solver: "cp_model.CpSolver") -> dict[str, Placement]:
        """The placements of a solution."""
        placements = {}
        for one in self.given:
            first = next((day for begin, day in zip(self.begins[one.review.id], one.firsts, strict=True) if solver.value(begin)), None)
            if first is not None:
                team = [person for person in one.people if solver.value(self.takes[one.review.id, person.reviewer.id])]
                leader = next(
                    person.reviewer.id for person in team if person.leads and solver.value(self.leads[one.review.id, person.reviewer.id])
                )
                members = tuple(sorted(person.reviewer.id for person in team if person.reviewer.id != leader))
                placements[one.review.id] = Placement(one.review.id, first, leader, members)
        return placements
