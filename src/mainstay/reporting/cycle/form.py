"""A return as a form: its parts numbered, each input with what stood there, what was typed and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.register import words
from mainstay.reporting.cycle import filling, plan_part
from mainstay.reporting.cycle.asking import Answer, Asked, AskedPart, Cell, Row
from mainstay.reporting.project_return.model import Return

WAS = "was."
"""What is put before an input's key for the hidden field that holds what stood there when the page was made."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input of the form."""

    key: str
    label: str
    kind: str
    """`rating`, `text`, `line`, `money`, `number`, `date`, `choice` or `yes_no`."""
    value: str
    was: str
    hint: str = ""
    last: str = ""
    """Last period's answer in words, with its period."""
    error: str = ""
    is_required: bool = False
    longest: int = 0
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        return "id_" + self.key.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Line:
    """A record that needs a look, with its inputs."""

    ref: str
    title: str
    url: str
    why: str
    shown: tuple[tuple[str, str], ...]
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A numbered part of the form."""

    number: int
    title: str
    help: str
    source: str
    inputs: tuple[Input, ...] = ()
    lines: tuple[Line, ...] = ()
    told: str = ""
    """What is said where there is nothing to ask, or before it is asked."""
    send_url: str = ""
    """Where the plan that it calls for is sent."""


@dataclass(slots=True)
class Form:
    """The whole form."""

    blocks: list[Block] = field(default_factory=list)
    faults: list[dict[str, str]] = field(default_factory=list)

    @property
    def inputs(self) -> list[Input]:
        """All inputs in reading order."""
        return [one for block in self.blocks for one in (*block.inputs, *(cell for line in block.lines for cell in line.inputs))]


def given(posted: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """What a form that has come says, and what stood there when its page was made, both by the key of the input."""
    told = {key: str(text) for key, text in posted.items() if key.startswith(("q.", "r."))}
    return told, {key: str(posted.get(WAS + key, "")) for key in told}


def form_of(asked: Asked, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None) -> Form:
    typed, errors = typed or {}, errors or {}
    made = Form()
    for number, part in enumerate(asked.parts, 1):
        made.blocks.append(block(number, part, typed, errors, asked.record))
    made.faults = [{"text": one.error, "target": one.id} for one in made.inputs if one.error]
    known = {one.key for one in made.inputs}
    made.faults += [{"text": text, "target": ""} for key, text in errors.items() if key not in known]
    return made


def block(number: int, part: AskedPart, typed: Mapping[str, str], errors: Mapping[str, str], record: Return) -> Block:
    return Block(
        number,
        part.part.title,
        part.part.help,
        source_of(part),
        tuple(input_of(answer, typed, errors) for answer in part.answers),
        tuple(line_of(row, typed, errors) for row in part.rows),
        plan_part.told(record) if part.part.plan else told_of(part),
        plan_part.sending_url(record) if part.part.plan else "",
    )


def source_of(part: AskedPart) -> str:
    if not part.part.register or part.is_withheld:
        return ""
    return _("%(shown)d of %(count)d open") % {"shown": len(part.rows), "count": part.open_count}


def told_of(part: AskedPart) -> str:
    if part.is_withheld:
        return _("Kept in a register that is not yours to see.")
    if part.part.register and not part.rows:
        return _("Nothing needs a look.") if part.open_count else _("The register holds nothing open here.")
    return ""


def input_of(answer: Answer, typed: Mapping[str, str], errors: Mapping[str, str]) -> Input:
    question = answer.question
    last = f"{answer.told_before} ({answer.before_period})" if answer.before else ""
    choices: tuple[tuple[str, str], ...] = tuple((choice, choice) for choice in question.choices)
    if question.kind == "rating":
        choices = filling.rating_choices(question)
    elif question.kind == "yes_no":
        choices = (("yes", _("Yes")), ("no", _("No")))
    shown = shown_value(answer)
    return Input(
        key=answer.key,
        label=question.title,
        kind="line" if question.kind == "text" and question.longest <= 120 else question.kind,
        value=typed.get(answer.key, shown),
        was=shown,
        hint=filling.hint(question),
        last=last,
        error=errors.get(answer.key, ""),
        is_required=question.required,
        longest=question.longest if question.kind == "text" else 0,
        choices=choices,
    )


def shown_value(answer: Answer) -> str:
    """The answer as it stands in its input: amounts with their thousands parted."""
    if answer.question.kind in ("money", "number") and answer.value:
        return filling.in_words(answer.question, answer.value).replace("£", "").replace("\u2212", "-")
    return answer.value


def line_of(row: Row, typed: Mapping[str, str], errors: Mapping[str, str]) -> Line:
    why = ""
    if row.days_over:
        why = ngettext("%(days)d day past its day", "%(days)d days past its day", row.days_over) % {"days": row.days_over}
    return Line(
        ref=row.record.ref,
        title=row.record.title,
        url=row.url,
        why=why,
        shown=tuple((label, text or words.NOTHING) for label, text in row.shown),
        inputs=tuple(cell_input(cell, typed, errors) for cell in row.cells),
    )


def cell_input(cell: Cell, typed: Mapping[str, str], errors: Mapping[str, str]) -> Input:
    return Input(
        key=cell.key,
        label=cell.label,
        kind="line" if cell.kind == "text" else cell.kind,
        value=typed.get(cell.key, cell.value),
        was=cell.value,
        error=errors.get(cell.key, ""),
        choices=cell.choices,
    )
