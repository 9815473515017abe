"""Values that a calculation or a file gives a record: written beside the gate, but with version and history like any other write."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from mainstay.register import history, search
from mainstay.register.history import Actor, Event
from mainstay.register.many import parts
from mainstay.register.spec import Register
from mainstay.register.values import differences, plain, snapshot

MOVED = ("version", "updated_at", "as_at")
"""What moves with every write."""


@transaction.atomic
def derive(
    register: type[Register], record: Any, values: Mapping[str, Any], actor: Actor, *, verb: str = "derive", reason: str = ""
) -> bool:
    """Set calculated `values` on `record`; False when they are what it has already. No person's right is asked: no person writes."""
    held = register.model._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    event = settled(register, held, values, verb, reason)
    if event is None:
        return False
    held.save()
    history.append([event], actor)
    search.index(register, [held])
    return True


@transaction.atomic
def derive_many(
    register: type[Register], wanted: Mapping[int, Mapping[str, Any]], actor: Actor, *, verb: str = "derive", reason: str = ""
) -> int:
    """The same for many records, named by their ids, all with values of the same fields: how many differ. The queries of a few records."""
    events: list[Event] = []
    for part in parts(list(wanted)):
        rows = register.rows(register.model._default_manager.filter(pk__in=part)).select_for_update(of=("self",))
        told = [(held, settled(register, held, wanted[held.pk], verb, reason)) for held in rows]
        changed = [held for held, event in told if event is not None]
        events += [event for _held, event in told if event is not None]
        if changed:
            register.model._default_manager.bulk_update(changed, [*wanted[changed[0].pk], *MOVED], batch_size=100)
            search.index(register, changed)
    history.append(events, actor)
    return len(events)


def settled(register: type[Register], held: Any, values: Mapping[str, Any], verb: str, reason: str) -> Event | None:
    """The values set on a record not yet written, and what the history tells of it; None where nothing differs."""
    before = {name: plain(getattr(held, name)) for name in values}
    old, new = differences(before, {name: plain(value) for name, value in values.items()})
    if not new:
        return None
    for name, value in values.items():
        setattr(held, name, value)
    held.version += 1
    held.updated_at = held.as_at = timezone.now()
    return Event(register.key, verb, held.pk, held.ref, register.path(held), old, new, reason)


def introduce(register: type[Register], records: list[Any], actor: Actor, *, verb: str = "import", reason: str = "") -> None:
    """Tell the history and the search of records that came whole from a file or a calculation; in the transaction that wrote them."""
    search.index(register, records)
    history.append(
        [
            Event(register.key, verb, record.pk, record.ref, register.path(record), {}, snapshot(register, record), reason)
            for record in records
        ],
        actor,
    )
