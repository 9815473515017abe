"""Bank holidays against published lists, and working days against counting them one by one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainstay.engine.bank_holidays import Division, add_working_days, bank_holidays, easter_sunday, is_working_day, working_days_between
from mainstay.engine.errors import EngineError

NORTHERN_IRELAND = {
    2024: "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26",
    2025: "01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26",
    2026: "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28",
    2027: "01-01 03-17 03-26 03-29 05-03 05-31 07-12 08-30 12-27 12-28",
    2028: "01-03 03-17 04-14 04-17 05-01 05-29 07-12 08-28 12-25 12-26",
    2029: "01-01 03-19 03-30 04-02 05-07 05-28 07-12 08-27 12-25 12-26",
}
ENGLAND = {
    2012: "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
}


def days(year: int, text: str) -> set[date]:
    return {date.fromisoformat(f"{year}-{part}") for part in text.split()}


@pytest.mark.parametrize("year", NORTHERN_IRELAND)
def test_northern_ireland(year: int) -> None:
    assert bank_holidays(year, Division.NORTHERN_IRELAND) == days(year, NORTHERN_IRELAND[year])


@pytest.mark.parametrize("year", ENGLAND)
def test_england_with_its_exceptions(year: int) -> None:
    assert bank_holidays(year, Division.ENGLAND_AND_WALES) == days(year, ENGLAND[year])


@pytest.mark.parametrize("day", ["1961-04-02", "2000-04-23", "2011-04-24", "2038-04-25", "2285-03-22"])
def test_easter(day: str) -> None:
    assert easter_sunday(int(day[:4])) == date.fromisoformat(day)


@given(st.integers(2011, 2199), st.sampled_from(Division))
def test_holidays_are_weekdays_and_none_is_lost(year: int, division: Division) -> None:
    found = bank_holidays(year, division)
    assert all(day.weekday() < 5 and day.year == year for day in found)
    assert len(found) >= (10 if division == Division.NORTHERN_IRELAND else 8)


def test_a_year_that_is_not_known_is_refused() -> None:
    with pytest.raises(EngineError, match="not for 1999"):
        bank_holidays(1999, Division.NORTHERN_IRELAND)


@given(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.integers(-300, 300))
def test_working_days_are_counted_as_they_are_added(start: date, count: int) -> None:
    closed = frozenset().union(*(bank_holidays(year, Division.NORTHERN_IRELAND) for year in range(2021, 2032)))
    there = add_working_days(start, count, closed)
    assert is_working_day(there, closed)
    first, last = min(start, there), max(start, there)
    by_hand = sum(is_working_day(first + timedelta(days=step), closed) for step in range(1, (last - first).days + 1))
    assert abs(working_days_between(start, there, closed)) == by_hand
    if is_working_day(start, closed):
        assert working_days_between(start, there, closed) == count
