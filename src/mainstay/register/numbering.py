"""References: one running number per register and parent, given in the writer's transaction."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F

from mainstay.register.models import Counter
from mainstay.register.spec import Register

TAKEN = "{ref} stands here already. Give another reference, or leave it empty to have one given."


def parent_id(register: type[Register], record: Any) -> int:
    parent = register.model.PARENT
    return getattr(record, f"{parent}_id") if parent else 0


def next_numbers(register: type[Register], parent: int, count: int = 1) -> range:
    """Reserve `count` numbers. The row is locked by its update until the transaction ends, so nobody gets the same ones."""
    Counter.objects.get_or_create(register=register.key, parent_id=parent)
    Counter.objects.filter(register=register.key, parent_id=parent).update(last=F("last") + count)
    last = Counter.objects.get(register=register.key, parent_id=parent).last
    return range(last - count + 1, last + 1)


def reference(register: type[Register], number: int) -> str:
    return f"{register.code}-{number:03d}"


def free_reference(register: type[Register], record: Any) -> str:
    """The next reference that no import has taken."""
    rows = register.model._default_manager.all()
    parent = parent_id(register, record)
    if register.model.PARENT:
        rows = rows.filter(**{f"{register.model.PARENT}_id": parent})
    while True:
        ref = reference(register, next_numbers(register, parent)[0])
        if not rows.filter(ref=ref).exists():
            return ref


def taken(register: type[Register], records: Mapping[int, Any]) -> list[int]:
    """The keys of those `records`, not yet written, whose reference another record of the same parent has, or an earlier one of them."""
    named = {key: (parent_id(register, record), record.ref) for key, record in records.items() if record.ref}
    if not named:
        return []
    held: set[tuple[int, str]] = set()
    column = f"{register.model.PARENT}_id" if register.model.PARENT else ""
    refs = sorted({ref for _parent, ref in named.values()})
    for start in range(0, len(refs), 500):
        rows = register.model._default_manager.filter(ref__in=refs[start : start + 500])
        held |= set(rows.values_list(column, "ref")) if column else {(0, ref) for ref in rows.values_list("ref", flat=True)}
    found = []
    for key, name in named.items():
        if name in held:
            found.append(key)
        held.add(name)
    return found


def settle(register: type[Register], record: Any, before: Mapping[str, Any]) -> None:
    """A record that has moved below another parent keeps its reference where that is free there, and gets the next one where it is not."""
    parent = register.model.PARENT
    if not parent or before.get(parent) == parent_id(register, record):
        return
    if (
        register.model._default_manager.filter(**{f"{parent}_id": parent_id(register, record), "ref": record.ref})
        .exclude(pk=record.pk)
        .exists()
    ):
        record.ref = free_reference(register, record)


def number_all(register: type[Register], records: list[Any]) -> None:
    """Give references to the records that bring none, each parent's in one reservation; references that imports brought are passed over."""
    by_parent: dict[int, list[Any]] = {}
    for record in records:
        if not record.ref:
            by_parent.setdefault(parent_id(register, record), []).append(record)
    brought = {(parent_id(register, record), record.ref) for record in records if record.ref}
    for parent, group in by_parent.items():
        waiting = group
        while waiting:
            for record, number in zip(waiting, next_numbers(register, parent, len(waiting)), strict=True):
                record.ref = reference(register, number)
            again = set(taken(register, dict(enumerate(waiting))))
            waiting = [record for place, record in enumerate(waiting) if place in again or (parent, record.ref) in brought]
