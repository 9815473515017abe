"""Seen as at: a moment of the past, and the rows as they were then, made by taking later changes back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import ForeignKey, QuerySet
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register import words
from mainstay.register.errors import Frozen, Invalid
from mainstay.register.models import Change
from mainstay.register.spec import Register
from mainstay.register.typed import whole_number

Values = dict[str, Any]
LIVE = "live"
ARRIVALS = frozenset({"create", "import", "freeze"})
"""Verbs by which a record comes to be: typed, out of a file, or frozen."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A place in the history: everything up to and with `sequence` has happened."""

    sequence: int
    at: datetime
    label: str
    value: str
    """How an address names it: a date, or the name of a snapshot."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A moment that somebody has named and frozen."""

    name: str
    sequence: int
    at: datetime


class Snapshots(Protocol):
    """Who knows the snapshots that an account may choose."""

    def for_account(self, account: Account | None) -> Sequence[Snapshot]: ...


class NoSnapshots:
    """In force until a package that takes snapshots names itself."""

    def for_account(self, account: Account | None) -> Sequence[Snapshot]:  # the protocol's signature
        return ()


_snapshots: Snapshots = NoSnapshots()


def use_snapshots(provider: Snapshots) -> None:
    """Name who knows the snapshots; done once, while the apps load."""
    global _snapshots  # noqa: PLW0603  # set once at start, read everywhere
    _snapshots = provider


def snapshots_for(account: Account | None) -> Sequence[Snapshot]:
    return _snapshots.for_account(account)


def moment_of(text: str, account: Account | None) -> Moment | None:
    """The moment that `text` names: a date (its end, local), a change (`#1284`) or a snapshot; None for live."""
    if not text or text == LIVE:
        return None
    if text.startswith("#") and (sequence := whole_number(text[1:])) is not None:
        return at_sequence(sequence)
    try:
        return at_end_of(date.fromisoformat(text))
    except ValueError:
        pass
    for snapshot in snapshots_for(account):
        if snapshot.name == text:
            label = _("snapshot %(name)s, %(at)s") % {"name": snapshot.name, "at": words.day(words.local(snapshot.at).date())}
            return Moment(snapshot.sequence, snapshot.at, label, text)
    raise Invalid({"as_at": [_("%(text)s is neither a date nor a snapshot. Enter a date such as 2026-11-10.") % {"text": text[:40]}]})


def at_end_of(day: date) -> Moment:
    """The end of a day on the clocks of the office."""
    if day == date.max:
        raise Invalid({"as_at": [_("This date is too far ahead. Enter one that has passed.")]})
    end = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(settings.LOCAL_TIME_ZONE))
    last = Change.objects.filter(at__lt=end).order_by("-at", "-sequence").values_list("sequence", flat=True).first()
    return Moment(last or 0, end, words.day(day), day.isoformat())


def at_sequence(sequence: int) -> Moment:
    change = Change.objects.filter(sequence__lte=sequence).order_by("-sequence").first()
    if change is None:
        raise Invalid({"as_at": [_("There is no such change.")]})
    return Moment(change.sequence, change.at, words.moment(change.at), f"#{change.sequence}")


def refuse_past(moment: Moment | None) -> None:
    """Nothing is written from a page of the past."""
    if moment is not None:
        raise Frozen(_("This page shows %(label)s. Go back to live to change something.") % {"label": moment.label})


def later_changes(register: type[Register], sequence: int) -> QuerySet[Change]:
    return Change.objects.filter(register=register.key, sequence__gt=sequence, record_id__isnull=False)


def past_values(register: type[Register], sequence: int, ids: Iterable[int] | None = None) -> dict[int, Values | None]:
    """What to put back in each record that has changed since: field → value then; None for a record that did not exist yet."""
    changes = later_changes(register, sequence)
    if ids is not None:
        changes = changes.filter(record_id__in=list(ids))
    past: dict[int, Values | None] = {}
    for record_id, verb, before in changes.order_by("-sequence").values_list("record_id", "verb", "before").iterator(chunk_size=2000):
        if record_id is None:  # the filter leaves none; the type does not know
            continue
        if verb in ARRIVALS and not before:
            past[record_id] = None
        else:
            values = past.setdefault(record_id, {})
            if values is not None:
                values.update(before)
    return past


def roll_back(register: type[Register], records: Iterable[Any], past: dict[int, Values | None]) -> list[Any]:
    """The records as they were: each gets its values of then, and those that did not exist yet are left out."""
    kept = []
    for record in records:
        values = past.get(record.pk, {})
        if values is None:
            continue
        for name, value in values.items():
            field = register.model._meta.get_field(name)
            setattr(record, field.attname if isinstance(field, ForeignKey) else name, value_of(field, value))
        kept.append(record)
    join_references(register, kept, {name for values in past.values() if values for name in values})
    return kept


def value_of(field: Any, value: Any) -> Any:
    """A value of the history as the model holds it."""
    return value if isinstance(field, ForeignKey) else field.to_python(value)


def join_references(register: type[Register], records: Sequence[Any], names: set[str]) -> None:
    """Load the targets of references that were put back, one query for each field."""
    for name in names:
        field = register.model._meta.get_field(name)
        if not isinstance(field, ForeignKey):
            continue
        ids = {getattr(record, field.attname) for record in records} - {None}
        targets = field.related_model._default_manager.in_bulk(ids)
        for record in records:
            field.set_cached_value(record, targets.get(getattr(record, field.attname)))
