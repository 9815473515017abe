"""The one way to write: permitted? → valid? → still the version that was read? → write → history, in one transaction."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from mainstay.register import history, numbering, rules, search
from mainstay.register.access import may, may_take, visible_to
from mainstay.register.batches import BatchForms
from mainstay.register.errors import Invalid, NotFound, Refused, Stale
from mainstay.register.gate import checked, form_for
from mainstay.register.history import Actor, Event
from mainstay.register.once import claim, made, settle
from mainstay.register.record import Source
from mainstay.register.spec import Register
from mainstay.register.values import differences, snapshot

Values = Mapping[str, Any]


@transaction.atomic
def create(
    register: type[Register], values: Values, actor: Actor, *, once: str = "", ref: str = "", source: str = Source.ENTERED, reason: str = ""
) -> Any:
    """Write a new record. `once` names the request: sent twice, it has one effect."""
    if not may(actor.account, "create", register):
        raise Refused(f"You may not add to {register.title()}.")
    if once and (earlier := claim(register, actor, once)) is not None:
        return made(register, actor, earlier)
    record = checked(form_for(register, values, account=actor.account))
    record.source = source
    if register.states:
        record.state = register.states.first
    record.ref = ref or numbering.free_reference(register, record)
    if ref and numbering.taken(register, {0: record}):
        raise Invalid({"ref": [numbering.TAKEN.format(ref=ref)]})
    register.before_write(record, {})
    record.save(force_insert=True)
    register.after_write(record, {})
    rules.stand_beside(register.key, [record], register.fields(), actor.account)
    written = read_again(register, record, actor, "create")
    note(register, written, actor, "create", {}, snapshot(register, written), reason)
    if once:
        settle(register, actor, once, written.pk)
    return written


@transaction.atomic
def change(
    register: type[Register], pk: int, version: int | None, values: Values, actor: Actor, *, reason: str = "", verb: str = "change"
) -> Any:
    """Change a record that was read at `version`; values left out stay as they are."""
    record = locked(register, pk, version, actor, "change")
    before = snapshot(register, record)
    checked(form_for(register, values, instance=record, account=actor.account))
    return write(register, record, before, actor, verb, reason)


@transaction.atomic
def move(register: type[Register], pk: int, version: int | None, name: str, actor: Actor, *, reason: str = "") -> Any:
    """Take a record to another state by one of its register's moves."""
    record = locked(register, pk, version, actor, "change")
    moves = register.states.moves_from(record.state) if register.states else {}
    if name not in moves:
        raise Invalid({"state": [f"From {record.state} there is no step called {name}."]})
    step = moves[name]
    if not may_take(actor.account, register, name):
        raise Refused(f"You may not take the step “{step.verb}” here.")
    if why_not := register.refusal(record, name, actor.account):
        raise Refused(why_not)
    if step.needs_reason and not reason.strip():
        raise Invalid({"reason": [f"Say why: {step.verb.lower()} is judged later by its reason."]})
    empty = [register.label(field) for field in step.requires if getattr(record, field) in (None, "")]
    if empty:
        raise Invalid({"state": [f"Fill {', '.join(empty)} first."]})
    before = snapshot(register, record)
    record.state = step.target
    return write(register, record, before, actor, name, reason)


@transaction.atomic
def withdraw(register: type[Register], pk: int, version: int | None, actor: Actor, *, reason: str) -> Any:
    """Take a record out of the lists. Nothing is deleted; `reinstate` brings it back."""
    record = locked(register, pk, version, actor, "withdraw")
    if not reason.strip():
        raise Invalid({"reason": ["Say why the record is withdrawn."]})
    before = snapshot(register, record)
    record.is_withdrawn = True
    return write(register, record, before, actor, "withdraw", reason, "withdraw")


@transaction.atomic
def reinstate(register: type[Register], pk: int, version: int | None, actor: Actor, *, reason: str = "") -> Any:
    """Bring a withdrawn record back."""
    record = locked(register, pk, version, actor, "withdraw")
    before = snapshot(register, record)
    record.is_withdrawn = False
    return write(register, record, before, actor, "reinstate", reason, "withdraw")


