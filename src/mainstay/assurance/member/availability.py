"""When a reviewer is to be had: days away, reviews booked, days a month."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from mainstay.assurance.member.model import Member


def span(review: Any) -> tuple[date, date] | None:
    """The days on which a review is held; None while they are not set."""
    return (review.starts_on, review.ends_on) if review.starts_on and review.ends_on else None


def working_days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day.weekday() < 5:
            yield day


def booked(reviewers: Iterable[int]) -> list[Member]:
    """The places of reviewers that are booked, in reviews that are not cancelled."""
    rows = Member.objects.filter(reviewer__in=list(reviewers), state="booked", is_withdrawn=False).exclude(review__state="cancelled")
    return list(rows.select_related("review__initiative").order_by("pk"))


def days_by_month(reviews: Iterable[Any]) -> dict[tuple[int, int], int]:
    """Review days by year and month."""
    found: dict[tuple[int, int], int] = {}
    for review in reviews:
        if held := span(review):
            for day in working_days(*held):
                found[day.year, day.month] = found.get((day.year, day.month), 0) + 1
    return found
