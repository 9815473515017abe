"""What stands in a token's place: from the frozen facts when a pack is made, a sample row of nothing when a template is checked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from django.utils.translation import gettext as _

from mainstay.render.blocks import Cell, Column, Row, Status, Table
from mainstay.render.cells import in_words
from mainstay.render.charts import BarChart, LineChart
from mainstay.render.words import Words
from mainstay.reporting.templating import catalogue, lists
from mainstay.reporting.templating.naming import ColumnName, ListName, Looks, Source
from mainstay.reporting.templating.tokens import Choice, Condition

MOST_REPEATS = 2000
"""How often blocks may be repeated in one document, all together."""
MOST_ELEMENTS = 200_000
"""How many elements and cells all repeated blocks and tables may come to."""
WORDS = Words()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a template, and where."""

    place: str
    text: str


class TemplateFault(Exception):
    """A template that cannot be filled, with all that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(f"{fault.place}: {fault.text}" for fault in self.faults))


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows that repeated blocks stand on, the outermost first."""

    rows: tuple[tuple[ListName, Any], ...] = ()

    def on(self, found: ListName, row: Any) -> "Scope":
        return Scope((*self.rows, (found, row)))

    def row_of(self, one: str) -> tuple[ListName, Any] | None:
        return next((pair for pair in reversed(self.rows) if pair[0].one == one), None)

    @property
    def part(self) -> str:
        """The project that lists are narrowed to."""
        return next((found.part(row) for found, row in self.rows if found.one == "project"), "")


@dataclass(frozen=True, slots=True)
class Value:
    """What a field holds, and how it is written."""

    cell: Cell
    column: Column

    @property
    def text(self) -> str:
        return in_words(self.cell, self.column, WORDS) if self.column.kind != "money" else self.money

    @property
    def money(self) -> str:
        """Outside a table no head tells the currency."""
        told = in_words(self.cell, self.column, WORDS)
        if self.cell is None:
            return told
        return f"−£{told[1:]}m" if told.startswith("−") else f"£{told}m"


class Filler(Protocol):
    """What the walkers of all three kinds of file ask."""

    def field(self, name: str, scope: Scope, place: str) -> Value: ...
    def scopes(self, name: str, choice: Choice, scope: Scope, place: str, weight: int) -> Sequence[Scope]: ...
    def table(self, name: str, choice: Choice, scope: Scope, place: str) -> Table: ...
    def chart(self, name: str, place: str) -> LineChart | BarChart | None: ...
    def fault(self, place: str, text: str) -> None: ...


def resolved(name: str, scope: Scope) -> tuple[Looks, Any] | None:
    """How the name is written, and the function that gives its value; None where it is unknown here."""
    one, dot, column_name = name.partition(".")
    if dot and (pair := scope.row_of(one)) is not None and (column := pair[0].column(column_name)) is not None:
        return column.looks, lambda source: column.get(source, pair[1])
    if dot and column_name == "count" and (counted := catalogue.lists().get(one)) is not None:
        return Looks(head=one, kind="number"), lambda source: len(rows_of(counted, Choice(), scope, source))
    if (found := catalogue.fields().get(name)) is not None:
        return found.looks, found.get
    return None


def rows_of(found: ListName, choice: Choice, scope: Scope, source: Source) -> list[Any]:
    """All rows that the choice lets through, in its order; `top` is applied by who shows them."""
    part = scope.part
    rows = [row for row in found.rows(source.facts) if not part or found.part(row) == part]
    rows = [row for row in rows if all(holds(one, found, row, source) for one in choice.where)]
    for name in reversed(choice.sort):
        column = found.column(name.removeprefix("-"))
        if column is not None:
            rows = sorted_by(rows, column, source, falling=name.startswith("-"))
    return rows


def sorted_by(rows: list[Any], column: ColumnName, source: Source, *, falling: bool) -> list[Any]:
    """Rows without a value come last either way."""
    get = column.sorts or column.get
    keyed = [(ordinal(get(source, row)), row) for row in rows]
    known = sorted((pair for pair in keyed if pair[0] is not None), key=lambda pair: pair[0], reverse=falling)
    return [row for _key, row in known] + [row for key, row in keyed if key is None]


