"""References: one running number per register and parent, given in the writer's transaction."""

from typing import Any

from django.db.models import F

from mainstay.register.models import Counter
from mainstay.register.spec import Register


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
