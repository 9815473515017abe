"""Many small workbooks through shared children: each is told in its turn, what is odd is named, and a bad one spoils no other."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from mainstay.formats.errors import Damaged, TooMuchMemory, UnknownFormat
from mainstay.formats.spreadsheet import Limits, Workbook, read_many


@pytest.fixture
def file(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"], sheet["A3"], sheet["B5"] = "one", "=1+1", "#REF!", "top"
    sheet["A3"].data_type = "e"
    sheet.merge_cells("B5:C6")
    book.save(tmp_path / "odd.xlsx")
    return tmp_path / "odd.xlsx"


def test_oddities_are_named(file: Path) -> None:
    (found,) = read_many([(file, "odd.xlsx")])
    assert isinstance(found, Workbook)
    (sheet,) = found.sheets
    assert dict(sheet.odd) == {"A2": "formula", "A3": "#REF!"}
    assert sheet.merged == ((5, 1, 6, 2),)
    assert [(row.number, list(row.values)) for row in sheet.rows] == [(1, ["one"]), (5, [None, "top"])]


def test_a_bad_file_spoils_no_other(file: Path, tmp_path: Path) -> None:
    text, cut = tmp_path / "table.csv", tmp_path / "cut.xlsx"
    text.write_text("a,b\n1,2\n")
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(cut, "w") as target:
        for name in whole.namelist():
            content = whole.read(name)
            target.writestr(name, content[: len(content) // 2] if name.startswith("xl/worksheets/") else content)
    names = [(file, "odd.xlsx"), (text, "table.csv"), (cut, "cut.xlsx"), (file, "odd.xlsx")]
    found = list(read_many(names))
    assert [type(one) for one in found] == [Workbook, UnknownFormat, Damaged, Workbook]


@pytest.mark.slow
def test_a_file_that_breaks_a_limit_spoils_no_other(file: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.xlsx"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(20_000):
        sheet.append([f"text {number} {place}" for place in range(12)])
    book.save(large)
    limits = Limits(memory_mb=55)
    alone = list(read_many([(file, "odd.xlsx")], limits))
    found = list(read_many([(file, "odd.xlsx"), (large, "large.xlsx"), (file, "odd.xlsx")], limits))
    assert isinstance(found[1], TooMuchMemory)
    assert [found[0], found[2]] == alone * 2
