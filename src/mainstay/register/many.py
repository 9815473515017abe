"""Changes to many records at once, all or none: the same gate, versions, access and history as for one, with the queries of a few."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.register import history, numbering, search
from mainstay.register.access import visible_to
from mainstay.register.actions import InvalidRows
from mainstay.register.batches import BatchForms
from mainstay.register.errors import ActionError, Invalid, NotFound, Refused
from mainstay.register.gate import current_values
from mainstay.register.history import Actor, Event
from mainstay.register.spec import Register
from mainstay.register.values import differences, snapshot

PART = 400
"""Records asked for in one query; SQLite takes some hundred parameters gladly."""
WHOLE = ""
"""Where a fault belongs to the record and not to one of its fields."""

Faults = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One record, the version at which it was read, and what shall be different."""

    pk: int
    version: int | None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Judged:
    """What became of a list of wanted changes before anything is written: places in the list → outcome."""

    records: dict[int, Any] = field(default_factory=dict)
    """The records with their new values."""
    before: dict[int, dict[str, Any]] = field(default_factory=dict)
    after: dict[int, dict[str, Any]] = field(default_factory=dict)
    errors: dict[int, Faults] = field(default_factory=dict)

    def changed(self) -> list[int]:
        """The places where something differs."""
        return [place for place in self.records if self.before[place] != self.after[place]]


def parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    yield from (items[start : start + PART] for start in range(0, len(items), PART))


def judge(register: type[Register], wanted: Sequence[Wanted], actor: Actor, *, verb: str = "change", lock: bool = False) -> Judged:
    """Try each change on its record in memory: seen? permitted? still the version that was read? valid?"""
    found, allowed = read(register, [item.pk for item in wanted], actor, verb, lock=lock)
    judged = Judged()
    forms = BatchForms(register, actor) if any(item.values for item in wanted) else None
    for place, item in enumerate(wanted):
        record: Any = found.get(item.pk)
        if faults := refusal(record, item, may=item.pk in allowed):
            judged.errors[place] = faults
            continue
        judged.before[place] = snapshot(register, record)
        try:
            judged.records[place] = fill(register, record, item, forms) if forms else record
        except Invalid as fault:
            judged.errors[place] = fault.errors
            continue
        judged.after[place] = snapshot(register, record)
    return judged


def read(register: type[Register], pks: Sequence[int], actor: Actor, verb: str, *, lock: bool) -> tuple[dict[int, Any], set[int]]:
    """The records that the account may see, and the ids of those to which it may do `verb`."""
    found: dict[int, Any] = {}
    allowed: set[int] = set()
    for part in parts(list(dict.fromkeys(pks))):
        seen = visible_to(actor.account, register).filter(pk__in=part).values_list("pk", flat=True)
        rows = register.rows(register.model._default_manager.filter(pk__in=list(seen)))
        found |= {record.pk: record for record in (rows.select_for_update(of=("self",)) if lock else rows)}
        allowed |= set(visible_to(actor.account, register, verb).filter(pk__in=part).values_list("pk", flat=True))
    return found, allowed


def refusal(record: Any, item: Wanted, *, may: bool) -> Faults:
    if record is None:
        return {WHOLE: [str(NotFound())]}
    if not may:
        return {WHOLE: [_("You may see %(ref)s but not change it.") % {"ref": record.ref}]}
    if item.version is None:
        return {"version": [_("The version that you read is missing. Read %(ref)s again and send its version.") % {"ref": record.ref}]}
    if item.version != record.version:
        text = _("%(ref)s is at version %(now)s and you read version %(then)s: somebody has changed it since. Read it again.")
        return {"version": [text % {"ref": record.ref, "now": record.version, "then": item.version}]}
    return {}


def fill(register: type[Register], record: Any, item: Wanted, forms: BatchForms) -> Any:
    """The record with its new values, through the gate. What it refers to already it may keep, seen or not."""
    kept = {}
    for name in register.references():
        known, key = getattr(forms.first.fields[name], "known", None), str(getattr(record, f"{name}_id"))
        if known is not None and name not in item.values and key not in known and (target := getattr(record, name)) is not None:
            kept[name] = key
            known[key] = [target]
    try:
        return forms.checked({**current_values(register, record), **item.values}, record)
    finally:
        for name, key in kept.items():
            forms.first.fields[name].known.pop(key)  # type: ignore[attr-defined]  # only references are kept


@transaction.atomic
def change_many(
    register: type[Register], wanted: Sequence[Wanted], actor: Actor, *, reason: str = "", verb: str = "change", source: str = ""
) -> list[Any]:
    """Change many records, all or none; `InvalidRows` names the faults of all. Returns those in which something differs."""
    judged = judge(register, wanted, actor, lock=True)
    if judged.errors:
        raise InvalidRows(judged.errors)
    now = timezone.now()
    places = judged.changed()
    for place in places:
        record = judged.records[place]
        numbering.settle(register, record, judged.before[place])
        record.version += 1
        record.updated_at = record.as_at = now
        record.source = source or record.source
        register.before_write(record, judged.before[place])
        record.save()
        register.after_write(record, judged.before[place])
    pks = [judged.records[place].pk for place in places]
    reached = {
        pk: record
        for part in parts(pks)
        for pk, record in register.rows(visible_to(actor.account, register, "change")).in_bulk(list(part)).items()
    }
    if len(reached) < len(set(pks)):
        raise Refused(_("Some of these records would lie where you may not put them."))
    search.index(register, reached.values())
    events = []
    for place in places:
        record = reached[judged.records[place].pk]
        old, new = differences(judged.before[place], snapshot(register, record))
        events.append(Event(register.key, verb, record.pk, record.ref, register.path(record), old, new, reason))
    history.append(events, actor)
    return [reached[pk] for pk in pks]


@transaction.atomic
def each(wanted: Sequence[Wanted], act: Callable[[Wanted], Any]) -> list[Any]:
    """Do `act`, an action on one record, for all of them or for none; `InvalidRows` names the faults of all."""
    done, errors = [], {}
    for place, item in enumerate(wanted):
        try:
            done.append(act(item))
        except Invalid as fault:
            errors[place] = fault.errors
        except ActionError as fault:
            errors[place] = {WHOLE: [str(fault)]}
    if errors:
        raise InvalidRows(errors)
    return done
