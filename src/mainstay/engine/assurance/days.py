"""The days on which a review can begin, and why others are not among them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from mainstay.engine.assurance.inputs import Review, ReviewProblem
from mainstay.engine.bank_holidays import is_working_day


@dataclass(frozen=True, slots=True)
class Starts:
    """First days within the window, and how many days each rule took from it."""

    possible: tuple[date, ...]
    before_notice: int = 0
    over_weekend_or_holiday: int = 0
    interviewees_away: int = 0
    beyond_window: int = 0


def days_of(first: date, days: int) -> tuple[date, ...]:
    """Return the days that a review takes from its first."""
    return tuple(first + timedelta(days=step) for step in range(days))


def is_run(first: date, days: int, closed: Collection[date]) -> bool:
    """Return whether so many days in a row are all working days."""
    return all(is_working_day(day, closed) for day in days_of(first, days))


def starts(review: Review, problem: ReviewProblem) -> Starts:
    """Return the first days on which the review could be held, were there reviewers and rooms enough."""
    notice = problem.today + timedelta(weeks=review.lead_weeks)
    possible = []
    early = weekend = away = beyond = 0
    for step in range((review.latest - review.earliest).days + 1):
        day = review.earliest + timedelta(days=step)
        if day + timedelta(days=review.days - 1) > review.latest:
            beyond += 1
        elif not is_run(day, review.days, problem.holidays):
            weekend += 1
        elif day < notice or day < problem.today:
            early += 1
        elif any(each in review.closed for each in days_of(day, review.days)):
            away += 1
        else:
            possible.append(day)
    return Starts(tuple(possible), early, weekend, away, beyond)


def assessment_window(first: date) -> tuple[date, date]:
    """Return the first and last day for the assessment meeting: fourteen to twelve weeks before the review begins.

    References
    ----------
    Northern Ireland Gateway review process, Department of Finance: the meeting is held 12 to 14 weeks before the review.
    """
    return first - timedelta(weeks=14), first - timedelta(weeks=12)
