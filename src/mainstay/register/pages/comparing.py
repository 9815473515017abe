"""A list compared with an earlier moment: what has been added, what has gone, what differs; the old value above the new."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register.access import visible_to
from mainstay.register.asat import Moment, Values, past_values, roll_back
from mainstay.register.conditions import all_of, hold
from mainstay.register.errors import Invalid
from mainstay.register.filters import Selection
from mainstay.register.many import parts
from mainstay.register.selecting import chosen_rows
from mainstay.register.spec import Register
from mainstay.register.tables import Cell, Cells, Column, columns_of

MOST_CHANGED = 20_000
"""Records changed since then that are compared; more would be no comparison but another list."""
UNTOLD = frozenset({"source", "is_withdrawn"})


@dataclass(slots=True)
class Comparison:
    """What differs between now and the moment, by the ids of the records."""

    register: type[Register]
    moment: Moment
    past: dict[int, Values | None]
    added: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)

    def mark(self, pk: int) -> str:
        return "+" if pk in self.added else "−" if pk in self.gone else "Δ" if pk in self.changed else ""

    def words(self, pk: int) -> str:
        """What the mark means, for who does not see it."""
        if pk in self.added:
            return _("added")
        if pk in self.gone:
            return _("gone from this list")
        if pk in self.changed:
            known = columns_of(self.register)
            names = [known[name].label for name in self.past.get(pk) or {} if name in known and name not in UNTOLD]
            return _("changed: %(fields)s") % {"fields": ", ".join(names)} if names else _("changed")
        return _("unchanged")

    def rows(self, account: Account | None, selection: Selection, *, only: bool) -> QuerySet[Any]:
        """The rows of now with those that have gone; `only` what differs."""
        rows = visible_to(account, self.register).filter(Q(all_of(selection.conditions)) | Q(pk__in=list(self.gone)))
        return rows.filter(pk__in=[*self.added, *self.gone, *self.changed]) if only else rows

    def put_old_values(
        self, account: Account | None, columns: Sequence[Column], records: Sequence[Any], cells: Sequence[list[Cell]]
    ) -> None:
        """Write into each cell what it said then, where it differs."""
        earlier = {}
        for record in roll_back(self.register, [copied(record) for record in records if record.pk in self.changed], self.past):
            earlier[record.pk] = record
        then = Cells(self.register, account, list(earlier.values()), columns)
        for record, row in zip(records, cells, strict=True):
            if record.pk in earlier:
                for now, was in zip(row, then.of(earlier[record.pk]), strict=True):
                    if now.text != was.text:
                        now.was = was.text or "–"


def copied(record: Any) -> Any:
    """A record of its own to be taken back, with the references that are loaded."""
    twin = copy(record)
    twin._state = copy(record._state)
    twin._state.fields_cache = dict(record._state.fields_cache)
    return twin


def compare(register: type[Register], account: Account | None, selection: Selection, moment: Moment) -> Comparison:
    """Find what differs. Only records that have changed since are looked at."""
    past = past_values(register, moment.sequence)
    if len(past) > MOST_CHANGED:
        text = _("%(count)s records have changed since %(label)s; %(most)s is the most that is compared. Choose a later date.")
        raise Invalid({"compare": [text % {"count": f"{len(past):,}", "label": moment.label, "most": f"{MOST_CHANGED:,}"}]})
    now: set[int] = set()
    then: set[int] = set()
    for part in parts(list(past)):
        now |= set(chosen_rows(register, account, selection).filter(pk__in=part).values_list("pk", flat=True))
        records = register.rows(visible_to(account, register).filter(pk__in=part))
        then |= {record.pk for record in roll_back(register, records, past) if hold(selection.conditions, record)}
    changed = {pk for pk in now & then if set(past[pk] or {}) - UNTOLD}
    return Comparison(register, moment, past, added=now - then, gone=then - now, changed=changed)
