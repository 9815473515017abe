"""Single cells: what is a figure, what says why there is none, and what must not be taken for a figure."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from mainstay.formats.portfolio.absence import absence, unread
from mainstay.formats.portfolio.amounts import MILLION, amount, scale_in, share
from mainstay.formats.portfolio.dates import day, is_month_first
from mainstay.formats.portfolio.readings import Amount, Colour, Why
from mainstay.formats.portfolio.scales import Scale, colour_of, scale_of


@pytest.mark.parametrize(
    ("text", "why", "sections"),
    [
        ("Exempt under Section 43 of the Freedom of Information Act 2000 (Commercial Interests)", Why.EXEMPT, ("43",)),
        (" Exempt under Sections 24 (National Security) and 31(1) (Law Enforcement) of the FoI Act (2000)", Why.EXEMPT, ("24", "31(1)")),
        ("Data exempt under section 27 and section 43 of the Freedom of Information Act (2000)", Why.EXEMPT, ("27", "43")),
        ("Exempt - Section 43(2) of Freedom of Information Act 2000", Why.EXEMPT, ("43(2)",)),
        ("Section 43 - Commercial interests", Why.EXEMPT, ("43",)),
        ("Early planning GMPP project \r\r\n\r\r\n(The project has not yet passed SOC)", Why.TOO_EARLY, ()),
        ("PNS", Why.TOO_EARLY, ()),
        ("DOER", Why.NOT_PROVIDED, ()),
        ("#N/A", Why.NOT_PROVIDED, ()),
        ("TBD", Why.NOT_PROVIDED, ()),
        ("The project is not in a position to provide this information.", Why.NOT_PROVIDED, ()),
        ("No DCA", Why.NOT_RATED, ()),
        ("Reset", Why.RESET, ()),
        ("n/a", Why.NOT_APPLICABLE, ()),
    ],
)
def test_a_cell_says_why_there_is_no_figure(text: str, why: Why, sections: tuple[str, ...]) -> None:
    found = absence(text)
    assert found is not None
    assert (found.why, found.sections) == (why, sections)
    assert amount(text, MILLION) is None
    assert day(text) is None


@pytest.mark.parametrize("text", ["Compared to financial year 22/23-Q4", "MOD_0001_1112-Q1", "43 of the Act", "2013/14", "12.5.3"])
def test_words_and_identifiers_are_no_amounts(text: str) -> None:
    assert amount(text, MILLION) is None
    assert unread(text).why in (Why.EXPLAINED, Why.UNREADABLE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("£1,139.18", "1139180000"),
        ("-39.5", "-39500000"),
        ("(3.5)", "-3500000"),
        ("-£2bn", "-2000000000"),
        ("£250m (2019 prices)", "250000000"),
        ("250k", "250000"),
        ("1.234,5", "1234500000"),
        ("12,5", "12500000"),
        (3.36, "3360000"),
        (8, "8000000"),
    ],
)
def test_an_amount_is_in_whole_pounds(text: str | float, expected: str) -> None:
    found = amount(text, MILLION)
    assert found is not None
    assert (found.value, found.low) == (Decimal(expected), None)


@pytest.mark.parametrize(
    ("text", "low", "middle", "high"),
    [
        ("Low: 2,750.00, Mid: 2,820.00, High: 3,100.00", 2750, 2820, 3100),
        ("£10m - £20m", 10, 15, 20),
        ("10–20", 10, 15, 20),
        ("between 10 and 20m", 10, 15, 20),
        ("£1.2bn to £1.5bn", 1200, 1350, 1500),
    ],
)
def test_a_range_keeps_its_ends(text: str, low: int, middle: int, high: int) -> None:
    found = amount(text, MILLION)
    assert isinstance(found, Amount)
    assert (found.low, found.value, found.high) == (low * MILLION, middle * MILLION, high * MILLION)


def test_units_come_from_headings() -> None:
    assert scale_in("Total budgeted whole life costs (£million)") == MILLION
    assert scale_in("TOTAL Baseline £\x81m".replace("\x81", "")) == MILLION
    assert scale_in("Budget, £000s") == 1000
    assert scale_in("Budget") is None


def test_shares() -> None:
    assert share("-6.00%") == Decimal("-0.06")
    assert share(0.05) == Decimal("0.05")
    assert share("No departmental narrative") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31.12.40", date(2040, 12, 31)),
        ("06/11/1987", date(1987, 11, 6)),
        ("2014-07-08", date(2014, 7, 8)),
        ("2012-06-29T00:00:00Z", date(2012, 6, 29)),
        ("11 June 2025", date(2025, 6, 11)),
        ("Mar 2026", date(2026, 3, 1)),
        ("5/02/2016 5:00:00 PM", date(2016, 2, 5)),
        (datetime(2020, 2, 1, 12), date(2020, 2, 1)),  # noqa: DTZ001  # cells have no zone
        (43862, date(2020, 2, 1)),
        ("31/02/2020", None),
        ("in the spring of 2020", None),
        ("2013/14", None),
    ],
)
def test_days(text: object, expected: date | None) -> None:
    assert day(text) == expected


def test_a_whole_column_tells_whether_the_month_is_first() -> None:
    assert is_month_first(["7/31/2025", "2/9/2024"])
    assert not is_month_first(["31/7/2025", "2/9/2024"])
    assert day("2/9/2024", month_first=True) == date(2024, 2, 9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Amber/ Red", Colour.AMBER_RED),
        ("Amber/red", Colour.AMBER_RED),
        ("GREEN", Colour.GREEN),
        ("A/G", Colour.AMBER_GREEN),
        ("Red / Green", None),
        ("No longer red", None),
        ("Reset", None),
    ],
)
def test_colours(text: str, expected: Colour | None) -> None:
    assert colour_of(text) is expected


def test_the_scale_is_told_by_halfway_colours_and_by_the_day() -> None:
    assert scale_of([Colour.AMBER, Colour.AMBER_RED], date(2022, 3, 31)) is Scale.DCA_5
    assert scale_of([Colour.AMBER], date(2022, 3, 31)) is Scale.DCA_3
    assert scale_of([Colour.AMBER], date(2008, 3, 31)) is Scale.OGC_RAG
    assert scale_of([Colour.AMBER], None) is Scale.STATUS_RAG
