"""Portfolios of other publishers, counted a second way with the csv module; and tables of anything, which never end in a trace."""

import csv
import re
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.formats.errors import FormatError
from mainstay.formats.kinds import FileKind
from mainstay.formats.portfolio import Absent, Field, Why, read, read_book, telling, totals
from mainstay.formats.spreadsheet import Row, Sheet, Workbook
from tests.shared_data import shared_data


def test_school_buildings_with_codes_in_place_of_dates_and_amounts() -> None:
    path = shared_data("nyc-sca-capital") / "first-2000-rows.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    found = read(path)
    assert len(found.entries) == len(rows) == 2000
    plain = [row["Project Budget Amount"] for row in rows if row["Project Budget Amount"].isdigit()]
    total = totals(found)[Field.COST]
    assert (total.value, total.published) == (sum(map(Decimal, plain)), len(plain))
    assert found.unit == "whole units"
    starts = [entry.reading(Field.START) for entry in found.entries]
    not_started = [each for each in starts if isinstance(each, Absent) and each.why is Why.TOO_EARLY]
    assert len(not_started) == sum(row["Project Phase Actual Start Date"] == "PNS" for row in rows)
    for entry, row in zip(found.entries, rows, strict=True):
        if match := re.fullmatch(r"(\d+)/(\d+)/(\d+)", row["Project Phase Actual Start Date"]):
            day = entry.day(Field.START)
            assert day is not None
            assert (day.month, day.day, day.year) == tuple(map(int, match.groups()))
    assert found.unread == ()


def test_a_bank_s_projects_below_a_title_row() -> None:
    found = read(shared_data("world-bank") / "2012_WB_Projects_1_500_downloaded_9_22_2022.xlsx")
    assert (len(found.entries), found.year) == (500, 2022)
    total = totals(found)[Field.COST]
    assert (total.published, total.unpublished, total.absent) == (499, 1, {"empty": 1})
    assert found.entries[0].text(Field.ID) == "P129581"
    assert found.unread == ()


def test_a_register_of_thirty_with_dates_in_words() -> None:
    found = read(shared_data("au-major-projects") / "Australia Projects.csv")
    assert len(found.entries) == 30
    assert all(entry.day(Field.END) for entry in found.entries)


CELLS = st.one_of(
    st.none(),
    st.text(max_size=30).map(lambda text: text.strip() or None),
    st.sampled_from(["Amber", "Exempt", "31/12/2020", "£1m", "Low: 1, High: 2", "9" * 60, "-", "Section 43", "1-2", "00/00/0000"]),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
)
HEADINGS = st.sampled_from(
    ["Project name", "ID", "DCA", "Start date", "End date", "Whole life cost £m", "Year", "SRO DCA", "Budget variance %", "x"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(HEADINGS, min_size=2, max_size=6), st.lists(st.lists(CELLS, max_size=7), max_size=6))
def test_whatever_stands_in_cells_is_read_or_told(headings: list[str], lines: list[list[object]]) -> None:
    rows = [Row(number, tuple(values)) for number, values in enumerate([headings, *lines], 1)]  # type: ignore[arg-type]
    try:
        found = read_book(Workbook(FileKind.XLSX, (Sheet("Data", tuple(rows)),)), "anything.xlsx")
    except FormatError as fault:
        assert str(fault)
        return
    document = telling.document(found)
    assert document["projects"] == len(found.entries) > 0
    assert all(total.published + sum(total.absent.values()) == total.projects for total in totals(found).values())
