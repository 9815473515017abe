"""Where reviewers are booked: all of it, in two queries, whatever place a calendar is proposed for."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from mainstay.assurance.member.availability import span, working_days
from mainstay.assurance.member.independence import financial_year
from mainstay.assurance.member.model import Member
from mainstay.assurance.models import Reviewer

Held = Mapping[int, list[Member]]
"""Reviewer → their booked places."""


def pool() -> list[Reviewer]:
    """Everybody who can be asked."""
    found = Reviewer.objects.filter(is_withdrawn=False, person__is_withdrawn=False)
    return [one for one in found.select_related("person").order_by("pk") if not one.person.has_left]


def booked() -> dict[int, list[Member]]:
    """Booked places in reviews that are not cancelled, by reviewer, in the order of their days."""
    rows = Member.objects.filter(state="booked", is_withdrawn=False, review__is_withdrawn=False).exclude(review__state="cancelled")
    found: dict[int, list[Member]] = defaultdict(list)
    for one in rows.select_related("review__initiative").order_by("review__starts_on", "pk"):
        found[one.reviewer_id].append(one)
    return found


def besides(held: Held, reviews: Collection[int]) -> dict[int, list[tuple[date, date]]]:
    """The spans of each reviewer's booked reviews without those named, which are placed anew."""
    found: dict[int, list[tuple[date, date]]] = {}
    for reviewer, places in held.items():
        spans = [span(one.review) for one in places if one.review_id not in reviews]
        found[reviewer] = [one for one in spans if one is not None]
    return found


def days_given(spans: Iterable[tuple[date, date]]) -> dict[tuple[int, int], int]:
    """Review days by year and month."""
    found: dict[tuple[int, int], int] = defaultdict(int)
    for one in spans:
        for day in working_days(*one):
            found[day.year, day.month] += 1
    return found


def days_in_year(months: Mapping[tuple[int, int], int], year: int) -> int:
    """Review days in the financial year that begins on 1 April of `year`."""
    return sum(days for (of, month), days in months.items() if financial_year(of, month) == year)


def teams(places: Iterable[Member]) -> dict[int, tuple[int | None, tuple[int, ...]]]:
    """Leader and members of each review that has anybody booked."""
    leaders: dict[int, int] = {}
    members: dict[int, list[int]] = defaultdict(list)
    for one in places:
        if one.part == "leader" and one.review_id not in leaders:
            leaders[one.review_id] = one.reviewer_id
        else:
            members[one.review_id].append(one.reviewer_id)
    return {pk: (leaders.get(pk), tuple(sorted(members[pk]))) for pk in {*leaders, *members}}
