"""A request that may be sent twice, also at the same moment, has one effect: whoever claims its key first does the work."""

from typing import Any

from django.db import IntegrityError, transaction

from mainstay.register.access import visible_to
from mainstay.register.errors import NotFound
from mainstay.register.history import Actor
from mainstay.register.models import Receipt
from mainstay.register.spec import Register


def claim(register: type[Register], actor: Actor, once: str) -> Receipt | None:
    """Claim the key in the caller's transaction; the receipt of the earlier request where there is one, else None.

    A claim that another transaction holds is waited for: it either commits, and its record is found, or it goes away with its work.
    """
    try:
        with transaction.atomic():
            Receipt.objects.create(key=once, account=actor.account, register=register.key, record_id=0)
    except IntegrityError:
        return Receipt.objects.get(key=once, account=actor.account, register=register.key)
    return None


def settle(register: type[Register], actor: Actor, once: str, record_id: int) -> None:
    """Note what the claimed request has made."""
    Receipt.objects.filter(key=once, account=actor.account, register=register.key).update(record_id=record_id)


def made(register: type[Register], actor: Actor, receipt: Receipt) -> Any:
    """The record that the earlier request made. Raises NotFound where `actor` may not see it any more."""
    record = visible_to(actor.account, register).filter(pk=receipt.record_id).first()
    if record is None:
        raise NotFound
    return record
