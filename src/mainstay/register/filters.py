"""What an address says about the rows of a list: filters as words, search, place in the tree, columns and order.

Names of fields come from the declaration alone; an address can only choose among them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register import words
from mainstay.register.access import visible_to
from mainstay.register.conditions import Between, Condition, Found, Nothing, OneOf, Standing, Within, Words
from mainstay.register.gate import RecordChoice
from mainstay.register.spec import REGISTERS, Register, register_of
from mainstay.register.tables import Column, columns_of
from mainstay.register.typed import whole_number

NONE = "none"
ME = "me"
MOST_VALUES = 50
MOST_WORDS = 8
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, as words, and the parameters that it consists of."""

    label: str
    value: str
    parameters: tuple[str, ...]


@dataclass(slots=True)
class Selection:
    """Which rows, and how the address says so."""

    conditions: list[Condition] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    place: Any = None
    """The initiative that the list is limited to."""
    shows_withdrawn: bool = False

    def add(self, condition: Condition, label: str, value: str, *parameters: str) -> None:
        self.conditions.append(condition)
        self.chips.append(Chip(label, value, parameters))


def read(register: type[Register], query: QueryDict, account: Account | None) -> Selection:
    """The selection that an address names."""
    found = Selection()
    read_place(register, query, account, found)
    for column in filterable(register):
        FILTERS[column.kind](Reading(register, column, query, account, found))
    found.shows_withdrawn = query.get("withdrawn") == "yes"
    if text := clean(query.get("q", "")):
        # What is withdrawn is not in the index of the words; there is little of it.
        words = Words(register.search, tuple(text.split()[:MOST_WORDS])) if found.shows_withdrawn else Found(register, text)
        found.add(words, _("Has the words"), text, "q")
    if found.shows_withdrawn:
        found.add(OneOf("is_withdrawn", frozenset({True}), has_text=False), _("Only"), _("withdrawn"), "withdrawn")
    else:
        found.conditions.append(Standing())
    return found


def filterable(register: type[Register]) -> list[Column]:
    """The columns that can be filtered by; those that the register names come first."""
    known = {name: column for name, column in columns_of(register).items() if column.kind in FILTERS}
    return [known[name] for name in dict.fromkeys((*register.filters, *known)) if name in known]


def clean(text: str) -> str:
    return text.replace("\x00", "").strip()[:LONGEST]


def read_place(register: type[Register], query: QueryDict, account: Account | None, found: Selection) -> None:
    text = query.get("in", "")
    tree = REGISTERS.get("initiatives.initiative")
    if not text or tree is None or not register.scope:
        return
    rows = visible_to(account, tree)
    found.place = None if (number := whole_number(text)) is None else rows.filter(pk=number).first()
    if found.place is None:
        found.add(Nothing(), _("In"), _("something unknown"), "in")
    else:
        found.add(Within(register.scope, found.place.path, register.model), _("In"), str(found.place), "in")


@dataclass(slots=True)
class Reading:
    """One column's part of an address while it is read."""

    register: type[Register]
    column: Column
    query: QueryDict
    account: Account | None
    found: Selection

    @property
    def name(self) -> str:
        return self.column.name

    def values(self) -> list[str]:
        return [text for text in map(clean, self.query.getlist(self.name)[:MOST_VALUES]) if text]

    def add(self, condition: Condition, value: str, *parameters: str) -> None:
        self.found.add(condition, self.column.label, value, *(parameters or (self.name,)))

    def problem(self, text: str) -> None:
        self.found.problems.append(text)


def by_text(reading: Reading) -> None:
    texts = reading.values()
    if texts == [NONE]:
        reading.add(OneOf(reading.name, frozenset(), or_empty=True), _("empty"))
    elif texts:
        reading.add(OneOf(reading.name, frozenset(texts)), ", ".join(texts))
    part = clean(reading.query.get(f"{reading.name}.has", ""))
    if part:
        reading.add(Words((reading.name,), (part,)), _("contains “%(part)s”") % {"part": part}, f"{reading.name}.has")


def by_choice(reading: Reading) -> None:
    texts = reading.values()
    if not texts:
        return
    known = dict(reading.register.field(reading.name).flatchoices)
    kind = type(next(iter(known), ""))
    values = {value for value in known if str(value) in texts}
    has_none = NONE in texts and NONE not in map(str, known)
    names = [str(label) for value, label in known.items() if value in values] + ([_("empty")] if has_none else [])
    if not names:
        reading.add(Nothing(), _("something unknown"))
    else:
        reading.add(OneOf(reading.name, frozenset(values), or_empty=has_none, has_text=kind is str), ", ".join(names))


