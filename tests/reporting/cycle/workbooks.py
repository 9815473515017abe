"""Workbooks of returns as people fill them: written, edited in a program of their own, and loaded."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from mainstay.accounts.models import Account
from mainstay.reporting.cycle import asking
from mainstay.reporting.cycle.workbook import labels, loading, writing
from mainstay.reporting.cycle.workbook.loading import Loaded
from mainstay.reporting.models import Return
from tests.contract.worlds import actor

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
Edit = Callable[[Any], object]


def written(row: Return, account: Account, path: Path) -> Path:
    record = asking.return_of(row.pk, account)
    assert record is not None
    path.write_bytes(writing.write(asking.asked_of(record, account)))
    return path


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
