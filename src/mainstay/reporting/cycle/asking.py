"""What one return asks its supplier: questions with last period's answers, and the rows of registers that need a look."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.initiatives import scale as scales
from mainstay.register import words
from mainstay.register.access import below, may, visible_to
from mainstay.register.spec import REGISTERS, Register
from mainstay.register.typed import whole_number
from mainstay.register.values import plain
from mainstay.reporting.cycle import filling
from mainstay.reporting.cycle.content import Content, Part, Question
from mainstay.reporting.project_return.model import OPEN_FOR_ANSWERS, Return
from mainstay.reporting.project_return.register import ReturnRegister


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with its answer now and the one of last time."""

    question: Question
    value: str
    before: str
    before_period: str

    @property
    def key(self) -> str:
        """What the page and the workbook call the input."""
        return f"q.{self.question.name}"

    @property
    def told(self) -> str:
        return filling.in_words(self.question, self.value)

    @property
    def told_before(self) -> str:
        return filling.in_words(self.question, self.before)

    @property
    def is_changed(self) -> bool:
        return bool(self.value) and self.value != self.before


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of a row that is asked for."""

    key: str
    name: str
    label: str
    kind: str
    """`date`, `number`, `text` or `choice`."""
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""

    @property
    def told(self) -> str:
        """The value as people read it."""
        if self.kind == "date" and self.value:
            return words.day(date.fromisoformat(self.value))
        return dict(self.choices).get(self.value, self.value)


@dataclass(frozen=True, slots=True)
class Row:
    """A record that needs a look."""

    register: type[Register]
    record: Any
    cells: tuple[Cell, ...]
    shown: tuple[tuple[str, str], ...]
    days_over: int
    """Days after the day by which it needed somebody; 0 where it still lies ahead."""

    @property
    def url(self) -> str:
        return self.register.url("detail", self.record)


@dataclass(frozen=True, slots=True)
class AskedPart:
    """One part with what it asks."""

    part: Part
    answers: tuple[Answer, ...] = ()
    rows: tuple[Row, ...] = ()
    open_count: int = 0
    """How many open rows the register holds for the initiative: those that are not shown are not asked."""
    is_withheld: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.answers and not self.rows


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that a return asks."""

    record: Return
    content: Content
    parts: tuple[AskedPart, ...]
    missing: tuple[tuple[Question, str], ...]
    last: Return | None

    @property
    def answers(self) -> list[Answer]:
        return [answer for part in self.parts for answer in part.answers]

    @property
    def rows(self) -> list[Row]:
        return [row for part in self.parts for row in part.rows]

    @property
    def is_open(self) -> bool:
        return self.record.state in OPEN_FOR_ANSWERS

    @property
    def changed_count(self) -> int:
        return sum(answer.is_changed for answer in self.answers)


def previous(record: Return) -> Return | None:
    """The last return of the same initiative to the same definition that was sent."""
    return (
        Return.objects.filter(
            initiative=record.initiative_id,
            commission__definition=record.commission.definition_id,
            commission__period_to__lt=record.commission.period_to,
            sent_at__isnull=False,
            is_withdrawn=False,
        )
        .select_related("commission")
        .order_by("-commission__period_to", "-pk")
        .first()
    )


def asked_of(record: Return, account: Account | None, named: Iterable[str] = ()) -> Asked:
    """What `record` asks, as `account` may see it; a constant number of queries for a definition.

    `named` are keys of inputs that somebody has before them: their rows stay asked although they have ceased to be due meanwhile.
    """
    content = filling.content_under(record.commission.content_digest)
    last = previous(record)
    kept = tuple(named)
    parts = tuple(asked_part(record, part, last, account, kept) for part in content.parts)
    return Asked(record, content, parts, tuple(filling.missing(record)), last)


