"""References: one running number per register and parent, given in the writer's transaction."""

from collections import Counter as Tally
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import F

from mainstay.register.models import Counter
from mainstay.register.spec import Register

TAKEN = "{ref} stands here already. Give another reference, or leave it empty to have one given."


def parent_id(register: type[Register], record: Any) -> int:
    parent = register.model.PARENT
    return getattr(record, f"{parent}_id") if parent else 0


def next_number(register: type[Register], parent: int) -> int:
    """Reserve a number. The row is locked by its update until the transaction ends, so nobody gets the same one."""
    rows = Counter.objects.filter(register=register.key, parent_id=parent)
    if not rows.update(last=F("last") + 1):
        Counter.objects.get_or_create(register=register.key, parent_id=parent)
        rows.update(last=F("last") + 1)
    return Counter.objects.get(register=register.key, parent_id=parent).last


def reference(register: type[Register], number: int) -> str:
    return f"{register.code}-{number:03d}"


def free_reference(register: type[Register], record: Any) -> str:
    """The next reference that no import has taken."""
    rows = register.model._default_manager.all()
    parent = parent_id(register, record)
    if register.model.PARENT:
        rows = rows.filter(**{f"{register.model.PARENT}_id": parent})
    while True:
        ref = reference(register, next_number(register, parent))
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
    """Give references to the records that bring none, in one reservation; those that imports brought are passed over."""
    brought = {(parent_id(register, record), record.ref) for record in records if record.ref}
    waiting = [record for record in records if not record.ref]
    while waiting:
        numbers = reserve(register, Tally(parent_id(register, record) for record in waiting))
        for record in waiting:
            record.ref = reference(register, next(numbers[parent_id(register, record)]))
        again = set(taken(register, dict(enumerate(waiting))))
        waiting = [record for place, record in enumerate(waiting) if place in again or (parent_id(register, record), record.ref) in brought]


def reserve(register: type[Register], wanted: Mapping[int, int]) -> dict[int, Iterator[int]]:
    """The next numbers of many parents, as many of each as wanted; their counters are locked, in one order, until the transaction ends."""
    numbers: dict[int, Iterator[int]] = {}
    parents = sorted(wanted)
    for start in range(0, len(parents), 500):
        part = parents[start : start + 500]
        rows = Counter.objects.filter(register=register.key, parent_id__in=part)
        Counter.objects.bulk_create([Counter(register=register.key, parent_id=parent) for parent in part], ignore_conflicts=True)
        held = list(rows.select_for_update().order_by("parent_id"))
        for counter in held:
            numbers[counter.parent_id] = iter(range(counter.last + 1, counter.last + 1 + wanted[counter.parent_id]))
            counter.last += wanted[counter.parent_id]
        Counter.objects.bulk_update(held, ["last"], batch_size=100)
    return numbers
