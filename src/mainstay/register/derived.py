"""Values that a calculation or a file gives a record: written beside the gate, but with version and history like any other write."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from mainstay.register import history, search
from mainstay.register.history import Actor, Event
from mainstay.register.spec import Register
from mainstay.register.values import differences, plain, snapshot


@transaction.atomic
def derive(
    register: type[Register], record: Any, values: Mapping[str, Any], actor: Actor, *, verb: str = "derive", reason: str = ""
) -> bool:
    """Set calculated `values` on `record`; False when they are what it has already. No person's right is asked: no person writes."""
    rows = register.model._default_manager
    held = rows.select_for_update(of=("self",)).get(pk=record.pk)
    before = {name: plain(getattr(held, name)) for name in values}
    after = {name: plain(value) for name, value in values.items()}
    old, new = differences(before, after)
    if not new:
        return False
    for name, value in values.items():
        setattr(held, name, value)
    held.version += 1
    held.updated_at = held.as_at = timezone.now()
    held.save()
    history.append([Event(register.key, verb, held.pk, held.ref, register.path(held), old, new, reason)], actor)
    search.index(register, [held])
    return True


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
