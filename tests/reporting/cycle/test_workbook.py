"""The workbook of a return out and back: nothing is typed twice, and what has moved in it is found again."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mainstay.accounts.models import Account
from mainstay.register import actions
from mainstay.register.models import Change
from mainstay.register.spec import REGISTERS
from mainstay.reporting.models import Return
from mainstay.risk.models import Risk
from tests.contract.worlds import World, actor
from tests.reporting.cycle.workbooks import cell, edited, load, setting, told, written

SignedIn = Callable[[Account | None], Client]


# Out


def test_the_workbook_asks_what_the_page_asks(world: World, row: Return, risk: Risk, out: Path) -> None:
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Return", "Risks", "_mainstay"]
    assert book["_mainstay"].sheet_state == "veryHidden"
    assert book.security.lockStructure
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book)
    texts = {str(each.value) for sheet in book for line in sheet.iter_rows() for each in line if each.value}
    assert {row.title, "October 2026", "OFFICIAL", str(world.project), "Yard closes", risk.ref} <= texts
    assert cell(book, "q.rating").protection.locked is False
    assert cell(book, f"r.risk.risk.{risk.pk}.probability").value == 30
    assert cell(book, f"r.risk.risk.{risk.pk}.review_on").value.date() == date(2026, 12, 1)
    assert book["Return"]["A2"].protection.locked is True


def test_excel_itself_lets_in_only_what_can_be_used(row: Return, out: Path) -> None:
    book = openpyxl.load_workbook(out)
    rules = {str(rule.sqref): rule for rule in book["Return"].data_validations.dataValidation}
    of = {name: rules[cell(book, f"q.{name}").coordinate] for name in ("rating", "spent", "finish", "summary", "stage", "owners_stand")}
    assert {name: rule.type for name, rule in of.items()} == {
        "rating": "list",
        "spent": "decimal",
        "finish": "date",
        "summary": "textLength",
        "stage": "list",
        "owners_stand": "list",
    }
    assert of["rating"].formula1 == '"Green,Amber,Red"'
    assert of["stage"].formula1.startswith("'_mainstay'!")  # a comma in a choice would part it in two
    assert of["summary"].formula1 == "600"


def test_the_highest_marking_stands_on_the_workbook(world: World, row: Return, risk: Risk, tmp_path: Path) -> None:
    record = Risk.objects.get(pk=risk.pk)
    actions.change(REGISTERS["risk.risk"], risk.pk, record.version, {"marking": "OFFICIAL-SENSITIVE"}, actor(world.owner))
    book = openpyxl.load_workbook(written(row, world.owner, tmp_path / "marked.xlsx"))
    assert book.properties.category == "OFFICIAL-SENSITIVE"
    assert all("OFFICIAL-SENSITIVE" in str(book[name].oddHeader.right.text) for name in ("Return", "Risks"))


# Back


def test_nothing_changed_is_no_change(world: World, row: Return, out: Path) -> None:
    before = Change.objects.count()
    made = load(out, world.owner)
    assert (made.outcome, made.written, told(made), made.notes) == ("unchanged", 0, [], [])
    assert Change.objects.count() == before


def test_answers_arrive_where_they_belong(world: World, row: Return, risk: Risk, out: Path) -> None:
    key = f"r.risk.risk.{risk.pk}"
    answers = {
        "q.rating": "amber ",
        "q.summary": "Behind.\nWith means.",
        "q.spent": "£1,250,000",
        "q.finish": "12 Apr 2027",
        "q.stage": "design, outline",
        "q.owners_stand": True,
        f"{key}.probability": 45,
        f"{key}.review_on": date(2027, 1, 8),
    }
    made = load(edited(out, setting(answers)), world.owner)
    assert (made.outcome, made.written, told(made)) == ("taken", 8, [])
    row.refresh_from_db()
    assert row.answers == {
        "rating": "amber",
        "summary": "Behind.\nWith means.",
        "spent": "1250000",
        "finish": "2027-04-12",
        "stage": "Design, outline",
        "owners_stand": "yes",
    }
    held = Risk.objects.get(pk=risk.pk)
    assert (row.rating, row.state, held.probability, held.review_on) == ("amber", "started", 45, date(2027, 1, 8))
    again = load(out, world.owner)
    assert (again.outcome, told(again)) == ("unchanged", [])


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    summary=st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=300),
    spent=st.decimals(-(10**9), 10**9, places=2, allow_nan=False),
    day=st.dates(date(1950, 1, 1), date(2199, 12, 31)),
)
def test_whatever_stands_there_comes_back_as_no_change(
    world: World, row: Return, tmp_path: Path, summary: str, spent: Any, day: date
) -> None:
    answers = {"summary": summary, "spent": format(spent.normalize(), "f"), "finish": day.isoformat(), "rating": "red"}
    Return.objects.filter(pk=row.pk).update(answers={name: value for name, value in answers.items() if value})
    made = load(written(row, world.owner, tmp_path / "same.xlsx"), world.owner)
    assert (made.outcome, told(made)) == ("unchanged", [])


def test_what_is_still_needed_is_told_with_its_cell(world: World, row: Return, out: Path) -> None:
    place = cell(openpyxl.load_workbook(out), "q.summary").coordinate
    made = load(edited(out, setting({"q.rating": "Green"})), world.owner)
    assert [str(fault) for fault in made.missing] == [f"Return!{place}: Why: an answer is needed."]


def test_an_answer_is_sent_as_well_where_that_is_asked(world: World, row: Return, out: Path, tmp_path: Path) -> None:
    half = edited(Path(shutil.copy(out, tmp_path / "half.xlsx")), setting({"q.rating": "Green"}))
    made = load(half, world.owner, send=True)
    place = cell(openpyxl.load_workbook(half), "q.summary").coordinate
    assert (made.outcome, [str(fault) for fault in made.not_sent]) == ("taken", [f"Return!{place}: Why: an answer is needed."])
    made = load(edited(out, setting({"q.rating": "Green", "q.summary": "All well."})), world.owner, send=True)
    assert (made.outcome, made.not_sent) == ("sent", [])
    row.refresh_from_db()
    assert row.state == "sent"
    late = load(out, world.owner)
    assert "takes no more answers. Ask the office to send it back" in told(late)[0]


# What survives, and what is explained


def test_moved_rows_new_columns_pasted_formats_and_a_renamed_sheet_survive(world: World, row: Return, risk: Risk, out: Path) -> None:
    def edit(book: Any) -> None:
        setting({"q.rating": "Green", f"r.risk.risk.{risk.pk}.probability": 45})(book)
        place = cell(book, "q.rating")
        place.font, place.number_format = openpyxl.styles.Font(bold=True, color="FF0000"), "0.00"
        book["Return"].insert_rows(5, 3)
        book["Return"].insert_cols(2, 2)
        book["Risks"].title = "Unsere Risiken"
        book.move_sheet("Return", 1)

    made = load(edited(out, edit), world.owner)
    row.refresh_from_db()
    assert (told(made), made.notes, row.rating, Risk.objects.get(pk=risk.pk).probability) == ([], [], "green", 45)


def test_a_day_may_come_as_a_serial_number(world: World, row: Return, out: Path) -> None:
    def edit(book: Any) -> None:
        place = cell(book, "q.finish")
        place.value, place.number_format = 46_489, "General"

    assert told(load(edited(out, edit), world.owner)) == []
    row.refresh_from_db()
    assert row.answers == {"finish": "2027-04-12"}


def test_added_rows_and_sheets_are_told_and_not_read(world: World, row: Return, out: Path) -> None:
    def edit(book: Any) -> None:
        book["Risks"].cell(row=12, column=2, value="A risk of my own")
        book.create_sheet("Notes")["A1"] = "Call me"
        setting({"q.rating": "Green"})(book)

    made = load(edited(out, edit), world.owner)
    assert (made.outcome, made.notes) == (
        "taken",
        [
            "Risks, row 12 was added and is not read. Records are added in their register.",
            "Sheet “Notes” is no part of the return and is not read.",
        ],
    )


def test_what_is_typed_over_a_fact_or_beside_it_is_told(world: World, row: Return, risk: Risk, out: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["Risks"]
        line = cell(book, f"r.risk.risk.{risk.pk}.probability").row
        sheet.cell(line, 2).value = "Yard shuts"
        sheet.cell(line, 12).value = "Ring me about this"
        cell(book, "q.rating").value = "Green"

    made = load(edited(out, edit), world.owner)
    line = cell(openpyxl.load_workbook(out), f"r.risk.risk.{risk.pk}.probability").row
    why = "is not read, since only the yellow cells are. Facts are changed in their register."
    assert (made.outcome, made.notes) == ("taken", [f"Risks!B{line}: “Yard shuts” {why}", f"Risks!L{line}: “Ring me about this” {why}"])
    assert Risk.objects.get(pk=risk.pk).title == "Yard closes"


def test_a_deleted_row_or_sheet_is_told_and_changes_nothing(world: World, row: Return, risk: Risk, out: Path) -> None:
    def edit(book: Any) -> None:
        book["Return"].delete_rows(cell(book, "q.stage").row)
        del book["Risks"]

    made = load(edited(out, edit), world.owner)
    assert made.notes == [
        "Return: the row of Stage has been deleted. What it asks stays as it is.",
        "Sheet “Risks” is missing or has lost its labels. What it asks stays as it is.",
    ]
    assert (made.outcome, Risk.objects.get(pk=risk.pk).probability) == ("unchanged", 30)


def test_a_copied_row_that_says_something_else_is_told(world: World, row: Return, risk: Risk, out: Path) -> None:
    def edit(book: Any) -> None:
        copy = book.copy_worksheet(book["Risks"])
        copy.title = "Risks (2)"
        for line in copy.iter_rows():
            for each in line:
                if each.value == 30:
                    each.value = 60

    (fault,) = told(load(edited(out, edit), world.owner))
    assert re.fullmatch(rf"'Risks \(2\)'!\w+: {risk.ref}, .+ stands here and in Risks!\w+ with another answer\. Delete the copy\.", fault)


def test_what_somebody_else_has_answered_since_is_not_written_over(world: World, row: Return, risk: Risk, out: Path) -> None:
    held = Risk.objects.get(pk=risk.pk)
    actions.change(REGISTERS["risk.risk"], risk.pk, held.version, {"probability": 70}, actor(world.owner))
    assert load(out, world.owner).outcome == "unchanged"  # it has an older figure, which nobody has touched
    (fault,) = told(load(edited(out, setting({f"r.risk.risk.{risk.pk}.probability": 45})), world.owner))
    assert "somebody has changed it to 70 since" in fault
    assert Risk.objects.get(pk=risk.pk).probability == 70


def test_a_record_that_was_closed_meanwhile_is_told(world: World, row: Return, risk: Risk, out: Path) -> None:
    held = Risk.objects.get(pk=risk.pk)
    actions.withdraw(REGISTERS["risk.risk"], risk.pk, held.version, actor(world.owner), reason="Double.")
    assert load(out, world.owner).outcome == "unchanged"
    (fault,) = told(load(edited(out, setting({f"r.risk.risk.{risk.pk}.probability": 45})), world.owner))
    assert f"{risk.ref}, " in fault and "is now “45”, and that cannot be saved" in fault
