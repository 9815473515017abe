"""The answer cells of a return: what each is called, what it takes, and what stands there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from mainstay.reporting.cycle import filling
from mainstay.reporting.cycle.asking import Answer, Asked, Cell, Row

NUMERIC = ("money", "number")
CHOSEN = ("rating", "choice", "yes_no")
LONGEST_SHOWN = 32_000
"""A cell takes 32,767 characters; a text that comes near is changed on its page."""


@dataclass(frozen=True, slots=True)
class Box:
    """One cell that takes an answer."""

    key: str
    """As everywhere in the cycle: `q.rating`, `r.risk.risk.12.probability`."""
    kind: str
    """`rating`, `text`, `money`, `number`, `date`, `choice` or `yes_no`."""
    label: str
    """How a sentence names it: `Rating`, or `R-003, Probability`."""
    value: str
    """What stands on record, as it is kept."""
    hint: str = ""
    last: str = ""
    is_required: bool = False
    longest: int = 0
    least: float | None = None
    most: float | None = None
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def row(self) -> str:
        """The key of its row in the workbook."""
        return self.key if self.key.startswith("q.") else self.key.rpartition(".")[0]

    @property
    def column(self) -> str:
        """The code of its column in the workbook."""
        return "answer" if self.key.startswith("q.") else self.key.rpartition(".")[2]

    @property
    def is_open(self) -> bool:
        return len(self.value) <= LONGEST_SHOWN

    @property
    def words(self) -> list[str]:
        """The words between which it lets choose."""
        return [label for _value, label in self.choices]


def of_answer(answer: Answer) -> Box:
    question = answer.question
    choices = tuple((choice, choice) for choice in question.choices)
    if question.kind == "rating":
        choices = filling.rating_choices(question)
    elif question.kind == "yes_no":
        choices = (("yes", _("Yes")), ("no", _("No")))
    return Box(
        key=answer.key,
        kind=question.kind,
        label=question.title,
        value=answer.value,
        hint=filling.hint(question),
        least=question.least,
        most=question.most,
        last=answer.told_before,
        is_required=question.required,
        longest=question.longest if question.kind == "text" else 0,
        choices=choices,
    )


def of_cell(row: Row, cell: Cell) -> Box:
    choices = tuple((value, label) for value, label in cell.choices if value)
    return Box(key=cell.key, kind=cell.kind, label=f"{row.record.ref}, {cell.label}", value=cell.value, hint=cell.hint, choices=choices)


def boxes(asked: Asked) -> Iterator[Box]:
    """Every answer cell of a return."""
    for answer in asked.answers:
        yield of_answer(answer)
    for row in asked.rows:
        for cell in row.cells:
            yield of_cell(row, cell)


def value_of(box: Box) -> str | float | datetime | None:
    """What stands on record, as Excel holds it."""
    if not box.value:
        return None
    if box.kind in NUMERIC:
        return float(Decimal(box.value))
    if box.kind == "date":
        day = date.fromisoformat(box.value)
        return datetime(day.year, day.month, day.day) if day.year >= 1900 else box.value  # noqa: DTZ001  # a day of the sheet has no zone
    return dict(box.choices).get(box.value, box.value)


def is_same(box: Box, one: str, other: str) -> bool:
    """Whether two texts say the same in this cell: a number is the same with and without idle zeros, a line ends in one way."""
    first, second = plain(one), plain(other)
    if first == second or box.kind not in NUMERIC or not first or not second:
        return first == second
    try:
        return float(Decimal(first)) == float(Decimal(second))
    except InvalidOperation:
        return False


def plain(text: str) -> str:
    """A text as it comes back from a workbook."""
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()
