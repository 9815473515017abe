"""The hidden sheet of a workbook that came back: which return it is, what was asked, and what stood in each answer cell."""

import json

from mainstay.formats.spreadsheet import Sheet, Value
from mainstay.reporting.cycle.workbook import labels
from mainstay.reporting.cycle.workbook.returned import Asked

FIRST_PIECE = 4
"""The column in which the value that stood in an answer cell begins."""


def is_hidden_sheet(sheet: Sheet) -> bool:
    first = sheet.rows[0] if sheet.rows else None
    return first is not None and first.number == 1 and first.value(0) == labels.MARK and text(first.value(1)).startswith("return-workbook/")


def told_by(sheet: Sheet) -> tuple[str, dict[str, str], dict[str, Asked], frozenset[str]]:
    """The form, which return it is, what was asked and what was only told, as the hidden sheet says."""
    form, about, asked, said = text(sheet.rows[0].value(1)), {}, {}, frozenset[str]()
    is_list = False
    for row in sheet.rows[1:]:
        name = text(row.value(0))
        if is_list and name:
            pieces = "".join(text(value)[1:-1] for value in list(row.values)[FIRST_PIECE:])
            asked[name] = Asked(text(row.value(1)), text(row.value(2)), text(row.value(3))[1:-1], standing(pieces))
        elif name == labels.CELLS:
            is_list = True
        elif name == labels.TEXTS:
            said = frozenset(" ".join(text(value) for value in row.values[1:]).split())
        elif name:
            about[name] = text(row.value(1))
    return form, about, asked, said


def standing(pieces: str) -> str:
    """What stood in a cell, out of its JSON; lists of drop-downs may stand to the right of it."""
    try:
        found, _end = json.JSONDecoder().raw_decode(pieces)
    except ValueError:
        return ""
    return found if isinstance(found, str) else ""


def text(value: Value) -> str:
    return "" if value is None else str(value)
