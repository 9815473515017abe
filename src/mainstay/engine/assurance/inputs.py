"""What is scheduled: reviews with their windows, reviewers with what they can and may do, rooms, and what counts how much.

Ids only; days are dates. Nothing here knows of a database. The whole is checked when it is made.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from mainstay.engine.assurance.errors import ReviewError


@dataclass(frozen=True, slots=True)
class Placement:
    """A review on its days with its team; of an agreed one that has days only, the leader is an empty text."""

    review: str
    first: date
    leader: str
    members: tuple[str, ...] = ()

    @property
    def team(self) -> tuple[str, ...]:
        """The leader, then the members."""
        return (self.leader, *self.members) if self.leader else self.members


@dataclass(frozen=True, slots=True)
class Limit:
    """The most review days that somebody gives from a first to a last day, both included: of a month, or of a financial year."""

    first: date
    last: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A review that is wanted.

    Attributes
    ----------
    earliest, latest
        First day and last day of the window: the review begins and ends within it.
    preferred
        The first day that would suit best; every day away from it costs.
    days
        Consecutive days that the review takes, 1 to 5, within one week and with no holiday among them.
    lead_weeks
        Weeks from today to the first day at least: the assessment meeting comes before, and people need notice.
    members
        How many reviewers beside the leader.
    level
        The accreditation that its leader holds at least.
    skills
        Each of them is held by somebody in the team.
    region, needs_room
        Where it is held, and whether one of that region's rooms is needed.
    interests
        Departments, programmes and suppliers that a reviewer must have nothing to do with.
    barred
        Reviewers who may not take part: they reviewed it before, and their turn is over.
    closed
        Days on which it cannot be held, because those to be interviewed are away.
    importance
        How much it matters that it is held, 1 to 100.
    host
        Whose people are interviewed: two reviews of one host are never held on the same day. Empty is nobody else's.
    turn
        What is looked at again and again: nobody is in more of its reviews than could be were they never in more than
        `ReviewProblem.in_a_row` of them one after the other. Empty is nothing else's.
    """

    id: str
    earliest: date
    latest: date
    preferred: date
    days: int = 4
    lead_weeks: int = 12
    members: int = 2
    level: int = 1
    skills: frozenset[str] = frozenset()
    region: str = ""
    needs_room: bool = False
    interests: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    closed: frozenset[date] = frozenset()
    importance: int = 10
    host: str = ""
    turn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """Somebody who reviews.

    Attributes
    ----------
    level, may_lead
        Accreditation, and whether it lets them lead a team.
    regions
        Where they work; empty is everywhere. Elsewhere they can be asked, at a cost.
    away
        Days on which they are not to be had.
    since, until
        First and last day of their time on the list; None is no limit.
    most_reviews
        How many reviews of this calendar they can be given.
    rest_days
        Days by the calendar that they want between two reviews.
    interests
        Departments, programmes and suppliers that they have to do with.
    limits
        Spans of days within which they give no more than so many review days.
    """

    id: str
    level: int = 1
    may_lead: bool = False
    skills: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    away: frozenset[date] = frozenset()
    since: date | None = None
    until: date | None = None
    most_reviews: int = 12
    rest_days: int = 0
    interests: frozenset[str] = frozenset()
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much, in points. What is worth more than all else together is a rule instead, and is never broken."""

    unplaced: int = 1_000
    """A review that is not held, times its importance over 10."""
    day: int = 2
    """Each day by the calendar between the first day and the preferred one."""
    elsewhere: int = 15
    """Each reviewer who works in a region that is not theirs."""
    moved: int = 60
    """A review that was agreed and begins on another day than it did."""
    exchanged: int = 40
    """Each person in an agreed team who is replaced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewProblem:
    """All that a calendar is proposed from.

    Attributes
    ----------
    today
        Nothing is placed before it; what `fixed` holds may lie before it.
    holidays
        Days on which no review is held.
    rooms, rooms_used
        Region → how many reviews can be held there at once, and how many of them are used up: (region, day) → rooms.
    fixed
        Placements that stay as they are, whatever they cost.
    agreed
        Placements of the calendar in force: to be kept where that is possible.
    in_a_row, before
        How many reviews of one turn anybody may be in one after the other, and in how many of the last ones they were: (turn, reviewer) →
        reviews.

    Raises
    ------
    ReviewError
        One sentence: an id twice or unknown, a window that ends before it begins, a number outside its range.
    """

    today: date
    reviews: tuple[Review, ...]
    reviewers: tuple[Reviewer, ...]
    holidays: frozenset[date] = frozenset()
    rooms: Mapping[str, int] = field(default_factory=dict)
    rooms_used: Mapping[tuple[str, date], int] = field(default_factory=dict)
    fixed: tuple[Placement, ...] = ()
    agreed: tuple[Placement, ...] = ()
    in_a_row: int = 2
    before: Mapping[tuple[str, str], int] = field(default_factory=dict)
    weights: Weights = Weights()

    def __post_init__(self) -> None:
        unique("reviews", (review.id for review in self.reviews))
        unique("reviewers", (reviewer.id for reviewer in self.reviewers))
        unique("fixed placements", (placement.review for placement in self.fixed))
        unique("agreed placements", (placement.review for placement in self.agreed))
        for review in self.reviews:
            check_review(review)
        for reviewer in self.reviewers:
            if reviewer.most_reviews < 0 or reviewer.rest_days < 0:
                raise ReviewError(f"Reviewer {reviewer.id} has a negative number of reviews or of days between them; correct it.")
        reviews, reviewers = {review.id for review in self.reviews}, {reviewer.id for reviewer in self.reviewers}
        for placement in self.fixed:
            if placement.review not in reviews:
                raise ReviewError(f"Review {placement.review} is fixed but is not among the reviews; add it.")
            for name in placement.team:
                if name not in reviewers:
                    raise ReviewError(f"Review {placement.review} is fixed with {name}, who is not among the reviewers; add them.")


def check_review(review: Review) -> None:
    """Raise ReviewError where one review's own numbers cannot be."""
    if review.latest < review.earliest:
        raise ReviewError(f"The window of review {review.id} ends on {review.latest:%d %b %Y}, before it begins; correct its dates.")
    if not 1 <= review.days <= 5:
        raise ReviewError(f"Review {review.id} takes {review.days} days; a review takes 1 to 5.")
    if not 0 <= review.members <= 12:
        raise ReviewError(f"Review {review.id} has {review.members} members beside its leader; give 0 to 12.")
    if not 1 <= review.importance <= 100:
        raise ReviewError(f"Review {review.id} has the importance {review.importance}; give 1 to 100.")
    if review.lead_weeks < 0:
        raise ReviewError(f"Review {review.id} has a negative notice; give it in weeks from 0.")


def unique(what: str, ids: Iterable[str]) -> None:
    """Raise ReviewError where two have the same id."""
    doubled = next((name for name, count in Counter(ids).items() if count > 1), None)
    if doubled is not None:
        raise ReviewError(f"Two {what} are both called {doubled}; keep one of them.")
