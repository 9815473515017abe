"""A record as JSON: its own values, its references as far as the reader may see them, and where to find it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import ForeignKey, QuerySet

from mainstay.accounts.models import Account
from mainstay.register.spec import Register, register_of
from mainstay.register.tables import columns_of, visible_ids
from mainstay.register.values import plain

ALWAYS = ("id", "ref", "version", "url")
ROOT = "/api/v1"


def address(register: type[Register], pk: int | None = None) -> str:
    """Where the API has the register, or one of its records."""
    place = f"{ROOT}/{register.function}/{register.name}"
    return place if pk is None else f"{place}/{pk}"


def names(register: type[Register]) -> tuple[str, ...]:
    """All values that a record is read with; a field that no list may show is not among them."""
    return ("id", *[name for name in columns_of(register) if name != "id"], "is_withdrawn", "url")


def one(register: type[Register], account: Account | None, record: Any) -> dict[str, Any]:
    return many(register, account, [record])[0]


def many(register: type[Register], account: Account | None, records: Iterable[Any], fields: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The records with the fields asked for, or with all; one question to the database for each kind of reference."""
    held = list(records)
    chosen = tuple(dict.fromkeys((*ALWAYS, *fields))) if fields else names(register)
    references = {name for name in chosen if is_reference(register, name)}
    seen = {name: visible_targets(account, held, name) for name in references}
    return [shown(register, record, chosen, seen) for record in held]


def is_reference(register: type[Register], name: str) -> bool:
    return name not in register.derived and any(
        isinstance(field, ForeignKey) and field.name == name for field in register.model._meta.get_fields()
    )


def visible_targets(account: Account | None, records: Sequence[Any], name: str) -> set[int]:
    return visible_ids(account, [target for record in records if (target := getattr(record, name)) is not None])


def shown(register: type[Register], record: Any, chosen: Sequence[str], seen: dict[str, set[int]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    withheld = []
    for name in chosen:
        if name == "url":
            values[name] = address(register, record.pk)
        elif name in seen:
            target = getattr(record, name)
            values[name] = None if target is None or target.pk not in seen[name] else reference(target)
            if target is not None and values[name] is None:
                withheld.append(name)
        else:
            values[name] = plain(getattr(record, name))
    if withheld:
        values["withheld"] = withheld
    return values


def reference(target: Any) -> dict[str, Any]:
    """Another record, as far as it takes to name and to find it."""
    there = register_of(type(target))
    return {"id": target.pk, "label": str(target), "url": address(there, target.pk) if there else None}


def rows(register: type[Register], found: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with the targets of their references, so that the number of queries does not grow with them."""
    references = [name for name in columns_of(register) if is_reference(register, name)]
    return register.rows(found).select_related(*references) if references else register.rows(found)
