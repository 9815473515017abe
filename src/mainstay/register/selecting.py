"""The rows that a selection chooses, in an order: live from the database, or as they were at a moment of the past."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from typing import Any

from django.db.models import CharField, F, QuerySet, TextField
from django.db.models.expressions import OrderBy
from django.db.models.functions import Lower

from mainstay.accounts.models import Account
from mainstay.register.access import visible_to
from mainstay.register.asat import Moment, Values, past_values, roll_back
from mainstay.register.conditions import all_of, hold, reached
from mainstay.register.filters import Selection
from mainstay.register.many import parts
from mainstay.register.spec import Register
from mainstay.register.tables import columns_of


@dataclass(frozen=True, slots=True)
class Order:
    """A column to sort by, and which way."""

    name: str
    is_descending: bool = False

    @property
    def text(self) -> str:
        """As an address says it."""
        return f"-{self.name}" if self.is_descending else self.name


def order_of(register: type[Register], text: str) -> Order | None:
    """The order that `text` names; None where the column is unknown or the database cannot sort by it."""
    name = text.removeprefix("-")
    column = columns_of(register).get(name)
    return Order(name, text.startswith("-")) if column is not None and column.order else None


def lookups(register: type[Register], order: Order | None) -> list[tuple[str, bool]]:
    """What to sort by, with whether it descends; rows that are equal keep the order of their making."""
    if order is None:
        found = [(text.removeprefix("-"), text.startswith("-")) for text in register.order]
    else:
        found = [(lookup, order.is_descending) for lookup in columns_of(register)[order.name].order]
    return found if any(name == "pk" for name, _down in found) else [*found, ("pk", True)]


def ordered(register: type[Register], rows: QuerySet[Any], order: Order | None, *, are_few: bool = False) -> QuerySet[Any]:
    """`rows` in that order, what is empty last. `are_few` keeps a database from walking the whole table along an index of the order."""
    ways = lookups(register, order)
    if are_few and ways[0][0] == "pk":
        return rows.order_by((F("pk") + 0).desc() if ways[0][1] else (F("pk") + 0).asc())
    return rows.order_by(*[expression(register, name, is_descending) for name, is_descending in ways])


def expression(register: type[Register], name: str, is_descending: bool) -> OrderBy:  # a pair of `lookups`
    path = Lower(name) if is_prose(register, name) else F(name)
    if name == "pk" or not may_be_empty(register, name):
        return path.desc() if is_descending else path.asc()
    return path.desc(nulls_last=True) if is_descending else path.asc(nulls_last=True)


def is_prose(register: type[Register], lookup: str) -> bool:
    """Whether people expect capitals not to matter; a reference or a code is sorted as it stands, by its index."""
    *way, last = lookup.split("__")
    if last in {"pk", "ref", "code", "state"}:
        return False
    model: Any = register.model
    for step in way:
        model = model._meta.get_field(step).related_model
    return isinstance(model._meta.get_field(last), CharField | TextField)


def may_be_empty(register: type[Register], lookup: str) -> bool:
    """Asked because a database uses no index for `nulls last`, so it is said only where there can be a null."""
    return bool(register.field(lookup.split("__", maxsplit=1)[0]).null)


def chosen_rows(register: type[Register], account: Account | None, selection: Selection) -> QuerySet[Any]:
    """The rows of today that fulfil the selection, within what the account may see."""
    return visible_to(account, register).filter(all_of(selection.conditions))


def past_ids(
    register: type[Register], account: Account | None, selection: Selection, order: Order | None, moment: Moment
) -> tuple[list[int], dict[int, Values | None]]:
    """The ids of the rows that fulfilled the selection then, in order, and what to put back in the records that have changed since."""
    past = past_values(register, moment.sequence)
    ways = lookups(register, order)
    names = [name for name, _down in ways]
    found = [row for row in chosen_rows(register, account, selection).values_list("pk", *names) if row[0] not in past]
    found += changed_since(register, account, selection, past, names)
    found.sort(key=by(ways))
    return [row[0] for row in found], past


def changed_since(
    register: type[Register], account: Account | None, selection: Selection, past: dict[int, Values | None], names: Sequence[str]
) -> list[tuple[Any, ...]]:
    """Of the records that have changed since, those that fulfilled the selection then: id and values to sort by."""
    found = []
    for part in parts(list(past)):
        records = register.rows(visible_to(account, register).filter(pk__in=part))
        found += [
            (record.pk, *[reached(record, name) for name in names])
            for record in roll_back(register, records, past)
            if hold(selection.conditions, record)
        ]
    return found


def by(ways: Sequence[tuple[str, bool]]) -> Callable[[tuple[Any, ...]], Any]:
    """Sorts rows of an id and the values of `ways` as the database does: what is empty last, whichever way."""

    def compared(one: tuple[Any, ...], other: tuple[Any, ...]) -> int:
        for place, (_name, is_descending) in enumerate(ways, 1):
            left, right = one[place], other[place]
            if left is None or right is None:
                if (left is None) != (right is None):
                    return 1 if left is None else -1
                continue
            left, right = sortable(left), sortable(right)
            if left != right:
                return 1 if (left < right) == is_descending else -1
        return 0

    return cmp_to_key(compared)


def sortable(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def in_order(records: QuerySet[Any], ids: Sequence[int]) -> list[Any]:
    """The records of these ids, in their order; one query."""
    found = {record.pk: record for record in records.filter(pk__in=list(ids))}
    return [found[pk] for pk in ids if pk in found]
