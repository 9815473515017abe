"""Columns and cells: which columns a register offers, and a record's value under each, ready to be shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register import words
from mainstay.register.access import paths_for, visible_to
from mainstay.register.spec import Register, register_of

ALWAYS = ("ref", "title", "initiative", "owner", "state", "marking", "source", "as_at", "version", "created_at", "updated_at")
WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list. `kind` decides how a value is shown and filtered."""

    name: str
    label: str
    kind: str
    order: tuple[str, ...] = ()
    """Lookups to sort by; empty where the database cannot."""

    @property
    def is_number(self) -> bool:
        return self.kind in {"number", "date", "moment"}

    @property
    def is_money(self) -> bool:
        """Pounds, by its head; a list shows them without pennies."""
        return self.label.endswith("£")


@dataclass(slots=True)
class Cell:
    """A value under a column."""

    column: Column
    text: str
    value: Any = None
    url: str = ""
    edit_url: str = ""
    was: str | None = None
    """The value on the date compared with, where it differs."""
    is_open: bool = True
    """Of a state: whether the record still needs somebody."""
    is_withheld: bool = False

    @property
    def kind(self) -> str:
        return self.column.kind

    @property
    def is_number(self) -> bool:
        """Stands to the right; what is worked out does so where it is a number or a date."""
        return self.column.is_number or (self.kind == "derived" and isinstance(self.value, int | float | Decimal | date))

    @property
    def is_person(self) -> bool:
        return self.kind == "reference" and hasattr(self.value, "has_left")

    @property
    def initials(self) -> str:
        """The first letters of a person's first and last name."""
        names = [name for name in self.text.split() if name[0].isalpha()]
        return "".join(name[0] for name in (names[:1] + names[-1:] if len(names) > 1 else names)).upper()


_columns: dict[str, dict[str, Column]] = {}


def columns_of(register: type[Register]) -> dict[str, Column]:
    """All columns that a list of this register may show: its own first, then the rest. Worked out once."""
    if register.key not in _columns:
        _columns[register.key] = all_columns(register)
    return _columns[register.key]


def all_columns(register: type[Register]) -> dict[str, Column]:
    concrete = {field.name for field in register.model._meta.concrete_fields}
    listed = (*register.columns, *register.fields(), *ALWAYS, *register.derived)
    own = [name for name in listed if name in concrete or name in register.derived]
    return {name: column_of(register, name) for name in dict.fromkeys(own)}


def column_of(register: type[Register], name: str) -> Column:
    if name in register.derived:
        return Column(name, register.label(name), "derived")
    field = register.field(name)
    if isinstance(field, models.ForeignKey):
        names = {each.name for each in field.related_model._meta.concrete_fields}
        return Column(name, register.label(name), "reference", (f"{name}__code" if "code" in names else f"{name}__title",))
    kind = kind_of(register, field)
    return Column(name, register.label(name), kind, () if kind == "json" else (name,))


def kind_of(register: type[Register], field: Any) -> str:
    if field.name == "state" and register.states:
        return "state"
    if field.choices:
        return "choice"
    kinds: tuple[tuple[type, str], ...] = (
        (models.BooleanField, "yes_no"),
        (models.DateTimeField, "moment"),
        (models.DateField, "date"),
        (models.DecimalField, "number"),
        (models.IntegerField, "number"),
        (models.FloatField, "number"),
        (models.JSONField, "json"),
        (models.TextField, "long"),
    )
    return next((kind for type_, kind in kinds if isinstance(field, type_)), "text")


def chosen(register: type[Register], names: Sequence[str]) -> list[Column]:
    """The columns named, in that order; the register's own where none of the names is one."""
    known = columns_of(register)
    found = [known[name] for name in dict.fromkeys(names) if name in known]
    return found or [known[name] for name in register.columns if name in known]


def plain_text(register: type[Register], column: Column, value: Any) -> str:
    """A value of this column as text; a reference must be a record, not an id."""
    if value is None or value == "":
        return ""
    if column.kind == "state" and register.states:
        return str(register.states.label(value))
    if column.kind == "choice":
        return str(dict(register.field(column.name).flatchoices).get(value, value))
    return words.text(value)


class Cells:
    """Makes the cells of a page of records. References that the reader may not see are withheld; found out once for the page."""

    def __init__(self, register: type[Register], account: Account | None, records: Iterable[Any], columns: Sequence[Column]) -> None:
        self.register, self.columns = register, columns
        names = [column.name for column in columns]
        self.link = next((name for name in ("ref", "code", "title") if name in names), names[0] if names else "")
        self.records = list(records)
        self.labels = {column.name: labels_of(register, column) for column in columns if column.kind in {"choice", "state"}}
        self.addresses: dict[type[Register], tuple[str, str]] = {}
        self.hidden = {column.name: self.unseen(column, account) for column in columns if column.kind == "reference"}

    def unseen(self, column: Column, account: Account | None) -> set[int]:
        targets = [target for record in self.records if (target := getattr(record, column.name)) is not None]
        return {target.pk for target in targets} - visible_ids(account, targets)

    def of(self, record: Any) -> list[Cell]:
        return [self.cell(column, record) for column in self.columns]

    def cell(self, column: Column, record: Any) -> Cell:
        value = getattr(record, column.name)
        if column.kind == "reference":
            return self.reference(column, value)
        url = self.url(self.register, record.pk) if column.name == self.link else ""
        if column.kind in {"choice", "state"}:
            text = "" if value is None else self.labels[column.name].get(value, str(value))
            is_open = column.kind != "state" or self.register.states is None or value in self.register.states.open
            return Cell(column, text, value, url, is_open=is_open)
        if column.is_money and isinstance(value, Decimal | int):
            return Cell(column, words.number(Decimal(value).quantize(Decimal(1), ROUND_HALF_UP)), value, url)
        return Cell(column, words.text(value), value, url)

    def url(self, register: type[Register], pk: int) -> str:
        """The record's page; resolved once for each register, since a list has hundreds."""
        if register not in self.addresses:
            before, _pk, after = register.url("detail", 0).rpartition("0")
            self.addresses[register] = (before, after)
        before, after = self.addresses[register]
        return f"{before}{pk}{after}"

    def reference(self, column: Column, target: Any) -> Cell:
        if target is None:
            return Cell(column, "")
        if target.pk in self.hidden[column.name]:
            return Cell(column, _(WITHHELD), is_withheld=True)
        there = register_of(type(target))
        text = target.code if column.name in {"initiative", "parent", "giver"} and hasattr(target, "code") else str(target)
        return Cell(column, text, target, self.url(there, target.pk) if there else "")


def labels_of(register: type[Register], column: Column) -> dict[Any, str]:
    """What the values of a choice or a state are called."""
    if column.kind == "state" and register.states:
        return {name: str(state.label) for name, state in register.states.states.items()}
    return {value: str(label) for value, label in register.field(column.name).flatchoices}


def visible_ids(account: Account | None, targets: Sequence[Any]) -> set[int]:
    """Those of `targets`, records of one register, that `account` may see; asks the database only where their paths do not tell."""
    if not targets:
        return set()
    register = register_of(type(targets[0]))
    if register is None:
        return {target.pk for target in targets}
    paths = paths_for(account, register, "view")
    if "/" in paths or (paths and (register.is_open or not register.scope)):
        return {target.pk for target in targets}
    if register.scope == ("path",):
        return {target.pk for target in targets if any(target.path.startswith(path) for path in paths)}
    return set(visible_to(account, register).filter(pk__in={target.pk for target in targets}).values_list("pk", flat=True))
