"""Reviewers as the engine takes them: what they can, when they are there, and how much of their days is left."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from mainstay.assurance.day_lists import days_in
from mainstay.assurance.member.independence import financial_year, parts
from mainstay.assurance.proposal.bookings import days_given, days_in_year
from mainstay.engine.assurance.inputs import Limit, Reviewer

Span = tuple[date, date]


def reviewer(row: Any, spans: Sequence[Span], first: date, last: date, ties: Iterable[str]) -> Reviewer:
    """One reviewer for a calendar from `first` to `last`; `spans` are the reviews that they have and keep."""
    limits = tuple(limits_of(row, spans, first, last))
    return Reviewer(
        id=str(row.pk),
        level=row.level,
        may_lead=row.may_lead,
        skills=frozenset(parts(row.skills)),
        regions=frozenset(parts(row.regions)),
        away=frozenset(away(row, spans)),
        until=row.accredited_until,
        most_reviews=sum(limit.days for limit in limits if limit.last - limit.first > timedelta(days=31)),
        rest_days=row.rest_days,
        interests=frozenset({*parts(row.interests), *ties}),
        limits=limits,
    )


def away(row: Any, spans: Iterable[Span]) -> Iterable[date]:
    """Days away, days of reviews that they keep, and the rest around these."""
    yield from days_in(row.away)
    for begin, end in spans:
        for step in range(-row.rest_days, (end - begin).days + row.rest_days + 1):
            yield begin + timedelta(days=step)


def limits_of(row: Any, spans: Iterable[Span], first: date, last: date) -> Iterable[Limit]:
    """What is left of their days in each month and each financial year that the calendar touches."""
    given = days_given(spans)
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        year, month = number // 12, number % 12 + 1
        yield Limit(date(year, month, 1), after_month(year, month), max(row.most_days - given.get((year, month), 0), 0))
    for year in range(financial_year(first.year, first.month), financial_year(last.year, last.month) + 1):
        yield Limit(date(year, 4, 1), date(year + 1, 3, 31), max(row.days_a_year - days_in_year(given, year), 0))


def after_month(year: int, month: int) -> date:
    """Its last day."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
