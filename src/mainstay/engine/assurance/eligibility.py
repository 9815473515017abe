"""Who may review what: independence, turn, accreditation, and on which of the possible days they are there."""

from datetime import date

from mainstay.engine.assurance.days import days_of
from mainstay.engine.assurance.inputs import Review, Reviewer


def is_independent(review: Review, reviewer: Reviewer) -> bool:
    """Return whether the reviewer has nothing to do with the review's department, programme or suppliers."""
    return not review.interests & reviewer.interests


def may_take_part(review: Review, reviewer: Reviewer) -> bool:
    """Return whether the reviewer may be in the team, in whatever part."""
    return is_independent(review, reviewer) and reviewer.id not in review.barred and reviewer.most_reviews > 0


def may_lead(review: Review, reviewer: Reviewer) -> bool:
    """Return whether the reviewer may lead the team."""
    return reviewer.may_lead and reviewer.level >= review.level


def is_there(reviewer: Reviewer, first: date, days: int) -> bool:
    """Return whether the reviewer is to be had on all days of a review that begins then."""
    held = days_of(first, days)
    if reviewer.since is not None and held[0] < reviewer.since:
        return False
    if reviewer.until is not None and held[-1] > reviewer.until:
        return False
    return not any(day in reviewer.away for day in held)


def is_elsewhere(review: Review, reviewer: Reviewer) -> bool:
    """Return whether the review lies outside the regions in which the reviewer works."""
    return bool(review.region and reviewer.regions and review.region not in reviewer.regions)
