"""Workbooks as templates: numbers and days as such, lists that grow, tables and rules that grow with them, nothing read as a formula."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from tests.reporting import board
from tests.reporting.templating.files import DIGEST, FACTS, checked, made, saved


def book(cells: Mapping[str, str]) -> Any:
    file = Workbook()
    file.active.title = "Own"
    for place, text in cells.items():
        file.active[place] = text
    return file


def values(content: bytes) -> list[list[Any]]:
    rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [[cell.date() if hasattr(cell, "date") else cell for cell in row] for row in rows]


def test_fields_are_numbers_days_and_words(tmp_path: Path) -> None:
    template = saved(
        book({"A1": "{{initiative.title}}", "A2": "{{as_at}}", "A3": "{{initiative.contingency}}", "A4": "As at {{as_at}}", "B4": "plain"})
    )
    assert not checked(template, tmp_path, "own.xlsx").faults
    assert values(made(template, "xlsx")) == [
        ["Norvale Integrated Transport", None], [board.TODAY, None], [10_000_000, None], ["As at 31\u00a0Oct\u00a02026", "plain"],
    ]  # fmt: skip


def test_a_row_is_repeated_and_its_table_and_rules_grow(tmp_path: Path) -> None:
    file = book({
        "A1": "Ref.", "B1": "Risk", "C1": "Expected",
        "A2": "{{each risk sort=-expected_cost}}{{risk.ref}}", "B2": "{{risk.title}}", "C2": "{{risk.expected_cost}}{{end}}",
    })  # fmt: skip
    file.active["B2"].font = Font(bold=True)
    file.active.add_table(Table(displayName="tblRisks", ref="A1:C2"))
    rule = DataValidation(type="list", formula1='"a,b"')
    rule.add("C2")
    file.active.add_data_validation(rule)
    template = saved(file)
    assert not checked(template, tmp_path, "own.xlsx").faults
    done = load_workbook(io.BytesIO(made(template, "xlsx"))).active
    assert [[cell.value for cell in row] for row in done.iter_rows()] == [
        ["Ref.", "Risk", "Expected"], ["R-002", "Ground", 900_000], ["R-001", "Gate {{marking}} slips", 500_000],
        ["R-003", "Cheap steel", 100_000],
    ]  # fmt: skip
    assert done.tables["tblRisks"].ref == "A1:C4"
    assert str(done.data_validations.dataValidation[0].sqref) == "C2:C4"
    assert all(done[f"B{row}"].font.bold for row in (2, 3, 4))
    assert done["C3"].number_format == "#,##0"


def test_a_table_below_its_token(tmp_path: Path) -> None:
    template = saved(book({"A1": "Risks", "B3": "{{table risks top=2 sort=ref columns=ref,title,probability}}"}))
    assert not checked(template, tmp_path, "own.xlsx").faults
    assert values(made(template, "xlsx"))[2:] == [
        [None, "Ref.", "Title", "Chance"], [None, "R-001", "Gate {{marking}} slips", "none"], [None, "R-002", "Ground", "none"],
    ]  # fmt: skip


@pytest.mark.parametrize("cells", [{"A1": "{{table issues columns=ref,title}}"}, {"A1": "x", "A2": "{{each issue}}{{issue.ref}}{{end}}"}])
def test_an_empty_list_says_so(cells: dict[str, str]) -> None:
    assert values(made(saved(book(cells)), "xlsx"))[1][0] == "None."


def test_a_value_that_begins_like_a_formula_is_a_text() -> None:
    facts = board.facts(risks=(board.risk(1, "NIT-01", title='=cmd|"/c calc"!A1'),))
    done = load_workbook(io.BytesIO(made(saved(book({"A1": "{{each risk}}{{risk.title}}{{end}}"})), "xlsx", facts))).active
    assert (done["A1"].value, done["A1"].data_type) == ('=cmd|"/c calc"!A1', "s")


def test_formulas_and_other_sheets_stay() -> None:
    file = book({"A1": "{{initiative.contingency}}", "A2": "=A1*2"})
    file.create_sheet("Other")["A1"] = "{{initiative.code}}"
    done = load_workbook(io.BytesIO(made(saved(file), "xlsx")))
    assert (done["Own"]["A2"].value, done["Other"]["A1"].value) == ("=A1*2", "NIT")


def test_marking_in_the_foot_and_the_properties() -> None:
    done = load_workbook(io.BytesIO(made(saved(book({"A1": "{{initiative.code}}"})), "xlsx")))
    assert f"OFFICIAL · NIT October 2026 · as at 31 Oct 2026 · SHA-256 {DIGEST[:16]}" in (done.active.oddFooter.center.text or "")
    assert DIGEST in (done.properties.keywords or "")


def test_the_same_facts_and_template_give_the_same_bytes() -> None:
    template = saved(book({"A1": "{{table risks}}"}))
    assert made(template, "xlsx") == made(template, "xlsx", FACTS)


FAULTS = {
    "stands below it": {"A1": "{{table risks}}", "A9": "Sum"},
    "did you mean initiative.title": {"B7": "{{intiative.title}}"},
    "charts are not put into workbooks": {"A1": "{{chart finish}}"},
    "needs a paragraph of its own": {"A1": "See {{table risks}}"},
    "has no {{end}}": {"A1": "{{each risk}}{{risk.ref}}"},
    "holds a formula": {"A1": "{{each risk}}{{risk.ref}}{{end}}", "B1": "=A1"},
    "reaches outside": {"A1": "{{marking}}", "B1": '=WEBSERVICE("http://example.org")'},
}


@pytest.mark.parametrize("text", FAULTS)
def test_faults_are_told_with_their_cell(text: str, tmp_path: Path) -> None:
    faults = checked(saved(book(FAULTS[text])), tmp_path, "own.xlsx").faults
    assert any(text in fault.text.lower() for fault in faults)
    if "intiative" in str(FAULTS[text]):
        assert faults[0].place == "Sheet “Own”, cell B7, at “{{intiative.title}}”"
