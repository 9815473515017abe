"""Where the table of a sheet begins: the row of headings is found by what is known of them, not assumed to be the first."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from mainstay.formats.spreadsheet.sheet import Row, Sheet

ROWS_LOOKED_AT = 60
PAREN = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
SIGNS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Header:
    """The row of headings: column (from 0) → its text, and how many of them are known."""

    row: int
    headings: dict[int, str]
    known: int


def normal(text: str) -> str:
    """A heading with its case, signs and spaces taken off: `Cost, likely, £` and `COST LIKELY` are one."""
    return " ".join(SIGNS.sub(" ", text.lower()).split())


def short(text: str) -> str:
    """The same without what stands in brackets."""
    return normal(PAREN.sub(" ", text))


def find(sheet: Sheet, is_known: Callable[[str], bool]) -> Header | None:
    """The row near the top with the most known headings, the first of them among equals; None where no row has any."""
    best: Header | None = None
    for row in sheet.rows[:ROWS_LOOKED_AT]:
        header = at(row, is_known)
        if header.known and (best is None or header.known > best.known):
            best = header
    return best


def at(row: Row, is_known: Callable[[str], bool]) -> Header:
    """`row` read as the row of headings."""
    texts = {column: " ".join(value.split()) for column, value in enumerate(row.values) if isinstance(value, str)}
    known = {normal(text) for text in texts.values() if len(text) <= 80 and is_known(text)}
    return Header(row.number, {column: text[:120] for column, text in texts.items()}, len(known))
