"""The workbook of a return out and back: nothing typed twice, nothing half loaded, every fault told with its cell and what to do."""

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mainstay.accounts.models import Account
from mainstay.initiatives.models import Initiative
from mainstay.register import actions
from mainstay.register.models import Change
from mainstay.register.spec import REGISTERS
from mainstay.reporting.cycle import asking, commissioning
from mainstay.reporting.cycle.workbook import labels, loading, writing
from mainstay.reporting.cycle.workbook.loading import Loaded
from mainstay.reporting.definition.model import Definition
from mainstay.reporting.models import Return
from mainstay.risk.models import Risk
from tests.contract import worlds
from tests.contract.worlds import World, actor

SignedIn = Callable[[Account | None], Client]
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
ASKED = """
form: return/1
scale: local-rag
parts:
  - name: status
    title: How is it going?
    questions:
      - {name: rating, kind: rating, title: Rating, required: true}
      - {name: summary, kind: text, title: Why, longest: 600, required: true}
      - {name: spent, kind: money, title: "Spent, £", is_kept: true}
      - {name: finish, kind: date, title: Finish, is_kept: true}
      - {name: stage, kind: choice, title: Stage, choices: ["Design, outline", Delivery], is_kept: true}
      - {name: owners_stand, kind: yes_no, title: "Are all owners in place?"}
  - name: risks
    title: Risks
    register: risk.risk
    which: open
    asked: [probability, review_on, response]
    shown: [response_plan]
"""


@pytest.fixture
def definition(world: World) -> Definition:
    """In use, in a programme of at least two projects."""
    second = {"title": "Second basin", "code": "SCR-SB", "kind": "project", "parent": world.programme.pk, "state": "delivery"}
    made = actions.create(REGISTERS["initiatives.initiative"], second, actor(world.owner))
    Initiative.objects.filter(pk=made.pk).update(state="delivery")
    values = {"title": "Highlights", "initiative": world.programme.pk, "content": ASKED}
    register = REGISTERS["reporting.definition"]
    made = actions.create(register, values, actor(world.owner))
    return actions.move(register, made.pk, made.version, "use", actor(world.owner))


@pytest.fixture
def risk(world: World) -> Risk:
    values = {"title": "Yard closes", "initiative": world.project.pk, "owner": "Olive Ner", "probability": 30}
    return actions.create(REGISTERS["risk.risk"], {**values, "review_on": "2026-12-01"}, actor(world.owner))


@pytest.fixture
def row(world: World, definition: Definition, risk: Risk) -> Return:
    """The return of my project, asked for October."""
    asked = [one.initiative.pk for one in commissioning.candidates(definition, world.owner)]
    made = commissioning.commission(definition, asked, OCTOBER, actor(world.owner))
    return made.returns.get(initiative=world.project)


@pytest.fixture
def out(world: World, row: Return, tmp_path: Path) -> Path:
    """The workbook of my project's return as its owner downloads it."""
    return written(row, world.owner, tmp_path / "out.xlsx")


def written(row: Return, account: Account, path: Path) -> Path:
    record = asking.return_of(row.pk, account)
    assert record is not None
    path.write_bytes(writing.write(asking.asked_of(record, account)))
    return path


Edit = Callable[[Any], object]


def edited(path: Path, edit: Edit) -> Path:
    """The workbook as somebody saves it after an edit."""
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def load(path: Path, account: Account, *, expected: Any = None, send: bool = False, name: str = "") -> Loaded:
    (made,) = loading.load_files([(path, name or path.name)], actor(account), expected=expected, send=send)
    return made


def told(made: Loaded) -> list[str]:
    return [str(fault) for fault in made.faults]


def cell(book: Any, key: str) -> Any:
    """The answer cell of a key, found by what stands in the sheets, as a person would find it by its row."""
    row_key, code = (key, "answer") if key.startswith("q.") else (key.rpartition(".")[0], key.rpartition(".")[2])
    for sheet in book:
        codes = {each.value: each.column for each in sheet[1] if each.value}
        if labels.KEY not in codes or labels.CODE + code not in codes:
            continue
        for line in sheet.iter_rows():
            if line[codes[labels.KEY] - 1].value == row_key:
                return line[codes[labels.CODE + code] - 1]
    raise AssertionError(key)


def setting(answers: dict[str, object]) -> Edit:
    def edit(book: Any) -> None:
        for key, value in answers.items():
            cell(book, key).value = value

    return edit


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


# Many at once, and whose they are


