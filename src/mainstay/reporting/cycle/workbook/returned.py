"""What a workbook that came back says, as far as its labels tell: answer cells with their places, and what stood in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mainstay.formats.spreadsheet import Value


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
    said: frozenset[str] = frozenset()
    """The marks of the texts that only tell."""
    given: dict[str, list[Given]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the labels of a sheet stand: the row above all, the column of keys, and the columns of answers by their codes."""

    row: int
    key: int
    columns: Mapping[int, str]
