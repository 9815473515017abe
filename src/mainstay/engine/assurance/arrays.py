"""A problem as arrays, for the search that runs compiled: reviews, first days, people, and a calendar under way."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.assurance.candidates import Candidate, Taken, days_within
from mainstay.engine.assurance.costs import Costs
from mainstay.engine.assurance.inputs import Limit, ReviewProblem

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]
NOWHERE: Final = -1
UNLIMITED: Final = 1 << 30
MOST_SKILLS: Final = 62
"""The skills of a review are bits of one word; a review that asks for more of them is left to the exact models."""


class Wanted(NamedTuple):
    """Reviews that are to be placed, and their first days.

    Attributes
    ----------
    at
        (reviews + 1) where each review's first days begin; they stand in the order of what they cost.
    day, points
        (first days) as ordinals, and what beginning then costs, whoever takes part.
    there
        (first days, people) 1 where somebody could be in the review that begins then, were nothing else placed.
    span_at, span, inside
        (first days + 1) and (entries): which spans of days a review that begins then touches, and with how many days.
    days, members, need, unplaced, floor, room, host
        (reviews) length in days, members beside the leader, skills as bits, points where it is not held, the least that its team
        costs, row of its rooms, row of its host; or NOWHERE.
    turn
        (reviews) what is looked at again, or NOWHERE.
    leads, cost, brings, turns
        (reviews, people) 1 where somebody may lead, the points for their taking part, which of the review's skills they have, and how
        many reviews of its turn they may be in.
    """

    at: Ints
    day: Ints
    points: Ints
    there: Bytes
    span_at: Ints
    span: Ints
    inside: Ints
    days: Ints
    members: Ints
    need: Ints
    unplaced: Ints
    floor: Ints
    room: Ints
    host: Ints
    turn: Ints
    leads: Bytes
    cost: Ints
    brings: Ints
    turns: Ints


class People(NamedTuple):
    """(people) days of rest, reviews they can be given, and how sorely they would be missed elsewhere, 0 to 256."""

    rest: Ints
    most: Ints
    scarce: Ints


class Standing(NamedTuple):
    """A calendar under way.

    Attributes
    ----------
    begun, team
        (reviews) the place of the first day or NOWHERE; (reviews, team) people, the leader first, NOWHERE where a team is smaller.
    reviews, booked
        (people) how many reviews they have, and (people, reviews) which.
    left
        (people, spans) days that they still give.
    rooms, hosted
        (regions, days) rooms left; (hosts, days) reviews held.
    """

    begun: Ints
    team: Ints
    reviews: Ints
    booked: Ints
    left: Ints
    rooms: Ints
    hosted: Ints


class Arrays(NamedTuple):
    """What is asked, and the empty calendar."""

    wanted: Wanted
    people: People
    standing: Standing
    first_day: int


def arrays(problem: ReviewProblem, given: Sequence[Candidate], taken: Taken, costs: Costs) -> Arrays:
    """Return the reviews of `given` beside what is `taken`; `given` must already be `beside` it."""
    spans = sorted({Limit(each.first, each.last, 0) for reviewer in problem.reviewers for each in reviewer.limits}, key=str)
    days = [first for one in given for first in one.firsts]
    first_day = min(days).toordinal() if days else 0
    wide = (max(days).toordinal() - first_day + 6) if days else 1
    rows = Rows(problem, given, taken, costs, spans)
    regions, hosts = rows.regions, rows.hosts
    rooms = np.full((max(len(regions), 1), wide), UNLIMITED, np.int64)
    for region, number in regions.items():
        rooms[number] = problem.rooms[region]
        for (name, day), count in taken.rooms.items():
            if name == region and 0 <= day.toordinal() - first_day < wide:
                rooms[number, day.toordinal() - first_day] -= count
    team = 1 + max((one.review.members for one in given), default=0)
    people = rows.people()
    standing = Standing(
        begun=np.full(len(given), NOWHERE, np.int64),
        team=np.full((len(given), team), NOWHERE, np.int64),
        reviews=np.zeros(len(problem.reviewers), np.int64),
        booked=np.full((len(problem.reviewers), max(int(people.most.max(initial=0)), 1)), NOWHERE, np.int64),
        left=rows.left(),
        rooms=rooms,
        hosted=np.zeros((max(len(hosts), 1), wide), np.int64),
    )
    return Arrays(rows.wanted(), people, standing, first_day)


class Rows:
    """The numbers behind the ids of a problem."""

    def __init__(self, problem: ReviewProblem, given: Sequence[Candidate], taken: Taken, costs: Costs, spans: Sequence[Limit]) -> None:
        self.problem, self.given, self.taken, self.costs, self.spans = problem, given, taken, costs, spans
        self.person = {reviewer.id: number for number, reviewer in enumerate(problem.reviewers)}
        needed = sorted({one.review.region for one in given if one.review.needs_room} & set(problem.rooms))
        self.regions = {region: number for number, region in enumerate(needed)}
        self.hosts = {host: number for number, host in enumerate(sorted({one.review.host for one in given} - {""}))}
        self.turns = {turn: number for number, turn in enumerate(sorted({one.review.turn for one in given} - {""}))}

    def wanted(self) -> Wanted:
        orders = [self.order(one) for one in self.given]
        firsts = [(one, one.firsts[place]) for one, order in zip(self.given, orders, strict=True) for place, _points in order]
        touched = [self.touched(one, first) for one, first in firsts]
        reviews = [one.review for one in self.given]
        at = ends(map(len, orders))
        there, leads, cost, brings, turns, floor = self.pairs(at, orders)
        return Wanted(
            at=at,
            day=numbers(first.toordinal() for _one, first in firsts),
            points=numbers(points for order in orders for _place, points in order),
            there=there,
            span_at=ends(map(len, touched)),
            span=numbers(span for each in touched for span, _days in each),
            inside=numbers(days for each in touched for _span, days in each),
            days=numbers(review.days for review in reviews),
            members=numbers(review.members for review in reviews),
            need=numbers((1 << min(len(review.skills), MOST_SKILLS)) - 1 for review in reviews),
            unplaced=numbers(map(self.costs.unplaced, reviews)),
            floor=floor,
            room=numbers(self.regions.get(review.region, NOWHERE) if review.needs_room else NOWHERE for review in reviews),
            host=numbers(self.hosts.get(review.host, NOWHERE) for review in reviews),
            turn=numbers(self.turns.get(review.turn, NOWHERE) for review in reviews),
            leads=leads,
            cost=cost,
            brings=brings,
            turns=turns,
        )

    def pairs(self, at: Ints, orders: Sequence[Sequence[tuple[int, int]]]) -> tuple[Bytes, Bytes, Ints, Ints, Ints, Ints]:
        """Of each review and each person: there, leads, cost, brings and turns as `Wanted` has them, and the floors."""
        people, count = len(self.problem.reviewers), len(self.given)
        there, leads = np.zeros((int(at[-1]), people), np.uint8), np.zeros((count, people), np.uint8)
        cost, brings, turns = np.zeros((3, count, people), np.int64)
        floor = np.zeros(count, np.int64)
        for number, (one, order) in enumerate(zip(self.given, orders, strict=True)):
            new = {place: int(at[number]) + step for step, (place, _points) in enumerate(order)}
            team, each = self.costs.exchanged(one.review)
            skills = sorted(one.review.skills)
            for person in one.people if len(skills) <= MOST_SKILLS else ():
                row = self.person[person.reviewer.id]
                leads[number, row] = person.leads
                cost[number, row] = self.costs.person(one.review, person.reviewer) - (each if person.reviewer.id in team else 0)
                turns[number, row] = self.taken.turns.left(one.review.turn, person.reviewer.id)
                brings[number, row] = sum(1 << bit for bit, skill in enumerate(skills) if skill in person.reviewer.skills)
                there[[new[place] for place in person.at], row] = 1
            could = sorted(int(cost[number, self.person[person.reviewer.id]]) for person in one.people)
            floor[number] = sum(could[: 1 + one.review.members])
        return there, leads, cost, brings, turns, floor

    def order(self, one: Candidate) -> list[tuple[int, int]]:
        """First days by what beginning then costs, the earlier first; each as its place and those points."""
        team, each = self.costs.exchanged(one.review)
        points = [self.costs.start(one.review, first) + each * len(team) for first in one.firsts]
        return sorted(enumerate(points), key=lambda pair: (pair[1], pair[0]))

    def touched(self, one: Candidate, first: date) -> list[tuple[int, int]]:
        found = ((number, days_within(span, first, one.review.days)) for number, span in enumerate(self.spans))
        return [(number, days) for number, days in found if days]

    def people(self) -> People:
        reviewers = self.problem.reviewers
        asked = Counter(skill for one in self.given for skill in one.review.skills)
        held = Counter(skill for each in reviewers for skill in each.skills)
        scarce = [4 * each.level * each.may_lead + sum(asked[skill] / held[skill] for skill in sorted(each.skills)) for each in reviewers]
        top = max(scarce, default=0) or 1
        return People(
            rest=numbers(each.rest_days for each in reviewers),
            most=numbers(min(max(each.most_reviews - self.taken.counts[each.id], 0), len(self.given)) for each in reviewers),
            scarce=numbers(round(256 * value / top) for value in scarce),
        )

    def left(self) -> Ints:
        """(people, spans) days that each still gives."""
        place = {(span.first, span.last): number for number, span in enumerate(self.spans)}
        found = np.full((len(self.problem.reviewers), max(len(self.spans), 1)), UNLIMITED, np.int64)
        for row, reviewer in enumerate(self.problem.reviewers):
            for limit in reviewer.limits:
                used = sum(days_within(limit, *other) for other in self.taken.busy.get(reviewer.id, ()))
                number = place[limit.first, limit.last]
                found[row, number] = min(found[row, number], limit.days - used)
        return found


def ends(lengths: Iterable[int]) -> Ints:
    """Where each begins, and the last ends."""
    return np.concatenate(([0], np.cumsum(numbers(lengths)))).astype(np.int64)


def numbers(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)
