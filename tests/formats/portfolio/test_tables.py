"""Tables of every shape: title rows, two header rows, transposed, units in a row of their own, notes and totals among the projects."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from mainstay.formats.errors import TableError
from mainstay.formats.kinds import FileKind
from mainstay.formats.portfolio import Absent, Amount, Field, Mapping, Publication, Rated, Why, read, read_book, totals
from mainstay.formats.portfolio.headings import field_of
from mainstay.formats.portfolio.readings import Colour
from mainstay.formats.spreadsheet import Row, Sheet, Value, Workbook
from mainstay.formats.spreadsheet import read as read_table
from tests.shared_data import shared_data

HEADINGS = ["Project name", "Department", "IPA Delivery_x000D_\nConfidence Assessment", "SRO Delivery Confidence Assessment"]
MONEY = ["Whole Life Cost TOTAL Baseline £m", "Departmental narrative on variance for 2013/14"]
ROWS: list[list[Value]] = [
    ["Quay Wall", "PORTS", "Amber", None, 120.5, "Compared to 22/23-Q4 nothing moved"],
    ["Ferry Slip", "PORTS", None, "Red", "Exempt under Section 43 of the Freedom of Information Act 2000", ""],
    ["Harbour Light", "LIGHTS", "Green", None, "Low: 10, Mid: 12, High: 20", ""],
]


def book(lines: Sequence[Sequence[Value]], name: str = "Data") -> Workbook:
    rows = tuple(Row(number, tuple(values)) for number, values in enumerate(lines, 1) if any(value is not None for value in values))
    return Workbook(FileKind.XLSX, (Sheet(name, rows),))


def turned(lines: Sequence[Sequence[Value]]) -> list[list[Value]]:
    return [list(values) for values in zip(*lines, strict=True)]


def assert_read(found: Publication) -> None:
    assert [entry.name for entry in found.entries] == ["Quay Wall", "Ferry Slip", "Harbour Light"]
    assert [entry.rated for entry in found.entries] == [Rated(Colour.AMBER), Rated(Colour.RED), Rated(Colour.GREEN)]
    assert found.entries[0].amount(Field.COST) == Amount(Decimal("120500000"), currency="£")
    exempt = found.entries[1].reading(Field.COST)
    assert isinstance(exempt, Absent)
    assert (exempt.why, exempt.sections) == (Why.EXEMPT, ("43",))
    total = totals(found)[Field.COST]
    assert (total.value, total.low, total.high) == (Decimal("132500000"), Decimal("130500000"), Decimal("140500000"))
    assert (total.published, total.unpublished, total.absent) == (2, 1, {"exempt": 1})
    assert found.unread == ()


def test_rows_below_title_rows() -> None:
    found = read_book(book([["Harbour board, projects at June 2024"], [None], HEADINGS + MONEY, *ROWS]), "projects.xlsx")
    assert_read(found)
    assert found.year == 2024
    assert found.entries[0].place == "Data, cell A4"


def test_columns_as_projects() -> None:
    found = read_book(book(turned([HEADINGS + MONEY, *ROWS])), "projects.xlsx")
    assert_read(found)
    assert found.is_transposed
    assert found.entries[1].place == "Data, cell C1"


def test_two_header_rows_where_one_heading_spans_several_columns() -> None:
    lines: list[list[Value]] = [
        ["Project name", "Department", "Delivery Confidence Assessment", None, "Whole Life Cost, £m", None],
        [None, None, "IPA", "SRO", "TOTAL Baseline", "Narrative"],
        *ROWS,
    ]
    found = read_book(book(lines), "projects.xlsx")
    assert_read(found)
    assert found.header_lines == 2
    assert found.columns[5].field is Field.COST_NARRATIVE


def test_units_in_a_row_of_their_own() -> None:
    lines: list[list[Value]] = [
        ["Project name", "Department", "DCA", "SRO DCA", "Whole life cost", "Cost narrative"],
        ["", "", "", "", "£m", ""],
        *ROWS,
    ]
    found = read_book(book([[value or None for value in line] for line in lines]), "projects.xlsx")
    assert found.entries[0].amount(Field.COST) == Amount(Decimal("120500000"), currency="£")
    assert len(found.entries) == 3


def test_totals_notes_and_repeated_headings_are_no_projects() -> None:
    lines = [HEADINGS + MONEY, *ROWS[:2], HEADINGS + MONEY, ROWS[2], ["Total", None, None, None, 132.5], ["Source: the harbour board"]]
    found = read_book(book(lines), "projects.xlsx")
    assert_read(found)
    assert any("a total" in text for text in found.remarks)
    assert any("taken for a note" in text for text in found.remarks)


def test_every_cell_that_says_no_figure_is_told_with_its_place() -> None:
    lines = [[*HEADINGS, "Start date", "Whole life cost £m"], ["Quay Wall", "PORTS", "Purple", None, "31/02/2020", "59,173,700"]]
    found = read_book(book(lines), "projects.xlsx")
    assert [each.place for each in found.unread] == ["Data, cell C2", "Data, cell E2", "Data, cell F2"]
    assert "not a rating" in found.unread[0].text
    assert "not a date" in found.unread[1].text
    assert "Check the unit" in found.unread[2].text


def test_a_unit_that_nothing_names_is_told_from_the_size_and_can_be_corrected() -> None:
    large: list[list[Value]] = [["Project name", "Project budget"], ["Quay Wall", 7_724_250], ["Ferry Slip", 343_300]]
    found = read_book(book(large), "projects.xlsx")
    assert totals(found)[Field.COST].value == 8_067_550
    assert any("No heading says the unit" in text for text in found.remarks)
    thousands = read_book(book(large), "projects.xlsx", Mapping(unit=Decimal(1000)))
    assert totals(thousands)[Field.COST].value == 8_067_550_000


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Whole Life Cost TOTAL Baseline £m (2024/25 real prices)", "2024/25 prices"),
        ("Whole life cost, real terms, FY 2024-25, £m", "2024/25 prices"),
        ("Whole life cost £m, nominal", "nominal"),
        ("Whole life cost £m", ""),
    ],
)
def test_the_price_base_of_money_is_kept(heading: str, expected: str) -> None:
    narrative = "Departmental narrative on whole life costs in 2019 prices"
    found = read_book(book([["Project name", heading, narrative], ["Quay Wall", 10, "x"]]), "projects.xlsx")
    assert found.price_base == expected


def test_a_workbook_with_merged_headings_hidden_and_several_sheets(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Projects"
    sheet.append(["Harbour board: projects and programmes"])
    sheet.append(
        ["Project name", "Delivery Confidence Assessment", None, "Whole life cost", "Project - End Date_x000D_\n(Latest approved end date)"]
    )
    sheet.append([None, "IPA", "SRO", "TOTAL Baseline £m", None])
    sheet.append(["Quay Wall", "Amber", None, 120.5, date(2026, 3, 31)])
    sheet.append(["Ferry Slip", None, "Red", "Exempt under Section 43 of the Freedom of Information Act 2000", "TBC"])
    for cells in ("A2:A3", "B2:C2", "E2:E3"):
        sheet.merge_cells(cells)
    hidden = made.create_sheet("Old")
    hidden.sheet_state = "hidden"
    other = made.create_sheet("Small projects")
    for each in (hidden, other):
        each.append(["Project name", "Start date"])
        each.append(["Jetty", date(2024, 4, 1)])
    path = tmp_path / "projects.xlsx"
    made.save(path)
    found = read(path)
    assert [entry.name for entry in found.entries] == ["Quay Wall", "Ferry Slip"]
    assert (found.sheet, found.other_sheets, found.header_lines) == ("Projects", ("Small projects",), 2)
    assert [entry.rated for entry in found.entries] == [Rated(Colour.AMBER), Rated(Colour.RED)]
    assert found.entries[0].day(Field.END) == date(2026, 3, 31)
    assert found.entries[0].amount(Field.COST) == Amount(Decimal("120500000"), currency="£")
    assert found.entries[1].place == "Projects, cell A5"
    assert found.unread == ()
    assert read(path, mapping=Mapping(sheet="Small projects")).entries[0].name == "Jetty"


def test_a_mapping_corrects_what_a_heading_is() -> None:
    lines: list[list[Value]] = [["Project name", "FFC", "Project budget"], ["Quay Wall", 12, 10]]
    mapping = Mapping({"FFC": Field.COST}, unit=Decimal(1_000_000), as_at=date(2021, 6, 30))
    found = read_book(book(lines), "projects.xlsx", mapping)
    assert found.entries[0].amount(Field.COST) == Amount(Decimal(12_000_000))
    assert [column.field for column in found.columns] == [Field.NAME, Field.COST, None]
    assert found.as_at == date(2021, 6, 30)


def test_a_text_file_of_western_windows_with_semicolons(tmp_path: Path) -> None:
    path = tmp_path / "uk_2021.csv"
    path.write_bytes("project_name;department;colour_rating;wlc\nPont d’été – “Quay”;PORTS;Amber/red;£12,5\n".encode("cp1252"))
    found = read(path)
    assert (found.entries[0].name, found.year) == ("Pont d’été – “Quay”", 2021)
    assert found.entries[0].amount(Field.COST) == Amount(Decimal("12500000"), currency="£")


def test_what_is_no_table_of_projects_is_refused_with_a_sentence() -> None:
    with pytest.raises(TableError, match="No row or column names projects"):
        read_book(book([["Lunch", "Price"], ["Soup", 3]]), "menu.xlsx")
    with pytest.raises(TableError, match="no project stands under them"):
        read_book(book([["project_name", "department"], ["project_name", "department"]]), "names.xlsx")


@pytest.mark.parametrize("heading", ["Carrying amount narrative of arrears", "Status narrative on parties", "Endorsement", "Restarted"])
def test_parts_of_words_mean_nothing(heading: str) -> None:
    assert field_of(heading) not in {Field.START, Field.END, Field.RATING, Field.YEAR}


NAMES_OF_OTHERS = {
    "yearly_budget": Field.YEAR_BASELINE,
    "total_baseline": Field.YEAR_BASELINE,
    "yearly_forecast": Field.YEAR_FORECAST,
    "forecast_incl_NGC": Field.YEAR_FORECAST,
    "report_category": Field.CATEGORY,
    "rating_comment": Field.RATING_NARRATIVE,
    "variance_comment": Field.YEAR_NARRATIVE,
    "benefits_comment": Field.BENEFITS_NARRATIVE,
    "budget_comment": Field.COST_NARRATIVE,
    "schedule_comment": Field.SCHEDULE_NARRATIVE,
    "description_aims": Field.DESCRIPTION,
    "end_date": Field.END,
    "start_date": Field.START,
    "benefits_baseline": Field.BENEFITS,
    "wlc_baseline_incl_NCG": Field.COST,
    "wlc_baseline": Field.COST,
    "wlc_budget": Field.COST,
}


def test_headings_of_ten_years_name_what_their_compilers_say_they_name() -> None:
    """The compilers' own table of old and new headings; where they left a column out, no figure of ours may be taken from it."""
    sheet = read_table(shared_data("uk-gmpp") / "mapping_columns.xlsx").sheets[0]
    seen = 0
    for row in sheet.rows:
        heading, name = str(row.value(0)), str(row.value(1))
        if name == "colour_rating":
            expected = Field.SECOND_RATING if heading.startswith("SRO") else Field.RATING
        elif name.startswith("delete"):
            expected = Field.YEAR_VARIANCE if "age" not in heading and "%" not in heading else Field.YEAR_VARIANCE_SHARE
        elif name in NAMES_OF_OTHERS:
            expected = NAMES_OF_OTHERS[name]
        else:
            continue
        assert field_of(heading) is expected, heading
        seen += 1
    assert seen == 57
