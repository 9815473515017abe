"""One person in the linear programme: how many reviews of each length and region they begin in each week."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from mainstay.engine.assurance.candidates import Taken, days_within
from mainstay.engine.assurance.inputs import Limit, Reviewer
from mainstay.engine.assurance.programme import Programme

LONGEST: Final = 5
"""Days of the longest review."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The column that says how many reviews somebody begins."""

    reviewer: Reviewer
    column: int


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


class PersonWeeks:
    """The columns of one person: `columns` by week, length and region.

    Notes
    -----
    Of whole amounts ``x`` with ``sum(d x) <= L`` it also holds that ``sum(floor(d / k) x) <= floor(L / k)`` for every ``k``: two reviews
    of four days leave no room for a third of three in a month of ten days. This is asked of weeks and of limits.
    """

    def __init__(
        self,
        programme: Programme,
        reviewer: Reviewer,
        firsts: Mapping[tuple[date, int], Collection[date]],
        regions: Mapping[tuple[date, int], Sequence[str]],
    ) -> None:
        self.programme, self.reviewer, self.firsts = programme, reviewer, firsts
        self.columns: dict[tuple[date, int, str], int] = {}
        self.weeks: dict[date, list[tuple[int, int]]] = defaultdict(list)
        for (week, days), _firsts in sorted(firsts.items()):
            for region in regions[week, days]:
                column = self.columns[week, days, region] = programme.column(LONGEST // days)
                self.weeks[week].append((column, days))
        for parts in self.weeks.values():
            self.share(parts, LONGEST)

    def share(self, parts: Sequence[tuple[int, int]], days: int) -> None:
        """Ask of columns, each with the days that one of it takes, that they take no more than `days` together."""
        before: list[tuple[int, int]] = []
        for unit in range(1, LONGEST + 1):
            whole = [(column, each // unit) for column, each in parts if each // unit]
            if whole and whole != before:
                self.programme.row(whole, most=days // unit)
            before = whole

    def add_rest(self) -> None:
        """In weeks so near that their reviews always clash, one review together."""
        days = {
            week: [(first.toordinal(), length) for (of, length), firsts in self.firsts.items() if of == week for first in firsts]
            for week in self.weeks
        }
        latest = {week: max(first for first, _length in pairs) for week, pairs in days.items()}
        ready = {week: min(first + length for first, length in pairs) + self.reviewer.rest_days for week, pairs in days.items()}
        weeks = sorted(week for week in days if latest[week] < ready[week])
        for place, week in enumerate(weeks):
            near = [other for other in weeks[place:] if latest[other] < ready[week]]
            before = weeks[place - 1] if place else None
            if len(near) > 1 and (before is None or latest[near[-1]] >= ready[before]):
                self.programme.row([(column, 1) for other in near for column, _days in self.weeks[other]], most=1)

    def add_limits(self, taken: Taken) -> None:
        """Their reviews, and their days within each limit, counted from the first day that takes fewest."""
        reviewer = self.reviewer
        columns = list(self.columns.values())
        if columns:
            self.programme.row([(column, 1) for column in columns], most=max(reviewer.most_reviews - taken.counts[reviewer.id], 0))
        for limit in reviewer.limits:
            inside = {key: min(days_within(limit, first, key[1]) for first in firsts) for key, firsts in self.firsts.items()}
            parts = [(column, inside[week, days]) for (week, days, _region), column in self.columns.items() if inside[week, days]]
            left = self.left(limit, taken)
            if sum(days * (LONGEST // days) for _column, days in parts) > left:
                self.share(parts, max(left, 0))

    def left(self, limit: Limit, taken: Taken) -> int:
        return limit.days - sum(days_within(limit, *other) for other in taken.busy.get(self.reviewer.id, ()))
