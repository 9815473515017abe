"""Answers written down: each where it belongs, in the return or in the register whose row it is, through the one way to write."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.register import actions
from mainstay.register.errors import Invalid, NotFound, Refused, Stale
from mainstay.register.history import Actor
from mainstay.reporting.cycle import filling
from mainstay.reporting.cycle.asking import Answer, Asked, Cell, Row, asked_of, return_of
from mainstay.reporting.cycle.overtaken import as_kept, in_words, too_late
from mainstay.reporting.project_return.model import OPEN_FOR_ANSWERS, Return
from mainstay.reporting.project_return.register import ReturnRegister


@dataclass(slots=True)
class Saved:
    """What became of the answers: those written, and a sentence for each that was not, by the key of its input."""

    record: Return
    written: list[str] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)


class NotSaved(Exception):
    """All answers were asked to be written or none, and one cannot be."""

    def __init__(self, saved: Saved) -> None:
        self.saved = saved
        super().__init__(" ".join(saved.faults.values()))


@transaction.atomic
def save(pk: int, given: Mapping[str, str], was: Mapping[str, str], actor: Actor, *, all_or_none: bool = False) -> Saved:
    """Write the answers in `given` (key of the input → text) that differ from `was`, what their giver had before them.

    An answer that somebody else has changed since is not written over: it is told with both. Raises NotFound, AlreadySent, and with
    `all_or_none` NotSaved.
    """
    record = return_of(pk, actor.account, "change")
    if record is None:
        raise NotFound
    if record.state not in OPEN_FOR_ANSWERS:
        raise too_late(asked_of(record, actor.account, given), given, was)
    return save_of(asked_of(record, actor.account, given), given, was, actor, all_or_none=all_or_none)


@transaction.atomic
def save_of(asked: Asked, given: Mapping[str, str], was: Mapping[str, str], actor: Actor, *, all_or_none: bool = False) -> Saved:
    """The same for a return whose questions have just been read as `actor` sees them. Where it has changed since, raises Stale."""
    saved = Saved(asked.record)
    changed = {key: text for key, text in given.items() if text.strip() != was.get(key, "").strip()}
    known = {answer.key for answer in asked.answers} | {cell.key for row in asked.rows for cell in row.cells}
    for key in changed.keys() - known:
        saved.faults[key] = _("“%(text)s” is not saved: its record is closed or no longer asked about. Change it in its register.") % {
            "text": changed[key][:40]
        }
    write_rows(asked, changed, was, actor, saved)
    write_answers(asked, changed, was, actor, saved)
    if all_or_none and saved.faults:
        raise NotSaved(saved)
    return saved


def write_answers(asked: Asked, changed: Mapping[str, str], was: Mapping[str, str], actor: Actor, saved: Saved) -> None:
    record = asked.record
    values = dict(record.answers)
    for answer in asked.answers:
        if answer.key not in changed:
            continue
        try:
            value = filling.answer(answer.question, changed[answer.key])
        except ValueError as fault:
            saved.faults[answer.key] = str(fault)
            continue
        if is_overtaken(answer, was.get(answer.key, ""), value):
            saved.faults[answer.key] = _("%(title)s: somebody has answered “%(now)s” since. Yours, “%(yours)s”, is not saved.") % {
                "title": answer.question.title,
                "now": answer.told,
                "yours": filling.in_words(answer.question, value),
            }
            continue
        if value:
            values[answer.question.name] = value
        else:
            values.pop(answer.question.name, None)
        saved.written.append(answer.key)
    if not saved.written:
        return
    if values != record.answers:
        rating = next((values.get(question.name, "") for question in asked.content.questions() if question.kind == "rating"), "")
        record = actions.change(ReturnRegister, record.pk, record.version, {"answers": values, "rating": rating}, actor)
    if record.state == "asked":
        record = actions.move(ReturnRegister, record.pk, record.version, "start", actor)
    saved.record = record


def is_overtaken(answer: Answer, was: str, value: str) -> bool:
    """Whether what stands is neither what the giver saw nor what the giver wants."""
    return answer.value not in (as_kept(answer, was), value)


def write_rows(asked: Asked, changed: Mapping[str, str], was: Mapping[str, str], actor: Actor, saved: Saved) -> None:
    for row in asked.rows:
        wanted = {cell: changed[cell.key] for cell in row.cells if cell.key in changed and cell.value != changed[cell.key].strip()}
        if not wanted:
            continue
        overtaken = {cell for cell in wanted if cell.value != was.get(cell.key, "").strip()}
        for cell in overtaken:
            saved.faults[cell.key] = _("%(ref)s, %(label)s: somebody has changed it to %(now)s since. Yours, %(yours)s, is not saved.") % {
                "ref": row.record.ref,
                "label": cell.label,
                "now": in_words(cell, cell.value) or _("nothing"),
                "yours": in_words(cell, wanted[cell].strip()) or _("nothing"),
            }
        write_row(asked.record, row, {cell: text for cell, text in wanted.items() if cell not in overtaken}, actor, saved)


def write_row(record: Return, row: Row, values: Mapping[Cell, str], actor: Actor, saved: Saved) -> None:
    if not values:
        return
    named: dict[str, Any] = {cell.name: text.strip() for cell, text in values.items()}
    reason = f"{record.ref} {record.title}"
    try:
        with transaction.atomic():
            actions.change(row.register, row.record.pk, row.record.version, named, actor, reason=reason)
    except Invalid as fault:
        for cell in values:
            texts = fault.errors.get(cell.name) or [text for texts in fault.errors.values() for text in texts]
            text = " ".join(texts)
            saved.faults[cell.key] = f"{row.record.ref}, {text if text.startswith(cell.label) else f'{cell.label}: {text}'}"
    except (Stale, Refused) as fault:
        saved.faults.update({cell.key: f"{row.record.ref}, {cell.label}: {fault}" for cell in values})
    else:
        saved.written += [cell.key for cell in values]


@transaction.atomic
def send(pk: int, version: int | None, actor: Actor) -> Return:
    """Send the return. Raises Invalid with a sentence for each answer that is missing, by the key of its input."""
    record = return_of(pk, actor.account, "change")
    if record is None:
        raise NotFound
    if missing := {f"q.{question.name}": [sentence] for question, sentence in filling.missing(record)}:
        raise Invalid(missing)
    sent: Return = actions.move(ReturnRegister, pk, version, "send", actor)
    return sent
