"""What a name of the catalogue is: a field with its value, a list with its rows and columns, a chart. Each says in words what it gives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django_stubs_ext import StrOrPromise

from mainstay.render.blocks import Cell, Column, Kind
from mainstay.render.charts import BarChart, LineChart
from mainstay.reporting.board_pack.facts import PackFacts


@dataclass(frozen=True, slots=True)
class Source:
    """The frozen facts, and the digest that they are kept under."""

    facts: PackFacts
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """How a value is written: its kind, its head in tables and its share of their width."""

    head: StrOrPromise
    kind: Kind = "text"
    weight: float = 1.0
    places: int | None = None
    missing: StrOrPromise = ""

    def column(self, *, heads_row: bool = False) -> Column:
        return Column(str(self.head), self.kind, self.weight, self.places, missing=str(self.missing), heads_row=heads_row)


@dataclass(frozen=True, slots=True)
class FieldName:
    """A value of the whole pack."""

    name: str
    help: StrOrPromise
    get: Callable[[Source], Cell]
    looks: Looks


@dataclass(frozen=True, slots=True)
class ColumnName:
    """A value of one row of a list."""

    name: str
    looks: Looks
    get: Callable[[Source, Any], Cell]
    sorts: Callable[[Source, Any], Any] | None = None
    """What it is ordered by, where that is not what it says."""
    help: StrOrPromise = ""
    """What it gives, where its head does not say it all."""

    @property
    def told(self) -> StrOrPromise:
        return self.help or self.looks.head


@dataclass(frozen=True, slots=True)
class ListName:
    """Rows: in a table, or one by one under the name of `one`."""

    name: str
    one: str
    help: StrOrPromise
    rows: Callable[[PackFacts], Sequence[Any]]
    part: Callable[[Any], str]
    """The project that a row belongs to."""
    columns: tuple[ColumnName, ...]
    shown: tuple[str, ...]
    """The columns of its table where a template names none."""

    def column(self, name: str) -> ColumnName | None:
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True, slots=True)
class ChartName:
    name: str
    help: StrOrPromise
    draw: Callable[[Source], LineChart | BarChart | None]
