"""Receipts: that a person to whom a pack was sent has read it here or taken it away; noted the first time, with the history."""

from collections.abc import Sequence

from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.register import derived
from mainstay.register.access import visible_to
from mainstay.register.history import Actor
from mainstay.reporting.delivery.model import Delivery
from mainstay.reporting.delivery.register import DeliveryRegister
from mainstay.reporting.snapshot.model import Snapshot


def opened(snapshot: Snapshot, actor: Actor) -> None:
    """The pack was shown to the person who reads now."""
    note(snapshot, actor, "opened_at", "open")


def taken(snapshot: Snapshot, actor: Actor) -> None:
    """The pack was given to that person as a file."""
    note(snapshot, actor, "taken_at", "export")


def note(snapshot: Snapshot, actor: Actor, field: str, verb: str) -> None:
    if actor.account is None:
        return
    rows = Delivery.objects.filter(snapshot=snapshot, person__account=actor.account).exclude(state="refused")
    row = rows.filter(**{f"{field}__isnull": True}).first()
    if row is not None:
        now = timezone.now()
        derived.derive(DeliveryRegister, row, {field: now, "opened_at": row.opened_at or now, "state": "opened"}, actor, verb=verb)


def of_pack(snapshot: Snapshot, account: Account | None) -> Sequence[Delivery]:
    """All receipts of a pack that `account` may see, by name."""
    rows = DeliveryRegister.rows(visible_to(account, DeliveryRegister)).filter(snapshot=snapshot, is_withdrawn=False)
    return list(rows.order_by("person__title", "pk"))