def locked(register: type[Register], pk: int, version: int | None, actor: Actor, verb: str) -> Any:
    """The record, locked for this transaction, if `actor` may do `verb` to it and read it at `version`."""
    seen = visible_to(actor.account, register).filter(pk=pk)
    record = register.model._default_manager.select_for_update(of=("self",)).filter(pk__in=seen.values("pk")).first()
    if record is None:
        raise NotFound
    if not may(actor.account, verb, register, record):
        raise Refused(f"You may see {record.ref} but not change it.")
    if version is None or version != record.version:
        raise Stale(record, version)
    return record


def write(
    register: type[Register], record: Any, before: dict[str, Any], actor: Actor, verb: str, reason: str, needs: str = "change"
) -> Any:
    """Save a locked record and tell the history; a save that changes nothing leaves no trace. `needs` must still hold afterwards."""
    if differences(before, snapshot(register, record))[1] == {}:
        return record
    numbering.settle(register, record, before)
    record.version += 1
    record.updated_at = record.as_at = timezone.now()
    register.before_write(record, before)
    record.save()
    register.after_write(record, before)
    rules.stand_beside(register.key, [record], differences(before, snapshot(register, record))[1], actor.account)
    written = read_again(register, record, actor, needs)
    note(register, written, actor, verb, before, snapshot(register, written), reason)
    return written


def read_again(register: type[Register], record: Any, actor: Actor, verb: str) -> Any:
    """The record as its writer may see it; out of the writer's reach means that the whole write is undone."""
    written = visible_to(actor.account, register, verb).filter(pk=record.pk).first()
    if written is None:
        raise Refused("This would put the record where you may not put it.")
    return written


def note(
    register: type[Register], record: Any, actor: Actor, verb: str, before: dict[str, Any], after: dict[str, Any], reason: str
) -> None:
    old, new = differences(before, after)
    search.index(register, [record])
    history.append([Event(register.key, verb, record.pk, record.ref, register.path(record), old, new, reason)], actor)


@transaction.atomic
def create_many(
    register: type[Register], rows: Iterable[Values], actor: Actor, *, source: str = Source.IMPORTED, reason: str = ""
) -> list[Any]:
    """Write many new records, all or none, through the same gate. A row may bring its own `ref`. Errors of all rows come together."""
    if not may(actor.account, "create", register):
        raise Refused(f"You may not add to {register.title()}.")
    records = checked_rows(register, rows, actor, source)
    numbering.number_all(register, records)
    for record in records:
        register.before_write(record, {})
    register.model._default_manager.bulk_create(records, batch_size=500)
    for record in records:
        register.after_write(record, {})
    rules.stand_beside(register.key, records, register.fields(), actor.account)
    reach = visible_to(actor.account, register, "create")
    if any(reach.filter(pk__in=[record.pk for record in part]).count() < len(part) for part in batched(records, 500)):
        raise Refused("Some of these rows would lie where you may not put them.")
    search.index(register, records)
    history.append(
        [
            Event(register.key, "create", record.pk, record.ref, register.path(record), {}, snapshot(register, record), reason)
            for record in records
        ],
        actor,
    )
    return records


def checked_rows(register: type[Register], rows: Iterable[Values], actor: Actor, source: str) -> list[Any]:
    """The records of all rows, not yet written, or `InvalidRows` with the faults of all of them."""
    form = BatchForms(register, actor)
    records: dict[int, Any] = {}
    errors: dict[int, dict[str, list[str]]] = {}
    for number, values in enumerate(rows):
        try:
            record = form.checked(values)
        except Invalid as fault:
            errors[number] = fault.errors
            continue
        record.source = source
        record.ref = str(values.get("ref") or "")
        if register.states:
            record.state = register.states.first
        records[number] = record
    for number in numbering.taken(register, records):
        errors[number] = {"ref": [numbering.TAKEN.format(ref=records[number].ref)]}
    if errors:
        raise InvalidRows(errors)
    return list(records.values())


def batched(records: list[Any], size: int) -> Iterator[list[Any]]:
    yield from (records[start : start + size] for start in range(0, len(records), size))


class InvalidRows(Invalid):
    """Faults of several rows: index of the row → field → sentences."""

    def __init__(self, rows: dict[int, dict[str, list[str]]]) -> None:
        self.rows = rows
        super().__init__({f"row {number + 1}": [text for texts in fields.values() for text in texts] for number, fields in rows.items()})
