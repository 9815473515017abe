"""What is wrong with a workbook that came back: every fault with its cell and what to do, and nothing half loaded."""

import io
import random
import re
import shutil
import zipfile
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mainstay.register.models import Change
from mainstay.reporting.cycle import commissioning
from mainstay.reporting.cycle.workbook import loading
from mainstay.reporting.definition.model import Definition
from mainstay.reporting.models import Return
from mainstay.risk.models import Risk
from tests.contract.worlds import World, actor
from tests.reporting.cycle.workbooks import NOVEMBER, OCTOBER, Edit, cell, edited, load, setting, told
from tests.shared_data import shared_data

# Faults, each with its cell


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("q.rating", "Gren", "Rating is “Gren”. Choose Green, Amber or Red."),
        ("q.owners_stand", "perhaps", "Are all owners in place? is “perhaps”. Choose Yes or No."),
        ("q.spent", "about five", "Spent, £ is “about five”. Enter an amount such as 43,900,000 or 43.9m."),
        ("q.spent", date(2026, 11, 10), "Spent, £ is “10 Nov 2026”, which is no number. Enter a number, and format the cell as a number."),
        ("q.finish", "tbc", "Finish is “tbc”. Enter a day such as 12 Apr 2027."),
        ("q.finish", 7, "Finish is “7 Jan 1900”. Enter a day such as 12 Apr 2027."),
        ("q.summary", "x" * 601, "Why has 601 characters. Use at most 600."),
        ("q.spent", "=1+1", "Spent, £ is a formula without a result. Open the workbook in Excel and save it, or type the value itself."),
    ],
    ids=["rating", "yes or no", "amount", "day for an amount", "words for a day", "number for a day", "length", "formula"],
)
def test_a_fault_is_told_with_its_cell(world: World, row: Return, out: Path, key: str, value: object, sentence: str) -> None:
    edited(out, setting({key: value, "q.summary" if key != "q.summary" else "q.rating": "Green"}))
    place = cell(openpyxl.load_workbook(out), key).coordinate
    before = Change.objects.count()
    made = load(out, world.owner)
    assert told(made) == [f"Return!{place}: {sentence}"]
    row.refresh_from_db()
    assert (made.outcome, row.answers, Change.objects.count()) == ("refused", {}, before)


def test_every_fault_is_told_at_once_and_nothing_is_half_loaded(world: World, row: Return, risk: Risk, out: Path) -> None:
    key = f"r.risk.risk.{risk.pk}"
    edited(out, setting({"q.rating": "Gren", "q.summary": "x" * 700, f"{key}.probability": 130, f"{key}.review_on": "soon", "q.spent": 5}))
    before = Change.objects.count()
    made = load(out, world.owner)
    places = [text.partition(":")[0] for text in told(made)]
    book = openpyxl.load_workbook(out)
    assert places == [
        f"Return!{cell(book, 'q.rating').coordinate}",
        f"Return!{cell(book, 'q.summary').coordinate}",
        f"Risks!{cell(book, f'{key}.probability').coordinate}",
        f"Risks!{cell(book, f'{key}.review_on').coordinate}",
    ]
    assert all(risk.ref in text for text in told(made)[2:])
    row.refresh_from_db()
    assert (row.answers, Change.objects.count()) == ({}, before)


def test_an_error_of_excel_is_told(world: World, row: Return, out: Path) -> None:
    def edit(book: Any) -> None:
        place = cell(book, "q.spent")
        place.value, place.data_type = "#REF!", "e"

    assert "Spent, £ shows the error #REF!. Type the value itself in place of the formula." in told(load(edited(out, edit), world.owner))[0]


def test_a_formula_counts_with_its_result(world: World, row: Return, out: Path) -> None:
    edited(out, setting({"q.spent": "=1200000+34000"}))
    with_result(out, "1234000")
    made = load(out, world.owner)
    row.refresh_from_db()
    assert (told(made), row.answers) == ([], {"spent": "1234000"})


def with_result(path: Path, result: str) -> None:
    """Put the result beside the formula, as Excel does when it saves."""
    content = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(content) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                data = re.sub(rb"</f><v\s*/?>(</v>)?", f"</f><v>{result}</v>".encode(), data)
            target.writestr(name, data)


def test_a_merged_cell_is_told(world: World, row: Return, out: Path) -> None:
    def edit(book: Any) -> None:
        first, second = cell(book, "q.rating"), cell(book, "q.summary")
        first.value = "Green"
        book["Return"].merge_cells(f"{first.coordinate}:{second.coordinate}")

    assert "Why is merged with another cell. Unmerge the cells and give each its answer." in told(load(edited(out, edit), world.owner))[0]