def ordinal(value: Any) -> Any:
    if isinstance(value, Status):
        return value.word
    return value.casefold() if isinstance(value, str) else value


def holds(one: Condition, found: ListName, row: Any, source: Source) -> bool:
    column = found.column(one.column)
    value = column.get(source, row) if column else None
    if one.operator == ":":
        return said(value) in one.values
    asked = comparable(one.values[0], value)
    if asked is None or value is None:
        return False
    held: Any = value
    return bool(held < asked if one.operator == "<" else held > asked)


def said(value: Cell) -> str:
    """A value as somebody would write it in a condition."""
    if isinstance(value, Status):
        return value.word.lower()
    return "none" if value is None else str(value).lower().replace("_", " ")


def comparable(text: str, value: Cell) -> date | Decimal | None:
    """The text as a value of the same kind; None where it is not one."""
    try:
        return date.fromisoformat(text) if isinstance(value, date) else Decimal(text) if isinstance(value, int | Decimal) else None
    except (ValueError, InvalidOperation):
        return None


def table_of(found: ListName, columns: Sequence[ColumnName], rows: Sequence[Any], all_of_them: int, source: Source) -> Table:
    cells = tuple(Row(tuple(column.get(source, row) for column in columns)) for row in rows)
    left_out = all_of_them - len(rows)
    note = _("%(shown)d of %(all)d shown.") % {"shown": len(rows), "all": all_of_them} if left_out > 0 else ""
    heads = tuple(column.looks.column(heads_row=at == 0) for at, column in enumerate(columns))
    return Table(lists.heading(found), heads, cells, note=note, empty=_("None."))


@dataclass
class FromFacts:
    """Fills a template from one snapshot."""

    source: Source
    faults: list[Fault] = field(default_factory=list)
    repeated: int = 0
    written: int = 0

    def field(self, name: str, scope: Scope, place: str) -> Value:
        found = resolved(name, scope)
        if found is None:
            raise TemplateFault([Fault(place, _("%(name)s is not known here.") % {"name": name})])
        looks, get = found
        return Value(get(self.source), looks.column())

    def scopes(self, name: str, choice: Choice, scope: Scope, place: str, weight: int) -> Sequence[Scope]:
        """The rows of a repeated block that consists of `weight` elements."""
        found = self.list_of(name, place)
        rows = rows_of(found, choice, scope, self.source)[: choice.top]
        self.repeated += len(rows)
        self.written += len(rows) * weight
        if self.repeated > MOST_REPEATS:
            text = _("The repeated blocks make more than %(most)d copies. Put top= or where= to the outer one.") % {"most": MOST_REPEATS}
            raise TemplateFault([Fault(place, text)])
        self.refuse_endless(place)
        return [scope.on(found, row) for row in rows]

    def refuse_endless(self, place: str) -> None:
        if self.written > MOST_ELEMENTS:
            text = _("The document would come to more than %(most)d elements. Put top= or where= to its lists.") % {"most": MOST_ELEMENTS}
            raise TemplateFault([Fault(place, text)])

    def table(self, name: str, choice: Choice, scope: Scope, place: str) -> Table:
        found = self.list_of(name, place)
        rows = rows_of(found, choice, scope, self.source)
        columns = [column for column in map(found.column, choice.columns or found.shown) if column]
        self.written += len(columns) * min(choice.top, len(rows))
        self.refuse_endless(place)
        return table_of(found, columns, rows[: choice.top], len(rows), self.source)

    def chart(self, name: str, place: str) -> LineChart | BarChart | None:
        return catalogue.charts()[name].draw(self.source)

    def list_of(self, name: str, place: str) -> ListName:
        found = catalogue.list_called(name)
        if found is None:
            raise TemplateFault([Fault(place, _("%(name)s is not known here.") % {"name": name})])
        return found

    def fault(self, place: str, text: str) -> None:
        raise TemplateFault([Fault(place, text)])