def test_one_bad_workbook_holds_up_no_other(world: World, row: Return, tmp_path: Path) -> None:
    rows = list(row.commission.returns.all())
    paths = [written(each, world.owner, tmp_path / f"{each.pk}.xlsx") for each in rows]
    for number, path in enumerate(paths):
        edited(path, setting({"q.rating": "Green" if number else "Gren"}))
    made = list(loading.load_files([(path, path.name) for path in paths], actor(world.owner), expected=row.commission))
    assert [one.outcome for one in made] == ["refused", *["taken"] * (len(rows) - 1)]
    assert len(rows) > 1


def upload(path: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile(path.name, path.read_bytes())


def test_the_page_of_a_return_is_its_owners(world: World, signed_in: SignedIn, row: Return, out: Path) -> None:
    edited(out, setting({"q.rating": "Green"}))
    page, file = f"/reporting/returns/{row.pk}/workbook/", f"/reporting/returns/{row.pk}/workbook/file/"
    for account in (world.member, world.stranger, world.nobody):
        client = signed_in(account)
        assert (client.get(page).status_code, client.get(file).status_code) == (404, 404)
        assert client.post(page, {"files": upload(out)}).status_code == 404
        assert told(load(out, account)) == [
            f"The return of {row.initiative.code} for October 2026 is not there, or it is not yours to fill in."
        ]
    row.refresh_from_db()
    assert row.answers == {}
    client = signed_in(world.owner)
    answer = client.get(file)
    assert answer["Content-Disposition"].startswith('attachment; filename="')
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames[0] == "Return"
    assert Change.objects.latest("sequence").verb == "export"
    answer = client.post(page, {"files": upload(out)})
    assert (answer.status_code, "1 answer taken" in answer.content.decode()) == (200, True)
    row.refresh_from_db()
    assert row.answers == {"rating": "green"}


def test_the_page_tells_each_fault_with_sheet_and_cell(world: World, signed_in: SignedIn, row: Return, out: Path) -> None:
    edited(out, setting({"q.rating": "Gren"}))
    answer = signed_in(world.owner).post(f"/reporting/returns/{row.pk}/workbook/", {"files": upload(out)})
    text = answer.content.decode()
    place = cell(openpyxl.load_workbook(out), "q.rating").coordinate
    assert answer.status_code == 422
    assert f">{place}<" in text and "Rating is “Gren”. Choose Green, Amber or Red." in text
    assert signed_in(world.owner).post(f"/reporting/returns/{row.pk}/workbook/", {}).status_code == 422


def test_many_workbooks_are_loaded_on_the_commissions_page(
    world: World, signed_in: SignedIn, row: Return, out: Path, tmp_path: Path, settings: Any
) -> None:
    settings.JOBS_IN_PROCESS, settings.HOME = True, tmp_path
    page = f"/reporting/commissions/{row.commission_id}/workbooks/"
    other = row.commission.returns.exclude(pk=row.pk).first()
    assert other is not None
    bad = edited(written(other, world.owner, tmp_path / "bad.xlsx"), setting({"q.rating": "Gren"}))
    edited(out, setting({"q.rating": "Green", "q.summary": "All well."}))
    for account in (world.member, world.stranger):
        assert signed_in(account).get(page).status_code == 404
        assert signed_in(account).post(page, {"files": [upload(out)]}).status_code == 404
    client = signed_in(world.owner)
    assert client.get(page).status_code == 200
    answer = client.post(page, {"files": [upload(out), upload(bad)], "send": "yes"}, follow=True)
    text = answer.content.decode()
    assert "2 answers taken" in text and "and sent" in text and "not loaded: 1 fault" in text and "bad.xlsx" in text
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, other.answers) == ("sent", {})
    assert list((tmp_path / "workbooks").iterdir()) == []
    loaded = answer.redirect_chain[-1][0].partition("?loaded=")[2]
    assert "bad.xlsx" not in signed_in(world.administrator).get(f"{page}?loaded=another").content.decode()
    assert "bad.xlsx" in client.get(f"{page}?loaded={loaded}").content.decode()


def test_a_supplier_loads_only_its_own(world: World, row: Return, out: Path, tmp_path: Path) -> None:
    manager = worlds.appoint("pm@example.org", "Pat Manager", "project_manager", world.project)
    made = load(edited(out, setting({"q.rating": "Green"})), manager)
    assert (made.outcome, told(made)) == ("taken", [])
    other = row.commission.returns.exclude(pk=row.pk).exclude(initiative__path__startswith=world.project.path).first()
    assert other is not None
    theirs = edited(written(other, world.owner, tmp_path / "theirs.xlsx"), setting({"q.rating": "Green"}))
    assert "is not there, or it is not yours to fill in" in told(load(theirs, manager))[0]
