"""What a table file holds, whatever its format: sheets of rows of cells, each of which can be named to a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from string import ascii_uppercase

from mainstay.formats.kinds import FileKind

Value = str | int | float | bool | date | datetime | time | None
"""What a cell says. A text is never empty: an empty cell is None."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` is what the file's reader sees at its left, counted from 1."""

    number: int
    values: Sequence[Value]
    is_hidden: bool = False

    def value(self, column: int) -> Value:
        return self.values[column] if column < len(self.values) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet that say anything. A text file has one sheet without a name."""

    name: str
    rows: tuple[Row, ...]
    is_hidden: bool = False
    odd: Mapping[str, str] = field(default_factory=dict)
    """Where asked for: cell → the name of its error, or `formula` for one without a result."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Where asked for: first row, first column, last row, last column of merged cells; only the first of them says anything."""

    def place(self, row: int, column: int) -> str:
        """`Risks, cell C7`, to stand before a sentence about that cell."""
        return f"{self.name}, cell {cell_name(row, column)}" if self.name else f"line {row}, column {column_name(column)}"


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file of tables, with remarks on what was seen while it was read."""

    kind: FileKind
    sheets: tuple[Sheet, ...]
    remarks: tuple[str, ...] = field(default=())


def column_name(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = ascii_uppercase[digit] + letters
    return letters


def column_number(letters: str) -> int:
    """The inverse of `column_name`."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def cell_name(row: int, column: int) -> str:
    """`C7` for row 7 (from 1) and column 2 (from 0)."""
    return f"{column_name(column)}{row}"
