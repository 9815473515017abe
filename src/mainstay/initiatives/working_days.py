"""Which days are closed for an initiative: the bank holidays of its division, and what its offices add or take away."""

from collections.abc import Iterable
from datetime import date

from mainstay.engine.bank_holidays import FIRST_YEAR, LAST_YEAR, Division, add_working_days, bank_holidays, working_days_between
from mainstay.initiatives.initiative.model import Initiative
from mainstay.initiatives.standard.model import StandardKind
from mainstay.initiatives.standards import resolve

NAME = "bank-holidays"
"""The standard of kind calendar that says which division's holidays hold, and which days are closed or open besides."""


def closed_days(initiative: Initiative, years: Iterable[int]) -> frozenset[date]:
    """The closed days of these years; where no standard says otherwise, the bank holidays of England and Wales."""
    value = resolve(initiative, StandardKind.CALENDAR, NAME) or {}
    division = Division(value.get("division") or Division.ENGLAND_AND_WALES)
    found: set[date] = set()
    for year in years:
        if FIRST_YEAR <= year <= LAST_YEAR:
            found |= bank_holidays(year, division)
    found |= {date.fromisoformat(day) for day in value.get("closed", [])}
    return frozenset(found - {date.fromisoformat(day) for day in value.get("open", [])})


def working_day(initiative: Initiative, start: date, count: int) -> date:
    """The day `count` working days after `start` for this initiative."""
    reach = abs(count) // 200 + 1
    return add_working_days(start, count, closed_days(initiative, range(start.year - reach, start.year + reach + 1)))


def days_between(initiative: Initiative, start: date, finish: date) -> int:
    """How many working days `finish` lies after `start` for this initiative."""
    return working_days_between(start, finish, closed_days(initiative, range(min(start, finish).year, max(start, finish).year + 1)))
