"""The moves that lead a record from its state to the one that a table names."""

from collections import deque
from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register import actions
from mainstay.register.history import Actor
from mainstay.register.spec import Register


def path(register: type[Register], source: str, target: str) -> list[str] | None:
    """The shortest way by the register's own moves; None where there is none."""
    if register.states is None:
        return None
    waiting, seen = deque([(source, [])]), {source}  # type: deque[tuple[str, list[str]]], set[str]
    while waiting:
        state, names = waiting.popleft()
        if state == target:
            return names
        for name, move in register.states.moves_from(state).items():
            if move.target not in seen:
                seen.add(move.target)
                waiting.append((move.target, [*names, name]))
    return None


def hindrance(register: type[Register], record: Any, source: str, target: str, account: Account | None) -> str:
    """Why `record` cannot be taken there, in a sentence; "" where nothing speaks against it."""
    states, names = register.states, path(register, source, target)
    if states is None or names is None:
        words = {"was": states.label(source) if states else source, "now": states.label(target) if states else target}
        return _("No step leads from %(was)s to %(now)s. Leave the state as it is, and change it on the record's page.") % words
    for name in names:
        empty = [register.label(field) for field in states.moves[name].requires if getattr(record, field) in (None, "")]
        if empty:
            return _("To be %(state)s it needs %(fields)s. Fill that first.") % {"state": states.label(target), "fields": ", ".join(empty)}
        if why := register.refusal(record, name, account):
            return why
    return ""


def take(register: type[Register], record: Any, target: str, actor: Actor, reason: str) -> Any:
    """Take the steps, each with its place in the history."""
    for name in path(register, record.state, target) or ():
        record = actions.move(register, record.pk, record.version, name, actor, reason=reason)
    return record