ANYTHING = (
    None, " ", -1, 1e300, 7, 46_489.75, True, date(1899, 12, 31), time(3, 4), "=1+1", "_xD800_", "_x0000_", "x" * 32_000, "mainstay:key",
    "mainstay:answer", "-", "q.rating", "r.risk.risk.99999999999999999999", "31/02/2027", "1.234,5", "Green", '|"', "NaN", "inf",
)  # fmt: skip


@pytest.mark.slow
def test_whatever_is_typed_anywhere_ends_in_a_verdict(world: World, row: Return, risk: Risk, out: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    files = []
    for number in range(60):
        book = openpyxl.load_workbook(out)
        for _time in range(chance.randint(1, 12)):
            sheet = chance.choice(book.worksheets)
            place = sheet.cell(chance.randint(1, sheet.max_row + 1), chance.randint(1, sheet.max_column + 1))
            place.value = chance.choice(ANYTHING)
        book.save(tmp_path / f"{number}.xlsx")
        files.append((tmp_path / f"{number}.xlsx", f"{number}.xlsx"))
    made = list(loading.load_files(files, actor(world.owner), expected=row))
    assert len(made) == len(files)
    assert all(str(fault).endswith(".") for one in made for fault in one.faults)
    assert len({one.outcome for one in made}) > 1


# Before the cells: template, project, period


def test_another_project_period_or_commission_is_told_first(
    world: World, row: Return, definition: Definition, out: Path, tmp_path: Path
) -> None:
    edited(out, setting({"q.rating": "Gren"}))
    other = row.commission.returns.exclude(pk=row.pk).select_related("initiative", "commission").first()
    assert other is not None
    (fault,) = told(load(out, world.owner, expected=other))
    assert fault.startswith(f"Wrong project: this is the workbook of {row.initiative}, and here is the return of {other.initiative}.")
    asked = [one.initiative.pk for one in commissioning.candidates(definition, world.owner)]
    later = commissioning.commission(definition, asked, NOVEMBER, actor(world.owner))
    (fault,) = told(load(out, world.owner, expected=later.returns.select_related("initiative", "commission").get(initiative=world.project)))
    assert fault.startswith("Wrong period: this workbook is of October 2026, and November 2026 is asked here.")
    (fault,) = told(load(out, world.owner, expected=later))
    assert fault.startswith("Wrong period")
    same = row.commission.__class__.objects.get(period_from=OCTOBER[0], definition__title__startswith="Return", initiative=world.programme)
    (fault,) = told(load(out, world.owner, expected=same))
    assert fault.startswith("Wrong return: this workbook answers “Highlights, October 2026”")


def change_label(name: str, value: str) -> Edit:
    def edit(book: Any) -> None:
        for line in book["_mainstay"].iter_rows():
            if line[0].value == name:
                line[1].value = value

    return edit


def test_labels_that_do_not_fit_are_told(world: World, row: Return, out: Path, tmp_path: Path) -> None:
    for name, value, sentence in (
        ("digest", "0" * 64, "This workbook asks version 2 of the questions, and the return asks version 2."),
        ("return", "RT-999", "The hidden labels of this workbook do not fit the return that they name."),
        ("return id", "987654", f"The return of {row.initiative.code} for October 2026 is not there, or it is not yours to fill in."),
        ("return id", "9" * 30, f"The return of {row.initiative.code} for October 2026 is not there, or it is not yours to fill in."),
        ("mainstay", "return-workbook/99", "This workbook was made by another release of Mainstay (return-workbook/99"),
    ):
        path = edited(Path(shutil.copy(out, tmp_path / "labels.xlsx")), change_label(name, value))
        (fault,) = told(load(path, world.owner))
        assert fault.startswith(sentence)


def test_what_is_no_workbook_of_a_return_is_told(world: World, row: Return, out: Path, tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    assert told(load(tmp_path / "empty.xlsx", world.owner))[0].startswith("This is no workbook of a return.")
    (tmp_path / "table.csv").write_text("a,b\n1,2\n")
    assert told(load(tmp_path / "table.csv", world.owner)) == [
        "This is a text file. Save the workbook of the return as an Excel workbook (.xlsx) and load that one."
    ]
    (tmp_path / "cut.xlsx").write_bytes(out.read_bytes()[:4000])
    (fault,) = told(load(tmp_path / "cut.xlsx", world.owner))
    assert fault.endswith(".")

    def edit(book: Any) -> None:
        del book["_mainstay"]

    assert told(load(edited(out, edit), world.owner))[0].startswith("The hidden sheet that tells which return this is has been removed.")


@pytest.mark.slow
def test_workbooks_of_other_offices_are_told_in_a_sentence(world: World, row: Return) -> None:
    paths = sorted(shared_data("uk-grant-returns").glob("*.xlsx"))
    made = list(loading.load_files([(path, path.name) for path in paths], actor(world.owner)))
    assert paths and {one.outcome for one in made} == {"refused"}
    assert all(len(one.faults) == 1 and one.faults[0].sentence.endswith(".") for one in made)