def on_another_scale(question: Question, record: Return, last: Return | None) -> str:
    """What is said beside last period's rating where it stands on another scale: `, on DCA-5, which is not compared`."""
    if question.kind != "rating" or last is None or last.scale == record.scale:
        return ""
    return _(", on %(scale)s, which is not compared") % {"scale": scales.of(last.scale).short}


def asked_part(record: Return, part: Part, last: Return | None, account: Account | None, named: Sequence[str] = ()) -> AskedPart:
    if part.questions:
        before, period = (last.answers, last.commission.period) if last else ({}, "")
        held = record.answers
        return AskedPart(
            part,
            answers=tuple(
                Answer(asks, held.get(asks.name, ""), before.get(asks.name, ""), period + on_another_scale(asks, record, last))
                for asks in part.questions
            ),
        )
    register = REGISTERS.get(part.register)
    if register is None or not may(account, "view", register):
        return AskedPart(part, is_withheld=True)
    states = register.states.open if register.states else ()
    rows = visible_to(account, register).filter(below("initiative__path", [record.initiative.path]), is_withdrawn=False, state__in=states)
    order = [F(register.due).asc(nulls_last=True)] if register.due else []
    found = list(register.rows(rows).order_by(*order, "pk")[: part.most])
    if part.which == "due":
        until = record.commission.period_to + timedelta(days=part.within_days)
        found = [row for place, row in enumerate(found) if place < part.fewest or is_due(register, row, until)]
    if wanted := ids_among(named, part) - {row.pk for row in found}:
        found += register.rows(rows).filter(pk__in=wanted).order_by("pk")
    today = timezone.localdate()
    return AskedPart(part, rows=tuple(row_of(register, part, row, today) for row in found), open_count=rows.count())


def ids_among(named: Iterable[str], part: Part) -> set[int]:
    """The ids of the part's rows that these keys of inputs name."""
    found = set()
    for key in named:
        head, _dot, name = key.rpartition(".")
        register, _dot, pk = head.removeprefix("r.").rpartition(".")
        number = whole_number(pk)
        if key.startswith("r.") and register == part.register and name in part.asked and number is not None:
            found.add(number)
    return found


def is_due(register: type[Register], record: Any, last: date) -> bool:
    due = getattr(record, register.due)
    return due is not None and due <= last


def row_of(register: type[Register], part: Part, record: Any, today: date) -> Row:
    due = getattr(record, register.due, None) if register.due else None
    return Row(
        register,
        record,
        tuple(cell_of(register, record, name) for name in part.asked),
        tuple((register.label(name), words.text(getattr(record, name))) for name in part.shown),
        max((today - due).days, 0) if due else 0,
    )


def cell_of(register: type[Register], record: Any, name: str) -> Cell:
    field = register.field(name)
    kind = {"DateField": "date", "CharField": "text", "TextField": "text"}.get(field.get_internal_type(), "number")
    choices = tuple((str(value), str(label)) for value, label in field.flatchoices)
    held = getattr(record, name)
    value = format(held.normalize(), "f") if isinstance(held, Decimal) else plain(held)
    return Cell(
        key=f"r.{register.key}.{record.pk}.{name}",
        name=name,
        label=register.label(name),
        kind="choice" if choices else kind,
        value="" if value is None else str(value),
        choices=choices,
        hint=str(field.help_text),
    )


def return_of(pk: int, account: Account | None, verb: str = "view") -> Return | None:
    rows = ReturnRegister.rows(visible_to(account, ReturnRegister, verb)).filter(pk=pk, is_withdrawn=False)
    found: Return | None = rows.select_related("initiative", "commission__definition", "owner", "confirmer").first()
    return found


def who_is_next(record: Return) -> str:
    """What the return waits for, in a few words."""
    if record.state in OPEN_FOR_ANSWERS:
        return record.owner.title if record.owner else _("a supplier to be named")
    if record.state == "checked" and record.confirmer:
        return record.confirmer.title
    return _("the office") if record.state in ("sent", "checked", "confirmed") else ""
