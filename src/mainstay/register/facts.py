"""A record's values by section, as its page shows them: each fact with its words, its address and what it was on another date."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from mainstay.accounts.models import Account
from mainstay.register.spec import Register
from mainstay.register.tables import ALWAYS, Cell, Cells, Column, columns_of

MANY = 5
LONG = frozenset({"long", "json"})
ELSEWHERE = frozenset({"title", "state", "marking", *ALWAYS}) - {"owner", "initiative"}
"""What the head of the page says already."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One label with its value."""

    name: str
    label: str
    value: str
    url: str = ""
    kind: str = "text"
    hint: str = ""
    was: str | None = None
    """The value on the date compared with, where it differs."""

    @property
    def is_long(self) -> bool:
        return self.kind in LONG and ("\n" in self.value or len(self.value) > 90)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its facts; `is_derived` where nobody enters them."""

    title: str
    facts: list[Fact] = field(default_factory=list)
    is_derived: bool = False

    @property
    def is_many(self) -> bool:
        """Many short values read better in two columns."""
        return len(self.facts) >= MANY

    @property
    def has_values(self) -> bool:
        return any(fact.value or fact.was for fact in self.facts)


def derived_columns(register: type[Register]) -> list[str]:
    """What a list may show but nobody writes: properties of the model and fields that calculations and files fill."""
    own = [*register.columns, *register.derived]
    editable = set(register.fields())
    rest = [name for name, column in columns_of(register).items() if name not in editable and name not in own and column.kind != "json"]
    return [name for name in dict.fromkeys((*own, *rest)) if name not in editable and name not in ELSEWHERE]


def layout(register: type[Register]) -> list[tuple[str, list[str], bool]]:
    """Heading, names of the facts, and whether they are worked out."""
    made = [(str(title), [name for name in names if name not in ELSEWHERE], False) for title, names in register.sections.items()]
    if worked_out := derived_columns(register):
        made.append(("", worked_out, True))
    return [entry for entry in made if entry[1]]


def sections(register: type[Register], account: Account | None, record: Any, earlier: Any = None) -> list[Section]:
    """The sections of a record, compared with how it was (`earlier`) where that is given."""
    plan = layout(register)
    known = {name: column_for(register, name) for _title, names, _derived in plan for name in names}
    records = [record] if earlier is None else [record, earlier]
    cells = Cells(register, account, records, list(known.values()))
    return [
        Section(title, [fact(register, cells, known[name], records) for name in names], is_derived) for title, names, is_derived in plan
    ]


def column_for(register: type[Register], name: str) -> Column:
    return columns_of(register)[name]


def fact(register: type[Register], cells: Cells, column: Column, records: Sequence[Any]) -> Fact:
    now = cells.cell(column, records[0])
    was = cells.cell(column, records[1]) if len(records) > 1 else None
    text = words_of(now)
    differs = was is not None and words_of(was) != text
    return Fact(
        column.name,
        column.label,
        text,
        now.url if column.kind == "reference" else "",
        column.kind,
        "" if column.name in register.derived else str(register.field(column.name).help_text),
        words_of(was) if differs and was is not None else None,
    )


def words_of(cell: Cell) -> str:
    """The cell's text; a reference is named in full where a list has only room for its code."""
    if cell.kind == "reference" and cell.value is not None:
        return str(cell.value)
    return cell.text