def by_state(reading: Reading) -> None:
    texts, states = reading.values(), reading.register.states
    if not texts or states is None:
        return
    values = set(texts) & set(states.states)
    if "open" in texts and "open" not in states.states:
        values |= set(states.open)
        texts = [text for text in texts if text != "open"]
        shown = [_("open"), *[str(states.label(text)) for text in texts if text in states.states]]
    else:
        shown = [str(states.label(text)) for text in states.states if text in values]
    reading.add(OneOf(reading.name, frozenset(values)) if values else Nothing(), ", ".join(shown) or _("something unknown"))


def by_reference(reading: Reading) -> None:
    texts = reading.values()
    if not texts:
        return
    model = reading.register.field(reading.name).related_model
    target = register_of(model)
    if target is None:
        return
    choice = RecordChoice(queryset=visible_to(reading.account, target))
    records, shown = [], []
    for text in texts:
        if text == NONE:
            shown.append(_("nobody") if target.key == "organisation.person" else _("empty"))
        elif text == ME and target.key == "organisation.person":
            records += [person for person in [getattr(reading.account, "person", None)] if person]
            shown.append(_("me"))
        else:
            found = choice.look_up(text)
            records += found
            shown += [str(record) for record in found] or [_("something unknown")]
    ids = frozenset(record.pk for record in records)
    reading.add(OneOf(f"{reading.name}_id", ids, or_empty=NONE in texts, has_text=False), ", ".join(shown))


def by_yes_no(reading: Reading) -> None:
    values = {text == "yes" for text in reading.values() if text in {"yes", "no"}}
    if values:
        reading.add(OneOf(reading.name, frozenset(values), has_text=False), ", ".join(words.text(value) for value in sorted(values)))


def by_range(reading: Reading) -> None:
    """Numbers, dates and times: `due.from`, `due.to`, or `due=none` for what is not given."""
    if NONE in reading.values() and reading.register.field(reading.name).null:
        reading.add(OneOf(reading.name, frozenset(), or_empty=True, has_text=False), _("not given"))
    ends: dict[str, Any] = {}
    for end in ("from", "to"):
        text = clean(reading.query.get(f"{reading.name}.{end}", ""))
        if text:
            try:
                ends[end] = READERS[reading.column.kind](text, end)
            except (ValueError, InvalidOperation, OverflowError):
                what = _("a number") if reading.column.kind == "number" else _("a date such as 2026-11-10")
                told = {"label": reading.column.label, "text": text, "what": what}
                reading.problem(_("%(label)s: %(text)s cannot be read. Enter %(what)s.") % told)
    if ends:
        texts = [_("from %(value)s") % {"value": words.text(ends["from"])}] if "from" in ends else []
        texts += [_("to %(value)s") % {"value": words.text(ends["to"])}] if "to" in ends else []
        names = [f"{reading.name}.{end}" for end in ends]
        reading.add(Between(reading.name, ends.get("from"), ends.get("to")), " ".join(texts), *names)


def number(text: str, end: str) -> Decimal:  # noqa: ARG001  # the readers' common signature
    value = Decimal(text.replace(",", "").replace("−", "-"))
    if not value.is_finite() or abs(value) > Decimal(10) ** 15:
        raise ValueError(text)
    return value


def day(text: str, end: str) -> date:  # noqa: ARG001  # the readers' common signature
    if text == "today":
        return words.local(datetime.now(ZoneInfo("UTC"))).date()
    return date.fromisoformat(text)


def moment(text: str, end: str) -> datetime:
    return datetime.combine(day(text, end), time.min if end == "from" else time.max, ZoneInfo(settings.LOCAL_TIME_ZONE))


READERS = {"number": number, "date": day, "moment": moment}
FILTERS = {
    "text": by_text,
    "long": by_text,
    "choice": by_choice,
    "state": by_state,
    "reference": by_reference,
    "yes_no": by_yes_no,
    "number": by_range,
    "date": by_range,
    "moment": by_range,
}


def parameters(register: type[Register]) -> Iterator[str]:
    """All parameters that choose rows."""
    yield from ("q", "in", "withdrawn")
    for column in filterable(register):
        yield from (column.name, f"{column.name}.has", f"{column.name}.from", f"{column.name}.to")
