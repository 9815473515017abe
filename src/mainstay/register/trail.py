"""The way down the tree to a record, as far as its reader may see it."""

from dataclasses import dataclass
from typing import Any

from mainstay.accounts.models import Account
from mainstay.register.access import paths_for
from mainstay.register.spec import Register, register_of


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way."""

    label: str
    url: str


def place(register: type[Register], record: Any) -> Any:
    """The row of the tree that the record lies at: what its first scope leads through, or itself."""
    steps = register.scope[0].split("__")[:-1] if register.scope else []
    value = record if register.scope else None
    for step in steps:
        value = getattr(value, step, None)
    return value


def steps_above(account: Account | None, record: Any) -> list[Any]:
    """The rows of a tree from the top to `record` and with it, those that `account` may see; one query."""
    register = register_of(type(record))
    if register is None or not getattr(record, "path", ""):
        return []
    ids = [int(step.lstrip("o")) for step in record.path.split("/") if step]
    paths = paths_for(account, register, "view")
    rows = type(record)._default_manager.in_bulk(ids) if len(ids) > 1 else {record.pk: record}
    held = [rows[pk] for pk in ids if pk in rows]
    return [row for row in held if "/" in paths or register.is_open or any(row.path.startswith(path) for path in paths)]


def crumbs(register: type[Register], account: Account | None, record: Any = None) -> list[Crumb]:
    """The initiatives above the record, then its register; the last step before the page itself."""
    at = None if record is None else place(register, record)
    above = [] if at is None else steps_above(account, at)
    tree = register_of(type(at)) if at is not None else None
    found = [
        Crumb(str(row.title), tree.url("detail", row))
        for row in above
        if tree and row is not record and row.pk != (record.pk if tree is register else None)
    ]
    if tree is not register or not found:
        found.append(Crumb(register.title(), register.url("list")))
    return found
