"""Whether a calendar keeps every rule: written apart from the search, so that one can be held against the other."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from mainstay.engine.assurance.candidates import days_within
from mainstay.engine.assurance.days import days_of, starts
from mainstay.engine.assurance.eligibility import is_there, may_lead, may_take_part
from mainstay.engine.assurance.inputs import Placement, Review, Reviewer, ReviewProblem
from mainstay.engine.assurance.turns import Turns


def faults(problem: ReviewProblem, placements: Sequence[Placement]) -> list[str]:
    """Return one sentence for each rule that the placements break; fixed ones are only looked at for clashes with others."""
    reviews = {review.id: review for review in problem.reviews}
    reviewers = {reviewer.id: reviewer for reviewer in problem.reviewers}
    fixed = set(problem.fixed)
    found: list[str] = []
    for placement in placements:
        if placement not in fixed:
            found += own_faults(problem, reviews[placement.review], placement, reviewers)
    found += clashes(reviews, reviewers, placements, fixed)
    found += room_faults(problem, reviews, placements, fixed)
    found += host_faults(reviews, placements, fixed)
    found += turn_faults(problem, reviews, placements, fixed)
    return found


def own_faults(problem: ReviewProblem, review: Review, placement: Placement, reviewers: dict[str, Reviewer]) -> Iterator[str]:
    """Rules that one placement breaks by itself."""
    if placement.first not in starts(review, problem).possible:
        yield f"{review.id} cannot begin on {placement.first:%d %b %Y}."
    if len(placement.team) != 1 + review.members or len(set(placement.team)) != len(placement.team):
        yield f"{review.id} needs {1 + review.members} different people."
    for name in placement.team:
        if not may_take_part(review, reviewers[name]):
            yield f"{name} may not review {review.id}."
        if not is_there(reviewers[name], placement.first, review.days):
            yield f"{name} is away during {review.id}."
    if not may_lead(review, reviewers[placement.leader]):
        yield f"{placement.leader} may not lead {review.id}."
    held = frozenset[str]().union(*(reviewers[name].skills for name in placement.team))
    for skill in sorted(review.skills - held):
        yield f"Nobody in the team of {review.id} has {skill}."


def clashes(
    reviews: dict[str, Review], reviewers: dict[str, Reviewer], placements: Sequence[Placement], fixed: set[Placement]
) -> Iterator[str]:
    """People in two places at once, without their rest, or with too many reviews."""
    turns: dict[str, list[Placement]] = defaultdict(list)
    for placement in placements:
        for name in placement.team:
            turns[name].append(placement)
    for name, own in sorted(turns.items()):
        own.sort(key=lambda placement: placement.first)
        for one, other in pairwise(own):
            free = (other.first - one.first).days - reviews[one.review].days
            if free < reviewers[name].rest_days and not {one, other} <= fixed:
                yield f"{name} is in {one.review} and {other.review} with {max(free, 0)} days between."
        if len(own) > reviewers[name].most_reviews and not set(own) <= fixed:
            yield f"{name} has {len(own)} reviews, {reviewers[name].most_reviews} at most."
        for limit in reviewers[name].limits:
            days = sum(days_within(limit, placement.first, reviews[placement.review].days) for placement in own)
            if days > limit.days and not set(own) <= fixed:
                yield f"{name} has {days} review days from {limit.first:%d %b %Y} to {limit.last:%d %b %Y}, {limit.days} at most."


def room_faults(
    problem: ReviewProblem, reviews: dict[str, Review], placements: Sequence[Placement], fixed: set[Placement]
) -> Iterator[str]:
    """Days on which a region has fewer rooms than reviews."""
    taken: dict[tuple[str, date], list[Placement]] = defaultdict(list)
    for placement in placements:
        review = reviews[placement.review]
        if review.needs_room and review.region in problem.rooms:
            for day in days_of(placement.first, review.days):
                taken[review.region, day].append(placement)
    for (region, day), held in sorted(taken.items()):
        left = problem.rooms[region] - problem.rooms_used.get((region, day), 0)
        if len(held) > left and not set(held) <= fixed:
            yield f"{region} has {max(left, 0)} rooms left on {day:%d %b %Y}, not {len(held)}."


def host_faults(reviews: dict[str, Review], placements: Sequence[Placement], fixed: set[Placement]) -> Iterator[str]:
    """Days on which one host has two reviews."""
    taken: dict[tuple[str, date], list[Placement]] = defaultdict(list)
    for placement in placements:
        review = reviews[placement.review]
        for day in days_of(placement.first, review.days) if review.host else ():
            taken[review.host, day].append(placement)
    for (_host, day), held in sorted(taken.items()):
        if len(held) > 1 and not set(held) <= fixed:
            yield f"{held[0].review} and {held[1].review} ask the same people on {day:%d %b %Y}."


def turn_faults(
    problem: ReviewProblem, reviews: dict[str, Review], placements: Sequence[Placement], fixed: set[Placement]
) -> Iterator[str]:
    """People who look at the same thing too often."""
    seen: dict[tuple[str, str], list[Placement]] = defaultdict(list)
    turns = Turns(problem)
    for placement in placements:
        for name in placement.team if reviews[placement.review].turn else ():
            seen[reviews[placement.review].turn, name].append(placement)
    for (turn, name), held in sorted(seen.items()):
        most = turns.most(turn, name)
        if len(held) > most and not set(held) <= fixed:
            yield f"{name} is in {len(held)} reviews of {turn}, {most} at most."
