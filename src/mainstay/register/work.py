"""What waits for one account: its own open records by the day they are due, what others ask of it, and what it watches.

A constant number of queries: one that counts, one for each register in which something is owned, one for each that declares `waits_on`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.register import words
from mainstay.register.access import VERBS, paths_for, visible_to
from mainstay.register.models import Change, Watch
from mainstay.register.open_counts import open_counts, owned
from mainstay.register.spec import REGISTERS, Register

AHEAD = timedelta(days=30)
BACK = timedelta(days=28)
MOST = 60
"""Rows of each register that one's own work shows; the register's list has the rest."""
MOST_WATCHED = 200


@dataclass(frozen=True, slots=True)
class Task:
    """One record that needs somebody."""

    register: type[Register]
    record: Any
    due: date | None
    days_late: int = 0
    was_due: date | None = None
    """The day it was due before it was moved."""
    changed: Change | None = None
    """The last change that its watcher has not seen."""

    @property
    def days_moved(self) -> int:
        return (self.due - self.was_due).days if self.due and self.was_due else 0


@dataclass(slots=True)
class Work:
    """What one account has to do, in the order in which it matters."""

    late: list[Task] = field(default_factory=list)
    asked: list[Task] = field(default_factory=list)
    coming: list[Task] = field(default_factory=list)
    drifting: list[Task] = field(default_factory=list)
    watched: list[Task] = field(default_factory=list)
    open_count: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.late or self.asked or self.coming or self.drifting or self.watched)


def today() -> date:
    return words.local(timezone.now()).date()


def work_of(account: Account) -> Work:
    found, now = Work(), today()
    own: list[Task] = []
    counts = open_counts(account)
    for register in REGISTERS.values():
        if register.states is None or not (register.is_entered or register.due) or not paths_for(account, register, "view"):
            continue
        if counts.get(register.key) or not owned(register):
            own += [task(register, record, now) for record in own_records(account, register)]
        found.asked += [task(register, record, now) for record in asked_of(account, register)]
    asked = {(entry.register, entry.record.pk) for entry in found.asked}
    found.open_count = len(own)
    for entry in own:
        if entry.days_late > 0:
            found.late.append(entry)
        elif (entry.register, entry.record.pk) not in asked and entry.due is not None and entry.due <= now + AHEAD:
            found.coming.append(entry)
    found.drifting = list(moved_later(own))
    found.watched = list(changed_since_seen(account))
    for tasks in (found.late, found.asked, found.coming):
        tasks.sort(key=lambda entry: (entry.due or date.max, entry.register.key, entry.record.pk))
    return found


def task(register: type[Register], record: Any, now: date, was_due: date | None = None) -> Task:
    due = getattr(record, register.due) if register.due else None
    return Task(register, record, due, max((now - due).days, 0) if due else 0, was_due)


def person_fields(register: type[Register]) -> set[str]:
    return {name for name in register.waits_on.values() if name not in VERBS}


def has_owner(register: type[Register]) -> bool:
    return any(column.name == "owner" for column in register.model._meta.concrete_fields)


def own_records(account: Account, register: type[Register]) -> Iterable[Any]:
    """Open records that the account's person owns and whose step is not somebody else's."""
    if not has_owner(register) or register.states is None:
        return []
    others = [state for state, whose in register.waits_on.items() if whose != "owner"]
    states = [state for state in register.states.open if state not in others]
    rows = visible_to(account, register).filter(owner__account=account, is_withdrawn=False, state__in=states)
    return register.rows(rows).order_by(*([register.due] if register.due else []), "pk")[:MOST]


def asked_of(account: Account, register: type[Register]) -> list[Any]:
    """Open records that stand where this account's own step is next, by its person or by its right."""
    if register.states is None or not register.waits_on:
        return []
    seen = visible_to(account, register).filter(is_withdrawn=False)
    mine = Q(pk__in=[])
    for state, whose in register.waits_on.items():
        if state not in register.states.open:
            continue
        if whose in VERBS:
            if not paths_for(account, register, whose):
                continue
            mine |= Q(state=state, pk__in=visible_to(account, register, whose).values("pk"))
        elif whose != "owner":
            mine |= Q(**{"state": state, f"{whose}__account": account})
        else:
            mine |= Q(state=state, owner__account=account)
    return list(register.rows(seen.filter(mine)).order_by(*([register.due] if register.due else []), "pk")[:MOST])


def moved_later(tasks: list[Task]) -> Iterator[Task]:
    """Those whose day was moved to a later one within the last weeks, the farthest first; one query."""
    held = {(entry.register.key, entry.record.pk): entry for entry in tasks if entry.register.due and entry.due}
    first: dict[tuple[str, int], date] = {}
    for change in changes_of(held, Q(at__gte=timezone.now() - BACK)):
        entry = held[change.register, change.record_id or 0]
        text = change.before.get(entry.register.due)
        if text and (entry.register.key, entry.record.pk) not in first:
            first[entry.register.key, entry.record.pk] = date.fromisoformat(str(text)[:10])
    drifted = [
        Task(held[key].register, held[key].record, held[key].due, held[key].days_late, was)
        for key, was in first.items()
        if (due := held[key].due) is not None and due > was
    ]
    yield from sorted(drifted, key=lambda entry: -entry.days_moved)


def changes_of(records: Iterable[tuple[str, int]], condition: Q) -> Iterable[Change]:
    """Changes of these records, oldest first."""
    ids: dict[str, list[int]] = {}
    for key, pk in records:
        ids.setdefault(key, []).append(pk)
    if not ids:
        return []
    where = Q(pk__in=[])
    for key, pks in ids.items():
        where |= Q(register=key, record_id__in=pks)
    return Change.objects.filter(where, condition).order_by("sequence")


def changed_since_seen(account: Account) -> Iterator[Task]:
    """Watched records with changes by others that the watcher has not seen, the newest first."""
    watches = {
        (watch.register, watch.record_id): watch
        for watch in Watch.objects.filter(by=account, is_withdrawn=False).order_by("-pk")[:MOST_WATCHED]
        if watch.register in REGISTERS
    }
    if not watches:
        return
    last: dict[tuple[str, int], Change] = {}
    for change in changes_of(watches, Q(sequence__gt=min(watch.seen for watch in watches.values())) & ~Q(actor_id=account.pk)):
        key = (change.register, change.record_id or 0)
        if change.sequence > watches[key].seen:
            last[key] = change
    tasks = []
    for name in {name for name, _pk in last}:
        register = REGISTERS[name]
        rows = register.rows(visible_to(account, register).filter(pk__in=[pk for held, pk in last if held == name]))
        tasks += [Task(register, row, getattr(row, register.due) if register.due else None, changed=last[name, row.pk]) for row in rows]
    yield from sorted(tasks, key=lambda entry: -entry.changed.sequence if entry.changed else 0)
