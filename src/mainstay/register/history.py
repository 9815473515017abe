"""The one history: events appended under a hash chain in the writer's own transaction, and the proof that nobody has touched it."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.register.models import ChainHead, Change

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Actor:
    """Who writes, and through which door."""

    account: Account | None
    channel: str = "page"
    request_id: str = ""
    name: str = ""

    @property
    def called(self) -> str:
        return self.name or (self.account.name if self.account else "Mainstay")

    @property
    def account_id(self) -> int | None:
        """The account that has signed in; None where nobody has, as with a signed link."""
        return self.account.pk or None if self.account else None


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to one record, before it has a place in the chain."""

    register: str
    verb: str
    record_id: int | None = None
    ref: str = ""
    path: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    reason: str = ""


def canonical(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(change: Change) -> str:
    """SHA-256 over the previous digest and everything that the event says."""
    body = [
        change.sequence,
        change.at.isoformat(),
        change.actor_id,
        change.actor_name,
        change.channel,
        change.request_id,
        change.register,
        change.record_id,
        change.ref,
        change.path,
        change.verb,
        change.reason,
        change.before,
        change.after,
    ]
    return hashlib.sha256(f"{change.previous}\n{canonical(body)}".encode("utf-8", "surrogatepass")).hexdigest()


def append(events: Sequence[Event], actor: Actor, *, at: datetime | None = None) -> list[Change]:
    """Add events to the chain. Must run in the transaction of the write that they tell of."""
    if not connection.in_atomic_block:
        raise RuntimeError("History is written in the transaction of its write; open one first.")
    if not events:
        return []
    head = hold()
    moment = at or timezone.now()
    changes = []
    for event in events:
        change = Change(
            sequence=head.sequence + 1,
            at=moment,
            actor_id=actor.account_id,
            actor_name=actor.called[:120],
            channel=actor.channel,
            request_id=actor.request_id,
            register=event.register,
            record_id=event.record_id,
            ref=event.ref,
            path=event.path,
            verb=event.verb,
            reason=event.reason,
            before=event.before,
            after=event.after,
            previous=head.digest,
        )
        change.digest = digest_of(change)
        head.sequence, head.digest = change.sequence, change.digest
        changes.append(change)
    Change.objects.bulk_create(changes, batch_size=500)
    head.save(update_fields=["sequence", "digest"])
    return changes


def hold() -> ChainHead:
    """The head of the chain, which every writer takes; whoever has it writes alone until the end of the transaction."""
    return ChainHead.objects.select_for_update().get_or_create(pk=1)[0]


def record_event(event: Event, actor: Actor) -> None:
    """Log one event that belongs to no record's write: a sign-in, a refusal."""
    with transaction.atomic():
        append([event], actor)


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the history is not what was written."""

    sequence: int
    text: str


def faults(changes: Iterable[Change] | None = None) -> Iterator[Fault]:
    """Walk the chain and name each place that does not fit."""
    expected, previous = 1, START
    rows = changes if changes is not None else Change.objects.order_by("sequence").iterator(chunk_size=2000)
    for change in rows:
        if change.sequence != expected:
            yield Fault(change.sequence, f"Event {expected} is missing: after {expected - 1} comes {change.sequence}.")
        if change.previous != previous:
            yield Fault(change.sequence, f"Event {change.sequence} does not follow the event before it.")
        if digest_of(change) != change.digest:
            yield Fault(change.sequence, f"Event {change.sequence} has been altered since it was written.")
        expected, previous = change.sequence + 1, change.digest
    head = ChainHead.objects.filter(pk=1).first()
    if head is None:
        if expected > 1:
            yield Fault(expected - 1, "The head of the chain is missing.")
    elif (head.sequence, head.digest) != (expected - 1, previous):
        yield Fault(head.sequence, f"The chain ends at event {expected - 1}, but its head names event {head.sequence}.")
