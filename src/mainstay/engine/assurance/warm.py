"""Compiles the loops of the calendar once for this machine, so that nobody waits for it later."""

from datetime import date, timedelta

from mainstay.engine.assurance.inputs import Limit, Review, Reviewer, ReviewProblem
from mainstay.engine.assurance.scheduling import propose


def warm() -> None:
    """A tiny problem that reaches every loop."""
    first, last = date(2027, 3, 1), date(2027, 3, 26)
    reviews = tuple(
        Review(id=str(number), earliest=first, latest=last, preferred=first, members=1, skills=frozenset({"digital"}), host="H", turn="H")
        for number in range(2)
    )
    limit = Limit(first, last, 8)
    reviewers = tuple(Reviewer(id=name, may_lead=True, skills=frozenset({"digital"}), limits=(limit,)) for name in ("Ash", "Elm", "Fir"))
    propose(ReviewProblem(today=first - timedelta(weeks=20), reviews=reviews, reviewers=reviewers))
