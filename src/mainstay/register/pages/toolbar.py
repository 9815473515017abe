"""What stands above a list: heads that sort, columns to choose and reorder, filters as a form that works without script."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from mainstay.register.filters import ME, NONE, filterable
from mainstay.register.pages.addresses import Address, moved
from mainstay.register.pages.shown import Shown
from mainstay.register.spec import Register, register_of
from mainstay.register.tables import Column, columns_of


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column, with the address that sorts by it the other way."""

    column: Column
    url: str
    direction: str
    is_number: bool


def heads(found: Shown) -> list[Head]:
    return [head(found, place, column) for place, column in enumerate(found.columns)]


def head(found: Shown, place: int, column: Column) -> Head:
    is_number = column.is_number or any(row.cells[place].is_number for row in found.rows)
    if not column.order:
        return Head(column, "", "", is_number)
    is_sorted = found.order is not None and found.order.name == column.name
    is_descending = is_sorted and found.order is not None and found.order.is_descending
    direction = ("descending" if is_descending else "ascending") if is_sorted else ""
    turned = column.name if is_descending or not is_sorted else f"-{column.name}"
    return Head(column, found.address.url(sort=turned), direction, is_number)


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column in the panel that chooses them."""

    column: Column
    is_shown: bool
    left: str = ""
    right: str = ""


def columns(found: Shown) -> list[ColumnChoice]:
    """All columns: those shown in their order, with addresses that move them, then the rest."""
    names = [column.name for column in found.columns]
    shown = [
        ColumnChoice(
            column,
            True,
            f"{found.address.url(columns=','.join(moved(names, column.name, -1)))}&panel=columns" if place else "",
            f"{found.address.url(columns=','.join(moved(names, column.name, 1)))}&panel=columns" if place < len(names) - 1 else "",
        )
        for place, column in enumerate(found.columns)
    ]
    rest = [ColumnChoice(column, False) for name, column in columns_of(found.register).items() if name not in names]
    return [*shown, *rest]


@dataclass(slots=True)
class FilterField:
    """One column in the panel of filters, with what is chosen now."""

    column: Column
    kind: str
    options: list[dict[str, Any]] = field(default_factory=list)
    text: str = ""
    low: str = ""
    high: str = ""
    suggest: str = ""

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def is_used(self) -> bool:
        return bool(self.text or self.low or self.high or any(option["is_chosen"] for option in self.options))


def filters(found: Shown) -> list[FilterField]:
    """The filters of the register in its own order, then any other that is in force."""
    register, address = found.register, found.address
    names = [*register.filters, *(name.split(".")[0] for name in address.narrowing)]
    known = {column.name: column for column in filterable(register)}
    return [filter_field(register, address, known[name]) for name in dict.fromkeys(names) if name in known]


def filter_field(register: type[Register], address: Address, column: Column) -> FilterField:
    held = address.query.getlist(column.name)
    made = FilterField(column, KINDS.get(column.kind, column.kind))
    if made.kind == "options":
        made.options = [option(value, label, held) for value, label in choices(register, column)]
    elif made.kind == "reference":
        made.options = reference_options(register, column, held)
        made.suggest = suggestions_url(register, column)
    elif made.kind == "range":
        made.low, made.high = address.get(f"{column.name}.from"), address.get(f"{column.name}.to")
        made.options = [option(NONE, _("not given"), held)]
    else:
        made.text = address.get(f"{column.name}.has")
        made.options = [option(value, value, held) for value in held]
    return made


KINDS = {
    "choice": "options",
    "state": "options",
    "yes_no": "options",
    "number": "range",
    "date": "range",
    "moment": "range",
    "long": "text",
}


def option(value: Any, label: Any, held: list[str]) -> dict[str, Any]:
    return {"value": value, "label": str(label), "is_chosen": str(value) in held}


def choices(register: type[Register], column: Column) -> list[tuple[Any, Any]]:
    if column.kind == "state" and register.states:
        states = [(name, state.label) for name, state in register.states.states.items()]
        return states if len(register.states.open) < 2 or "open" in register.states.states else [("open", _("Any open")), *states]
    if column.kind == "yes_no":
        return [("yes", _("yes")), ("no", _("no"))]
    known = list(register.field(column.name).flatchoices)
    return [*known, (NONE, _("empty"))] if register.field(column.name).blank else known


def reference_options(register: type[Register], column: Column, held: list[str]) -> list[dict[str, Any]]:
    target = register_of(register.field(column.name).related_model)
    is_person = target is not None and target.key == "organisation.person"
    offered = [(ME, _("me"))] if is_person else []
    offered += [(NONE, _("nobody") if is_person else _("empty"))] if register.field(column.name).null else []
    names = [value for value, _label in offered]
    return [
        *(option(value, label, held) for value, label in offered),
        *(option(value, value, held) for value in held if value not in names),
    ]


def suggestions_url(register: type[Register], column: Column) -> str:
    return f"{register.url('list')}choices/{column.name}/" if column.name in register.fields() else ""
