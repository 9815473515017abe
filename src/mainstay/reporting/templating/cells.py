"""Cells of a workbook: where they are, what they say, and values put into them as numbers and days, never as formulas."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mainstay.render.blocks import Cell, Column
from mainstay.render.cells import in_words
from mainstay.render.cleaning import clean, shortened
from mainstay.reporting.templating.filling import WORDS
from mainstay.reporting.templating.workbook import Workbook, tag, text_of

PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")
SPAN = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d{1,7}):(\$?[A-Z]{1,3}\$?)(\d{1,7})\Z")
LONGEST = 32_000
DAY_ZERO = date(1899, 12, 30)


def column_of(reference: str) -> int:
    """`C7` → 3."""
    number = 0
    for letter in PLACE.match(reference)[1] if PLACE.match(reference) else "A":  # type: ignore[index]  # it matches, as asked in the same line
        number = number * 26 + ord(letter) - 64
    return number


def letters(number: int) -> str:
    told = ""
    while number:
        number, rest = divmod(number - 1, 26)
        told = chr(65 + rest) + told
    return told


def said(cell: Any, book: Workbook) -> str:
    """The text of a cell; empty for numbers and formulas."""
    kind, value = cell.get("t", ""), cell.find(tag("v"))
    if kind == "s" and value is not None and (value.text or "").isdigit() and int(value.text) < len(book.strings):
        return book.strings[int(value.text)]
    return text_of(cell) if kind == "inlineStr" else ""


def is_filled(cell: Any) -> bool:
    return any(cell.find(tag(name)) is not None for name in ("v", "f", "is"))


def emptied(cell: Any) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)


def write_text(cell: Any, text: str) -> None:
    emptied(cell)
    cell.set("t", "inlineStr")
    held = cell.makeelement(tag("is"), {})
    told = held.makeelement(tag("t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    told.text = shortened(clean(text), LONGEST)
    held.append(told)
    cell.append(held)


def write_value(cell: Any, value: Cell, column: Column, book: Workbook) -> None:
    """A number or a day as such, anything else in words."""
    number = as_number(value, book)
    if number is None:
        write_text(cell, in_words(value, column, WORDS))
        return
    emptied(cell)
    told = cell.makeelement(tag("v"), {})
    told.text = number
    cell.append(told)
    kind = "date" if isinstance(value, date) else column.kind if column.kind != "text" else "number"
    cell.set("s", str(book.style(int(cell.get("s", "0")), kind)))


def as_number(value: Cell, book: Workbook) -> str | None:
    if isinstance(value, bool) or value is None or isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return str((value - DAY_ZERO).days - book.epoch_offset)
    if isinstance(value, int | float | Decimal):
        exact = Decimal(str(value))
        return format(exact, "f") if exact.is_finite() else None
    return None


def moved(cell: Any, column: int, row: int) -> None:
    cell.set("r", f"{letters(column)}{row}")


def cell_at(row: Any, column: int) -> Any:
    """The cell of a row in a column, made in its place where there is none."""
    number = int(row.get("r"))
    for at, cell in enumerate(row):
        held = column_of(cell.get("r", ""))
        if held == column:
            return cell
        if held > column:
            made = row.makeelement(tag("c"), {"r": f"{letters(column)}{number}"})
            row.insert(at, made)
            return made
    made = row.makeelement(tag("c"), {"r": f"{letters(column)}{number}"})
    row.append(made)
    return made


def stretched(span: str, last: int, new_last: int) -> str:
    """A range that ends in row `last` ends in `new_last`; any other stays."""
    match = SPAN.match(span)
    return f"{match[1]}{match[2]}:{match[3]}{new_last}" if match and int(match[4]) == last else span
