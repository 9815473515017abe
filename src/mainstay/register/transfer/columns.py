"""The columns of a file that goes out and comes back: what stands under each heading, and under which names it is known again."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from mainstay.register import words
from mainstay.register.spec import Register
from mainstay.register.tables import WITHHELD, Column, columns_of

ROUND_TRIP = ("ref", "version")
"""Without these a row that comes back cannot be told from a new one, and a stale one not from a fresh one."""


def complete(register: type[Register]) -> list[Column]:
    """Everything that can be written, with reference, state and version."""
    known = columns_of(register)
    names = ["ref", *register.fields(), *(["state"] if register.states else []), "version"]
    return [known[name] for name in dict.fromkeys(names)]


def with_round_trip(register: type[Register], columns: Sequence[Column]) -> list[Column]:
    """`columns` with the reference first and the version last where they are not among them."""
    known, names = columns_of(register), [column.name for column in columns]
    before = [] if "ref" in names else [known["ref"]]
    after = [] if "version" in names else [known["version"]]
    return [*before, *columns, *after]


def is_read(register: type[Register], column: Column) -> bool:
    """Whether an import takes anything from this column."""
    return column.name in register.fields() or column.name in ROUND_TRIP or (column.name == "state" and register.states is not None)


def choices_of(register: type[Register], column: Column) -> list[str]:
    if column.kind == "state" and register.states:
        return [str(state.label) for state in register.states.states.values()]
    if column.kind == "choice":
        return [str(label) for _value, label in register.field(column.name).flatchoices]
    return [_("yes"), _("no")] if column.kind == "yes_no" else []


def name_of(target: Any) -> str:
    """How a file names a record that another one refers to: by its code where it has one, else as people do."""
    code: str = getattr(target, "code", "") or ""
    return code or str(target)


def cell_of(register: type[Register], column: Column, record: Any, hidden: set[int]) -> Any:
    """The value under this column, typed: text, Decimal, date. `hidden` holds the ids of targets that the reader may not know."""
    value = getattr(record, column.name)
    if value is None or value == "":
        return None
    if column.kind == "reference":
        return _(WITHHELD) if value.pk in hidden else name_of(value)
    if column.kind == "state" and register.states:
        return str(register.states.label(value))
    if column.kind == "choice":
        return str(dict(register.field(column.name).flatchoices).get(value, value))
    if column.kind == "yes_no":
        return words.text(value)
    if column.kind == "json":
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    if isinstance(value, datetime):
        return words.local(value).replace(tzinfo=None, microsecond=0)
    return value


def described(columns: Iterable[Column]) -> str:
    """The columns as a sentence lists them."""
    return ", ".join(column.label for column in columns)
