"""Why a review has no place in a calendar, and what would give it one: each remedy is tried before it is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from mainstay.engine.assurance.candidates import Candidate, Presence, Taken, beside, candidate, has_room, is_apart, taken_by
from mainstay.engine.assurance.costs import Costs
from mainstay.engine.assurance.days import starts
from mainstay.engine.assurance.eligibility import is_independent, may_lead
from mainstay.engine.assurance.inputs import Placement, Review, Reviewer, ReviewProblem
from mainstay.engine.assurance.teams import place_alone

NEW: Final = "one more"
WEEKS_TRIED: Final = (1, 2, 4, 8, 13, 26)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A review without a place: the reasons, and changes that would each free it while all others stay as they are."""

    review: str
    reasons: tuple[str, ...]
    remedies: tuple[str, ...]


def explain(problem: ReviewProblem, review: Review, placements: Sequence[Placement], presence: Presence | None = None) -> Unplaced:
    """Return why the review is not among the placements; whoever explains several keeps one `presence` for all."""
    trials = Trials(problem, taken_by(problem, placements), presence or Presence())
    whole = candidate(problem, review, trials.presence)
    left = beside(problem, whole, trials.taken)
    reasons = tuple(own_reasons(problem, whole)) or tuple(crowded_reasons(problem, whole, left, trials.taken))
    return Unplaced(review.id, reasons, tuple(trials.remedies(review)))


def own_reasons(problem: ReviewProblem, whole: Candidate) -> Iterator[str]:
    """Reasons that lie in the review itself, whatever else is placed."""
    review = whole.review
    if not whole.firsts:
        yield no_day(problem, review)
        return
    if sum(person.leads for person in whole.people) == 0:
        yield no_leader(problem, review)
    for skill in sorted(review.skills):
        if not any(skill in person.reviewer.skills for person in whole.people):
            yield f"Nobody who may review it and is there has {skill}."
    if len(whole.people) < 1 + review.members:
        yield f"It needs {1 + review.members} people, and {len(whole.people)} may review it and are there."


def no_leader(problem: ReviewProblem, review: Review) -> str:
    """The sentence where nobody can lead."""
    able = [reviewer for reviewer in problem.reviewers if may_lead(review, reviewer)]
    if not able:
        return f"No leader on the list holds accreditation {review.level}."
    tied = sum(not is_independent(review, reviewer) for reviewer in able)
    turn = sum(reviewer.id in review.barred for reviewer in able)
    return (
        f"No leader is to be had. Of those who hold accreditation {review.level}, {tied} have to do with its department, programme or "
        f"suppliers, {turn} reviewed it before, and {len(able) - tied - turn} are away or have no review left to give."
    )


def no_day(problem: ReviewProblem, review: Review) -> str:
    """The sentence for a window without a day."""
    found = starts(review, problem)
    counted = [
        (found.before_notice, f"before the {review.lead_weeks} weeks of notice are over"),
        (found.over_weekend_or_holiday, "that run into a weekend or holiday"),
        (found.interviewees_away, "on which people to be interviewed are away"),
        (found.beyond_window, "too near its end"),
    ]
    told = ", ".join(f"{count} {text}" for count, text in counted if count)
    window = f"{review.earliest:%d %b %Y} to {review.latest:%d %b %Y}"
    return f"Its window, {window}, has no day on which {review.days} days of review could begin: of its days {told}."


def crowded_reasons(problem: ReviewProblem, whole: Candidate, left: Candidate, taken: Taken) -> Iterator[str]:
    """Reasons that lie in what else is placed."""
    review = whole.review
    lost = sum(not has_room(problem, review, first, taken) for first in whole.firsts)
    if lost:
        yield f"The rooms in {review.region} are taken on {lost} of {len(whole.firsts)} possible first days."
    lost = sum(not is_apart(review, first, taken) for first in whole.firsts)
    if lost:
        yield f"Another review asks the same people on {lost} of {len(whole.firsts)} possible first days."
    if not left.firsts:
        return
    for place, first in enumerate(left.firsts):
        there = [person for person in left.people if place in person.at]
        if len(there) >= 1 + review.members and any(person.leads for person in there):
            continue
        free = sum(person.leads for person in there)
        yield f"On {first:%d %b %Y} {len(there)} people are free, of whom {free} may lead; it needs {1 + review.members}."
        return
    yield "On no day do the people who are free hold all its skills between them."


class Trials:
    """Changes that are tried beside what is `taken`; who is there on which days is asked once for all of them."""

    def __init__(self, problem: ReviewProblem, taken: Taken, presence: Presence) -> None:
        self.problem, self.taken, self.presence = problem, taken, presence

    def remedies(self, review: Review) -> Iterator[str]:
        """Changes, one at a time, that were tried and free it."""
        yield from self.wider_windows(review)
        if review.needs_room and self.fits(replace(review, needs_room=False)) is not None:
            yield f"One more room in {review.region}."
        if review.host and self.fits(replace(review, host="")) is not None:
            yield "Holding it while another review asks the same people."
        if review.members and self.fits(replace(review, members=review.members - 1)) is not None:
            yield "A team of one fewer."
        for skill in sorted(review.skills):
            if self.fits(replace(review, skills=review.skills - {skill})) is not None:
                yield f"One more reviewer with {skill}, or doing without it."
        if review.level > 1 and self.fits(replace(review, level=review.level - 1)) is not None:
            yield f"A leader of accreditation {review.level - 1}."
        if review.closed and self.fits(replace(review, closed=frozenset())) is not None:
            yield "People to be interviewed who can be there on more days."
        if review.turn and self.fits(replace(review, turn="")) is not None:
            yield "Letting somebody who is in its other reviews do so again."
        if review.barred and self.fits(replace(review, barred=frozenset())) is not None:
            yield "Letting somebody who reviewed it before do so again."
        yield from self.by_one_more(review)

    def wider_windows(self, review: Review) -> Iterator[str]:
        """The smallest of some widenings of the window, at its end and at its beginning."""
        for weeks in WEEKS_TRIED:
            first = self.fits(replace(review, latest=review.latest + timedelta(weeks=weeks)))
            if first is not None:
                yield f"A window that ends {number(weeks, 'week')} later: it could begin on {first.first:%d %b %Y}."
                break
        for weeks in WEEKS_TRIED:
            first = self.fits(replace(review, earliest=review.earliest - timedelta(weeks=weeks)))
            if first is not None:
                yield f"A window that begins {number(weeks, 'week')} earlier: it could begin on {first.first:%d %b %Y}."
                break

    def by_one_more(self, review: Review) -> Iterator[str]:
        """One more reviewer on the list who is free whenever it is held: a member, or else a leader."""
        member = Reviewer(id=NEW, skills=review.skills)
        for added, text in (
            (member, "reviewer"),
            (replace(member, level=review.level, may_lead=True), f"leader of accreditation {review.level}"),
        ):
            if self.fits(review, replace(self.problem, reviewers=(*self.problem.reviewers, added))) is not None:
                yield f"One more {text} who is free in its window."
                return

    def fits(self, review: Review, problem: ReviewProblem | None = None) -> Placement | None:
        """A placement of the changed review beside the others, where there is one."""
        changed = replace(problem or self.problem, reviews=(review,), fixed=(), agreed=())
        found = candidate(changed, review, self.presence)
        return place_alone(beside(changed, found, self.taken), Costs(changed), self.taken.counts)


def number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
