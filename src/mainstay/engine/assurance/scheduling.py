"""Propose a calendar of reviews: days and teams, what has no place and why, what moves from the calendar in force, how good it is."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from mainstay.engine.assurance.candidates import Presence
from mainstay.engine.assurance.explaining import Unplaced, explain
from mainstay.engine.assurance.inputs import Placement, ReviewProblem
from mainstay.engine.assurance.search import Search, Told

SECONDS: Final = 60.0
REBUILDINGS_A_SECOND: Final = 20_000
"""What a usual core does: so many are made for each second given, however fast the machine, so that the answer is the same on each."""


@dataclass(frozen=True, slots=True)
class Move:
    """What a proposal changes of an agreed placement: the day it was and is (None where it has no place now), who leaves and who joins."""

    review: str
    was: date
    now: date | None
    leaves: tuple[str, ...]
    joins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A calendar.

    Attributes
    ----------
    placements
        By first day, fixed ones among them.
    unplaced
        Reviews without a place, with reasons and remedies.
    moves
        Agreed placements that are not kept whole.
    points, bound
        What the calendar costs by the weights, and what none can cost less than.
    """

    placements: tuple[Placement, ...]
    unplaced: tuple[Unplaced, ...]
    moves: tuple[Move, ...]
    points: int
    bound: int
    seconds: float

    @property
    def gap(self) -> float:
        """Share of the points that may still be saved: 0 where the calendar is proven best."""
        return (self.points - self.bound) / self.points if self.points else 0.0


def propose(
    problem: ReviewProblem,
    *,
    seed: int = 1,
    seconds: float = SECONDS,
    stopped: Callable[[], bool] | None = None,
    tell: Told | None = None,
) -> Proposal:
    """Propose a calendar.

    Parameters
    ----------
    problem
        See `ReviewProblem`.
    seed
        The same problem, seed and seconds give the same calendar, unless the time ends first.
    seconds
        Time by the clock after which the best calendar so far is returned.
    stopped
        Asked often; when it says so, the best calendar so far is returned.
    tell
        Told the points and the bound whenever the calendar gets better.

    Notes
    -----
    Reviews that are near in time are taken out and put in again where they cost least, thousands of times a second; then groups that
    compete are placed anew, each exactly, until nothing more is gained. Meanwhile a linear programme, in which reviews and people may be
    held in parts, gives the bound.

    Examples
    --------
    >>> from datetime import date
    >>> from mainstay.engine.assurance.inputs import Review, Reviewer
    >>> gate = Review(id="G3", earliest=date(2027, 3, 1), latest=date(2027, 3, 26), preferred=date(2027, 3, 8), members=0)
    >>> problem = ReviewProblem(today=date(2026, 11, 30), reviews=(gate,), reviewers=(Reviewer(id="Ash", may_lead=True),))
    >>> propose(problem).placements
    (Placement(review='G3', first=datetime.date(2027, 3, 8), leader='Ash', members=()),)
    """
    begun = time.monotonic()

    def is_over() -> bool:
        return time.monotonic() - begun >= seconds or (stopped is not None and stopped())

    search = Search(problem, seed, is_over, tell, rebuildings=int(seconds * REBUILDINGS_A_SECOND))
    search.run()
    presence = Presence()
    placements = tuple(sorted(search.best.values(), key=lambda placement: (placement.first, placement.review)))
    return Proposal(
        placements,
        tuple(explain(problem, review, placements, presence) for review in problem.reviews if review.id not in search.best),
        tuple(moves(problem, search.best)),
        search.points,
        min(search.bound, search.points),
        time.monotonic() - begun,
    )


def moves(problem: ReviewProblem, best: dict[str, Placement]) -> list[Move]:
    """Return what changes of the agreed placements whose reviews are still wanted."""
    wanted = {review.id for review in problem.reviews}
    found = []
    for agreed in problem.agreed:
        now = best.get(agreed.review)
        if agreed.review not in wanted or now == agreed:
            continue
        team = set(now.team) if now is not None else set()
        leaves, joins = sorted(set(agreed.team) - team), sorted(team - set(agreed.team))
        if now is None or now.first != agreed.first or leaves or joins:
            found.append(Move(agreed.review, agreed.first, now.first if now is not None else None, tuple(leaves), tuple(joins)))
    return found
