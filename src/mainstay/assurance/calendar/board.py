"""The board of reviewers: who has how many review days in each month or week, against their limits, days away, and two places at once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.assurance.calendar.period import Period
from mainstay.assurance.day_lists import days_in
from mainstay.assurance.member.availability import span, working_days
from mainstay.assurance.member.independence import financial_year
from mainstay.assurance.member.register import MemberRegister
from mainstay.assurance.models import Reviewer
from mainstay.assurance.proposal import bookings
from mainstay.assurance.review.register import ReviewRegister
from mainstay.assurance.reviewer.register import ReviewerRegister
from mainstay.register.access import may, visible_to
from mainstay.register.words import day

MOST = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """A month or week of one reviewer: review days, the most they give (None by week), working days away, what stands in it."""

    days: int
    most: int | None
    away: int
    told: str
    is_doubled: bool = False

    @property
    def is_over(self) -> bool:
        return self.most is not None and self.days > self.most

    @property
    def is_wrong(self) -> bool:
        return self.is_over or self.is_doubled

    @property
    def text(self) -> str:
        if not self.days:
            return ""
        return _("%(days)d over %(most)d") % {"days": self.days, "most": self.most} if self.is_over else str(self.days)

    @property
    def shade(self) -> str:
        """By share of the limit; a week has five days."""
        share = self.days / max(self.most if self.most is not None else 5, 1)
        return "heat1" if share <= 0.5 else "heat2" if share < 1 else "heat3"


@dataclass(frozen=True, slots=True)
class Line:
    """A reviewer: their cells, days in the financial year of the period's first day, and places at the same time."""

    reviewer: Reviewer
    cells: tuple[Cell, ...]
    year_days: int
    doubled: tuple[str, ...]

    @property
    def role(self) -> str:
        part = _("leader") if self.reviewer.may_lead else _("member")
        return f"{part} {self.reviewer.level}"

    @property
    def is_full(self) -> bool:
        return self.year_days >= self.reviewer.days_a_year


def board(account: Account | None, period: Period) -> list[Line]:
    """The pool, for whoever may see it. Reviews that the reader may not see count for those only who book, and are not named."""
    if not may(account, "view", ReviewerRegister) or not may(account, "view", MemberRegister):
        return []
    held = bookings.booked()
    names = {one.review_id for places in held.values() for one in places}
    seen = set(visible_to(account, ReviewRegister).filter(pk__in=names).values_list("pk", flat=True))
    books = may(account, "create", MemberRegister)
    lines = []
    for reviewer in bookings.pool()[:MOST]:
        spans = [(found, one.review) for one in held.get(reviewer.pk, []) if (found := span(one.review))]
        known = [(found, review if review.pk in seen else None) for found, review in spans if books or review.pk in seen]
        lines.append(line(reviewer, known, period))
    return sorted(lines, key=lambda one: (not one.reviewer.may_lead, -one.reviewer.level, one.reviewer.title))


def line(reviewer: Reviewer, spans: Sequence[tuple[tuple[date, date], Any]], period: Period) -> Line:
    away = days_in(reviewer.away)
    by_day: dict[date, list[Any]] = defaultdict(list)
    for (first, last), review in spans:
        for each in working_days(first, last):
            by_day[each].append(review)
    cells = []
    for begin, end in period.steps():
        days = [each for each in sorted(by_day) if begin <= each <= end]
        gone = sum(begin <= each <= end and each.weekday() < 5 for each in away)
        most = None if period.is_by_week else reviewer.most_days
        told = words(reviewer, [(found, review) for found, review in spans if found[0] <= end and found[1] >= begin], gone)
        cells.append(Cell(sum(len(by_day[each]) for each in days), most, gone, told, any(len(by_day[each]) > 1 for each in days)))
    year = financial_year(period.first.year, period.first.month)
    given = bookings.days_given(found for found, _review in spans)
    return Line(reviewer, tuple(cells), bookings.days_in_year(given, year), tuple(doubled(spans)))


def called(review: Any) -> str:
    return f"{review.short} {review.initiative.title}" if review is not None else _("a review elsewhere")


def words(reviewer: Reviewer, spans: Sequence[tuple[tuple[date, date], Any]], away: int) -> str:
    told = [f"{called(review)}, {day(first)} – {day(last)}" for (first, last), review in spans]
    told += [_("away on %(days)d working days") % {"days": away}] if away else []
    return f"{reviewer.title}: {'; '.join(told)}"


def doubled(spans: Sequence[tuple[tuple[date, date], Any]]) -> list[str]:
    """Two reviews on the same day, one sentence each."""
    ordered = sorted(spans, key=lambda one: one[0])
    return [
        _("%(one)s and %(other)s both on %(day)s") % {"one": called(one[1]), "other": called(other[1]), "day": day(other[0][0])}
        for one, other in pairwise(ordered)
        if other[0][0] <= one[0][1]
    ]
