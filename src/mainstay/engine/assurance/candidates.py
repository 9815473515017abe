"""What is possible for each review by the rules that concern it alone: first days, people, and days on which each of them is there."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mainstay.engine.assurance.days import days_of, starts
from mainstay.engine.assurance.eligibility import is_there, may_lead, may_take_part
from mainstay.engine.assurance.inputs import Limit, Placement, Review, Reviewer, ReviewProblem
from mainstay.engine.assurance.turns import Turns


@dataclass(frozen=True, slots=True)
class Person:
    """A reviewer as one review sees them; `at` holds the places of the first days on which they are there."""

    reviewer: Reviewer
    leads: bool
    at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A review with its possible first days and people."""

    review: Review
    firsts: tuple[date, ...]
    people: tuple[Person, ...]


@dataclass(slots=True)
class Taken:
    """What placements use up: days of people with their reviews counted, rooms, days of those who are interviewed, and turns."""

    busy: dict[str, list[tuple[date, int]]]
    counts: Counter[str]
    rooms: Counter[tuple[str, date]]
    hosts: Counter[tuple[str, date]]
    turns: Turns


def taken_by(problem: ReviewProblem, placements: Iterable[Placement]) -> Taken:
    """Add up what the placements use."""
    reviews = {review.id: review for review in problem.reviews}
    found = Taken(defaultdict(list), Counter(), Counter(problem.rooms_used), Counter(), Turns(problem))
    for placement in placements:
        review = reviews[placement.review]
        for name in placement.team:
            found.busy[name].append((placement.first, review.days))
            found.counts[name] += 1
            if review.turn:
                found.turns.used[review.turn, name] += 1
        if review.needs_room:
            found.rooms.update((review.region, day) for day in days_of(placement.first, review.days))
        if review.host:
            found.hosts.update((review.host, day) for day in days_of(placement.first, review.days))
    return found


def is_free(reviewer: Reviewer, first: date, days: int, busy: Collection[tuple[date, int]]) -> bool:
    """Return whether a reviewer has neither a review on those days nor one so near that the rest between would be too short."""
    begin = first.toordinal()
    for other, length in busy:
        start = other.toordinal()
        if begin < start + length + reviewer.rest_days and start < begin + days + reviewer.rest_days:
            return False
    return True


def days_within(limit: Limit, first: date, days: int) -> int:
    """Return how many days of a review that begins then count towards a limit."""
    if first > limit.last:
        return 0
    last = first + timedelta(days=days - 1)
    if last < limit.first:
        return 0
    return (min(limit.last, last) - max(limit.first, first)).days + 1


def is_within_limits(reviewer: Reviewer, first: date, days: int, busy: Collection[tuple[date, int]] = ()) -> bool:
    """Return whether a reviewer has days left for a review that begins then beside those they have."""
    last = first + timedelta(days=days - 1)
    for limit in reviewer.limits:
        if first > limit.last or last < limit.first:
            continue
        left = limit.days - days_within(limit, first, days)
        if left < 0 or (busy and sum(days_within(limit, *other) for other in busy) > left):
            return False
    return True


def is_apart(review: Review, first: date, taken: Taken) -> bool:
    """Return whether nobody else asks the review's host on its days."""
    return not review.host or not any(taken.hosts[review.host, day] for day in days_of(first, review.days))


def has_room(problem: ReviewProblem, review: Review, first: date, taken: Taken) -> bool:
    """Return whether a room is left on all days of the review, where it needs one and rooms are counted."""
    if not review.needs_room or review.region not in problem.rooms:
        return True
    return all(taken.rooms[review.region, day] < problem.rooms[review.region] for day in days_of(first, review.days))


class Presence:
    """Whether people are there and within their limits on the days of a review: asked once of each person, day and length."""

    def __init__(self) -> None:
        self.known: dict[tuple[date, int], dict[str, bool]] = defaultdict(dict)

    def of(self, reviewer: Reviewer, first: date, days: int) -> bool:
        known = self.known[first, days]
        found = known.get(reviewer.id)
        if found is None:
            found = known[reviewer.id] = is_there(reviewer, first, days) and is_within_limits(reviewer, first, days)
        return found


def candidates(problem: ReviewProblem) -> dict[str, Candidate]:
    """Return what is possible for each review that is not fixed, by its own rules only."""
    fixed = {placement.review for placement in problem.fixed}
    presence = Presence()
    return {review.id: candidate(problem, review, presence) for review in problem.reviews if review.id not in fixed}


def candidate(problem: ReviewProblem, review: Review, presence: Presence | None = None) -> Candidate:
    """Return what is possible for one review by its own rules only."""
    presence = presence or Presence()
    firsts = starts(review, problem).possible
    people = []
    for reviewer in problem.reviewers:
        if may_take_part(review, reviewer):
            at = tuple(place for place, first in enumerate(firsts) if presence.of(reviewer, first, review.days))
            if at:
                people.append(Person(reviewer, may_lead(review, reviewer), at))
    return Candidate(review, firsts, tuple(people))


def beside(problem: ReviewProblem, whole: Candidate, taken: Taken) -> Candidate:
    """Return what remains of a candidate beside placements of other reviews."""
    review = whole.review
    left = [place for place, first in enumerate(whole.firsts) if has_room(problem, review, first, taken) and is_apart(review, first, taken)]
    new = {place: number for number, place in enumerate(left)}
    people = []
    for person in whole.people:
        if taken.counts[person.reviewer.id] >= person.reviewer.most_reviews or taken.turns.left(review.turn, person.reviewer.id) <= 0:
            continue
        busy = taken.busy.get(person.reviewer.id, ())
        if not busy and len(left) == len(whole.firsts):
            people.append(person)
            continue
        at = tuple(
            new[place]
            for place in person.at
            if place in new
            and is_free(person.reviewer, whole.firsts[place], review.days, busy)
            and is_within_limits(person.reviewer, whole.firsts[place], review.days, busy)
        )
        if at:
            people.append(Person(person.reviewer, person.leads, at))
    return Candidate(review, tuple(whole.firsts[place] for place in left), tuple(people))


def on_day(whole: Candidate, first: date) -> Candidate:
    """Return a candidate with one of its first days only."""
    place = whole.firsts.index(first)
    people = (Person(person.reviewer, person.leads, (0,)) for person in whole.people if place in person.at)
    return Candidate(whole.review, (first,), tuple(people))
