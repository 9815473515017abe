"""What a report says, apart from how any format draws it: the values that stand in it, in words and cells. Frozen throughout.

Pictures stand in `charts`, and how all of it is put together in `report`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Shape = Literal["green", "amber", "red", "none", "done"]
Sense = Literal["better", "worse", "same"]
Kind = Literal["text", "number", "money", "percent", "delta", "date", "status"]
Tone = Literal["plain", "amber", "red"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look. `link` is a whole address or a path of this site."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""


Text = str | tuple[Run, ...]
"""Plain words, or runs where part of them is strong, emphatic or linked."""


@dataclass(frozen=True, slots=True)
class Status:
    """A judgement, said by shape and word; the colour only repeats them. One table of glyphs serves all formats."""

    word: str
    shape: Shape


GREEN, AMBER, RED = Status("Green", "green"), Status("Amber", "amber"), Status("Red", "red")
NOT_REPORTED, NOT_MEASURED, COMPLETE = Status("NOT REPORTED", "none"), Status("Not measured", "none"), Status("Complete", "done")


@dataclass(frozen=True, slots=True)
class Delta:
    """A difference already in words (`+60 days on baseline`), and whether that is better or worse."""

    text: str
    sense: Sense = "same"


Cell = None | str | tuple[Run, ...] | int | float | Decimal | date | Status | Delta
"""What one cell of a table holds. None is told in words (`Column.missing`); it is never an empty cell that could mean zero."""


@dataclass(frozen=True, slots=True)
class Column:
    """What the cells under one head are.

    `weight` is the share of the width beside the other columns. `places` are decimals shown (XLSX keeps the whole value).
    Amounts of a money column are in whole currency; they are shown in `scale`, told once in the head (`EAC £m`).
    A percent column holds shares of one. A delta column holds numbers, shown with + or −; `less_is` says how a fall is to be read.
    """

    head: str
    kind: Kind = "text"
    weight: float = 1
    places: int | None = None
    unit: str = ""
    currency: str = "£"
    scale: Literal["", "k", "m", "bn"] = "m"
    less_is: Sense = "same"
    heads_row: bool = False
    missing: str = ""

    @property
    def title(self) -> str:
        """The head with its unit."""
        unit = f"{self.currency}{self.scale}" if self.kind == "money" and not self.unit else self.unit
        return f"{self.head} {unit}".strip() if unit else self.head

    @property
    def is_figure(self) -> bool:
        """Whether the cells line up on their right edge."""
        return self.kind in {"number", "money", "percent", "delta"}


@dataclass(frozen=True, slots=True)
class Row:
    """Cells, one per column. A row of last known values is shown grey and italic, for its source did not report."""

    cells: tuple[Cell, ...]
    is_last_known: bool = False


def row(*cells: Cell, is_last_known: bool = False) -> Row:
    return Row(cells, is_last_known)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under typed columns. Heads are repeated on every further page or slide.

    `total` is of all rows, not only of those shown. `note` says what was left out and how to read it. `empty` is said when there is no row.
    `name` is the short name of it (the sheet's table, the caption); `alt` what a listener is told before the rows.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    note: str = ""
    alt: str = ""
    empty: str = ""

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError(f"The table {self.name!r} has no columns.")
        for one in (*self.rows, *((self.total,) if self.total else ())):
            if len(one.cells) != len(self.columns):
                raise ValueError(f"The table {self.name!r} has {len(self.columns)} columns and a row of {len(one.cells)} cells.")


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text


@dataclass(frozen=True, slots=True)
class Points:
    """A list of points; numbered when their order matters."""

    items: tuple[Text, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One headline figure. `value` is finished text or a status; `source` is its provenance in a few words."""

    label: str
    value: str | Status
    delta: Delta | None = None
    source: str = ""
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Up to six figures in one row; more go on in further rows."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """One thing and its status with the reason. Claim and measure stand side by side; neither overwrites the other."""

    name: str
    status: Status
    reason: str = ""
    claimed: Status | None = None
    link: str = ""
    is_last_known: bool = False


@dataclass(frozen=True, slots=True)
class StatusList:
    name: str
    items: tuple[Judged, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One way to decide. `effect` says what it gives and costs."""

    name: str
    effect: str = ""
    is_recommended: bool = False


@dataclass(frozen=True, slots=True)
class DecisionAsked:
    """What the reader is asked to decide. `ask` begins with a verb. Decisions that follow one another are shown together."""

    number: str
    ask: str
    because: str = ""
    options: tuple[Option, ...] = ()
    recommendation: str = ""
    by_whom: str = ""
    by_when: date | None = None
    cost: str = ""
    if_not: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A remark apart from the text: how to read it (plain), what to heed (amber), what is wrong (red)."""

    text: Text
    lead: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, with who said them and where they are recorded."""

    text: str
    by: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page or slide; a screen shows nothing."""
