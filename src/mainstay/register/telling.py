"""The history in words: each change with its values as people read them. References that the reader may not see are withheld."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import ForeignKey, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.accounts.models import Account
from mainstay.register import words
from mainstay.register.access import visible_to
from mainstay.register.models import Change
from mainstay.register.spec import Register, register_of
from mainstay.register.tables import WITHHELD, column_of, plain_text

LONGEST = 200
VERBS = {
    "create": gettext_lazy("made it"),
    "change": "",
    "withdraw": gettext_lazy("withdrew it"),
    "reinstate": gettext_lazy("brought it back"),
    "derive": gettext_lazy("worked out"),
    "import": gettext_lazy("imported"),
    "freeze": gettext_lazy("froze it"),
    "comment": gettext_lazy("commented"),
    "uncomment": gettext_lazy("took back a comment"),
    "attach": gettext_lazy("attached a file"),
    "detach": gettext_lazy("took away a file"),
    "link": gettext_lazy("linked it"),
    "unlink": gettext_lazy("took away a link"),
}
WAYS = {"api": gettext_lazy("through the API"), "link": gettext_lazy("by signed link")}
"""Doors that are told, as they are not the usual one."""
QUIET = frozenset({"is_withdrawn", "source"})
"""Values whose change the words of the event tell already."""


@dataclass(frozen=True, slots=True)
class ToldValue:
    """One field of a change."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """One change, as the component shows it."""

    at: datetime
    who: str
    what: str
    changes: list[ToldValue]
    why: str
    sequence: int


def changes_of(register: type[Register], pk: int, up_to: int | None = None) -> QuerySet[Change]:
    """The history of one record, newest first."""
    rows = Change.objects.filter(register=register.key, record_id=pk).order_by("-sequence")
    return rows if up_to is None else rows.filter(sequence__lte=up_to)


def told(register: type[Register], account: Account | None, changes: Iterable[Change]) -> list[Told]:
    """Changes in words; one query for each kind of record that they refer to."""
    held = list(changes)
    names = references_named(register, account, held)
    return [tell(register, change, names) for change in held]


def tell(register: type[Register], change: Change, names: dict[str, dict[int, str]]) -> Told:
    values = [] if change.verb == "create" else list(values_of(register, change, names))
    return Told(change.at, change.actor_name, what(register, change), values, change.reason, change.sequence)


def values_of(register: type[Register], change: Change, names: dict[str, dict[int, str]]) -> Iterator[ToldValue]:
    """Each field that changed; of a field that holds many values by name, each of those that changed."""
    for name, after in change.after.items():
        if name in QUIET:
            continue
        before, label = change.before.get(name), label_of(register, name)
        if isinstance(after, dict) and isinstance(before, dict | None):
            held = before or {}
            for inner in [*after, *(inner for inner in held if inner not in after)]:
                if held.get(inner) != after.get(inner):
                    yield ToldValue(f"{label}, {inner.replace('_', ' ')}", short(held.get(inner)), short(after.get(inner)))
        else:
            yield ToldValue(label, shown(register, name, before, names), shown(register, name, after, names))


def short(value: Any) -> str:
    text = words.text(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def what(register: type[Register], change: Change) -> str:
    is_step = bool(register.states and change.verb in register.states.moves)
    if register.states and is_step:
        text = str(register.states.moves[change.verb].verb)
        text = f"{text[:1].lower()}{text[1:]}"
    else:
        text = str(VERBS.get(change.verb, change.verb))
    way = WAYS.get(change.channel)
    told = _("%(what)s, %(way)s") % {"what": text or _("changed"), "way": way} if way else text
    return f"{told}:" if is_step else told


def label_of(register: type[Register], name: str) -> str:
    try:
        return register.label(name)
    except FieldDoesNotExist:
        return name


def shown(register: type[Register], name: str, value: Any, names: dict[str, dict[int, str]]) -> str:
    """A value of the history as a person reads it; one of a field that is no more stands as it was kept."""
    if value is None or value == "":
        return ""
    if name in names:
        return names[name].get(value, _(WITHHELD))
    try:
        column = column_of(register, name)
        text = plain_text(register, column, register.field(name).to_python(value))
    except (FieldDoesNotExist, ValidationError):
        text = words.text(value)
    return short(text)


def references_named(register: type[Register], account: Account | None, changes: Sequence[Change]) -> dict[str, dict[int, str]]:
    """For each reference that changed, the names of its targets by id, as far as `account` may see them."""
    ids: dict[str, set[int]] = {}
    for change in changes:
        for values in (change.before, change.after):
            for name, value in values.items():
                if isinstance(value, int) and is_reference(register, name):
                    ids.setdefault(name, set()).add(value)
    found: dict[str, dict[int, str]] = {}
    for name, wanted in ids.items():
        model: Any = register.field(name).related_model
        target = register_of(model)
        rows = visible_to(account, target).filter(pk__in=wanted) if target else model._default_manager.filter(pk__in=wanted)
        found[name] = {row.pk: str(row) for row in rows}
    return found


def is_reference(register: type[Register], name: str) -> bool:
    try:
        return isinstance(register.model._meta.get_field(name), ForeignKey)
    except FieldDoesNotExist:
        return False
