"""A workbook that has come back: which return it is, and each answer cell found by its labels, wherever it has gone."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from mainstay.formats.spreadsheet import Row, Sheet, Value, Workbook, cell_name
from mainstay.reporting.cycle.workbook import labels

ROWS_LOOKED_AT = 300
"""Rows from the top among which the labels of a sheet are looked for."""
MOST_NOTES = 12
FIRST_PIECE = 4
"""The column of the hidden sheet in which the value that stood in an answer cell begins."""


class NotAReturn(Exception):
    """The workbook is none of ours, or can no longer be known; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell as people find it."""

    sheet: str
    cell: str

    def __str__(self) -> str:
        plain = self.sheet.replace("_", "").isalnum()
        return f"{self.sheet}!{self.cell}" if plain else f"'{self.sheet}'!{self.cell}"


@dataclass(frozen=True, slots=True)
class Given:
    """What stands in an answer cell."""

    place: Place
    value: Value
    odd: str = ""
    """`formula` without a result, the name of an error, or `merged` with a cell beside or above it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the workbook asked when it was made."""

    sheet: str
    label: str
    words: str
    """The label of what stood there, where it was chosen from a list."""
    was: str


@dataclass(slots=True)
class Returned:
    """Everything that a workbook says."""

    about: Mapping[str, str]
    asked: Mapping[str, Asked]
    given: dict[str, list[Given]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the labels of a sheet stand: the row above all, the column of keys, and the columns of answers by their codes."""

    row: int
    key: int
    columns: Mapping[int, str]


def returned(book: Workbook) -> Returned:
    """What `book` says. Raises NotAReturn."""
    hidden = next((sheet for sheet in book.sheets if is_hidden_sheet(sheet)), None)
    grids = [(sheet, grid) for sheet in book.sheets if sheet is not hidden and (grid := grid_of(sheet)) is not None]
    if hidden is None:
        raise NotAReturn(
            _(
                "The hidden sheet that tells which return this is has been removed. "
                "Download the workbook again, copy your answers into its yellow cells, and load that one."
            )
            if grids
            else _("This is no workbook of a return. Download the workbook from the return's page, fill it in and load that one.")
        )
    form, about, asked = told_by(hidden)
    if form != labels.FORM:
        raise NotAReturn(
            _(
                "This workbook was made by another release of Mainstay (%(form)s; this one reads %(ours)s). "
                "Download the workbook again and copy your answers into it."
            )
            % {"form": form[:40], "ours": labels.FORM}
        )
    found = Returned(about, asked)
    for sheet, grid in grids:
        take(found, sheet, grid)
    known = {id(sheet) for sheet, _grid in grids} | {id(hidden)}
    for sheet in book.sheets:
        if id(sheet) not in known and sheet.rows and not sheet.is_hidden:
            found.notes.append(_("Sheet “%(name)s” is no part of the return and is not read.") % {"name": sheet.name[:40]})
    found.notes += lost(found)
    if (more := len(found.notes) - MOST_NOTES) > 0:
        found.notes[MOST_NOTES:] = [_("And %(count)d more of the kind.") % {"count": more}]
    return found


def is_hidden_sheet(sheet: Sheet) -> bool:
    first = sheet.rows[0] if sheet.rows else None
    return first is not None and first.number == 1 and first.value(0) == labels.MARK and text(first.value(1)).startswith("return-workbook/")


def told_by(sheet: Sheet) -> tuple[str, dict[str, str], dict[str, Asked]]:
    """The form, which return it is, and what was asked, as the hidden sheet says."""
    form, about, asked = text(sheet.rows[0].value(1)), {}, {}
    is_list = False
    for row in sheet.rows[1:]:
        name = text(row.value(0))
        if is_list and name:
            pieces = "".join(text(value)[1:-1] for value in list(row.values)[FIRST_PIECE:])
            asked[name] = Asked(text(row.value(1)), text(row.value(2)), text(row.value(3))[1:-1], standing(pieces))
        elif name == labels.CELLS:
            is_list = True
        elif name:
            about[name] = text(row.value(1))
    return form, about, asked


def standing(pieces: str) -> str:
    """What stood in a cell, out of its JSON; lists of drop-downs may stand to the right of it."""
    try:
        found, _end = json.JSONDecoder().raw_decode(pieces)
    except ValueError:
        return ""
    return found if isinstance(found, str) else ""


def text(value: Value) -> str:
    return "" if value is None else str(value)


def grid_of(sheet: Sheet) -> Grid | None:
    for row in sheet.rows[:ROWS_LOOKED_AT]:
        key = next((column for column, value in enumerate(row.values) if value == labels.KEY), None)
        if key is not None:
            codes = {
                column: value.removeprefix(labels.CODE)
                for column, value in enumerate(row.values)
                if isinstance(value, str) and value.startswith(labels.CODE) and column != key
            }
            return Grid(row.number, key, codes)
    return None


def take(found: Returned, sheet: Sheet, grid: Grid) -> None:
    """The answer cells of one sheet; what stands where nothing is asked is told."""
    seen = set()
    for row in sheet.rows:
        if row.number == grid.row:
            continue
        key = row.value(grid.key)
        if isinstance(key, str) and key != labels.OURS:
            seen.add(row.number)
            for column, code in grid.columns.items():
                name = key if code == "answer" else f"{key}.{code}"
                if name in found.asked:
                    found.given.setdefault(name, []).append(given(sheet, row, column))
        elif key is None and (told := extra(sheet, row, grid)):
            found.notes.append(told)


def given(sheet: Sheet, row: Row, column: int) -> Given:
    cell = cell_name(row.number, column)
    odd = sheet.odd.get(cell, "")
    if any(
        top <= row.number <= bottom and left <= column <= right
        for top, left, bottom, right in sheet.merged
        if (row.number, column) != (top, left)
    ):
        odd = "merged"
    return Given(Place(sheet.name, cell), row.value(column), odd)


def extra(sheet: Sheet, row: Row, grid: Grid) -> str:
    """A sentence about a row that the workbook did not have when it was made."""
    if not any(row.value(column) is not None for column in range(grid.key)):
        return ""
    return _("%(sheet)s, row %(number)d was added and is not read. Records are added in their register.") % {
        "sheet": sheet.name[:40],
        "number": row.number,
    }


def lost(found: Returned) -> Iterator[str]:
    """A sentence for each sheet and each row that is no longer there."""
    absent: dict[str, list[str]] = {}
    for key, one in found.asked.items():
        if key not in found.given:
            absent.setdefault(one.sheet, []).append(one.label)
    for sheet, names in absent.items():
        if len(names) == sum(one.sheet == sheet for one in found.asked.values()):
            yield _("Sheet “%(sheet)s” is missing or has lost its labels. What it asks stays as it is.") % {"sheet": sheet[:40]}
        else:
            yield _("%(sheet)s: the row of %(names)s has been deleted. What it asks stays as it is.") % {
                "sheet": sheet[:40],
                "names": "; ".join(names)[:200],
            }
