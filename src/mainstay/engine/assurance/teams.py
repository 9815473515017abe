"""A good team for one review at a time: the first calendar is built of them, and the bound is what each would cost alone."""

from collections.abc import Mapping
from datetime import date

from mainstay.engine.assurance.candidates import Candidate, Person
from mainstay.engine.assurance.costs import Costs
from mainstay.engine.assurance.inputs import Placement

LEADERS_TRIED = 6


def least_on(one: Candidate, costs: Costs) -> list[int | None]:
    """Return, for each first day, points that the review cannot cost less than then; None where too few people are there."""
    team, each = costs.exchanged(one.review)
    points: list[list[int]] = [[] for _ in one.firsts]
    for person in one.people:
        value = costs.person(one.review, person.reviewer) - (each if person.reviewer.id in team else 0)
        for place in person.at:
            points[place].append(value)
    needed = 1 + one.review.members
    return [
        costs.start(one.review, first) + each * len(team) + sum(sorted(values)[:needed]) if len(values) >= needed else None
        for first, values in zip(one.firsts, points, strict=True)
    ]


def least(one: Candidate, costs: Costs) -> int:
    """Return points that a review cannot cost less than, whoever else needs the same people and rooms."""
    return min([costs.unplaced(one.review), *(points for points in least_on(one, costs) if points is not None)])


def place_alone(one: Candidate, costs: Costs, load: Mapping[str, int]) -> Placement | None:
    """Return a cheap placement of one review; of people who cost the same, those with fewer reviews are taken."""
    there: list[list[Person]] = [[] for _ in one.firsts]
    for person in one.people:
        for place in person.at:
            there[place].append(person)
    best: tuple[int, Placement] | None = None
    for place in sorted(range(len(one.firsts)), key=lambda each: (costs.start(one.review, one.firsts[each]), one.firsts[each])):
        if best is not None and costs.start(one.review, one.firsts[place]) >= best[0]:
            break
        found = team_on(one, one.firsts[place], there[place], costs, load)
        if found is not None:
            points = costs.placement(found)
            if best is None or points < best[0]:
                best = points, found
    return best[1] if best is not None and best[0] < costs.unplaced(one.review) else None


def team_on(one: Candidate, first: date, people: list[Person], costs: Costs, load: Mapping[str, int]) -> Placement | None:
    """Return a team for a day: a leader, then whoever brings most of the skills that are missing."""
    review = one.review
    agreed, each = costs.exchanged(review)

    def dear(person: Person) -> tuple[int, bool, float, str]:
        points = costs.person(review, person.reviewer) - (each if person.reviewer.id in agreed else 0)
        return points, person.reviewer.may_lead, load.get(person.reviewer.id, 0) / person.reviewer.most_reviews, person.reviewer.id

    if len(people) < 1 + review.members:
        return None
    leaders = sorted((person for person in people if person.leads), key=dear)[:LEADERS_TRIED]
    found: list[Placement] = []
    for leader in leaders:
        team = [leader]
        missing = set(review.skills - leader.reviewer.skills)
        others = sorted((person for person in people if person is not leader), key=dear)
        while len(team) <= review.members and others:
            chosen = min(others, key=lambda person: (-len(missing & person.reviewer.skills), dear(person)))
            others.remove(chosen)
            team.append(chosen)
            missing -= chosen.reviewer.skills
        if not missing and len(team) == 1 + review.members:
            found.append(Placement(review.id, first, leader.reviewer.id, tuple(sorted(person.reviewer.id for person in team[1:]))))
    return min(found, key=costs.placement) if found else None
