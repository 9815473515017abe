"""What is told to somebody whom another has overtaken: what stands now, by whom it was sent, and what is not saved."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from mainstay.register import words
from mainstay.register.errors import Refused
from mainstay.register.models import Change
from mainstay.reporting.cycle import filling
from mainstay.reporting.cycle.asking import Answer, Asked, Cell
from mainstay.reporting.project_return.model import Return
from mainstay.reporting.project_return.register import ReturnRegister


class AlreadySent(Refused):
    """The return went off before these answers came: who sent it, and what is not in it."""

    def __init__(self, what: str, unsaved: dict[str, str]) -> None:
        self.unsaved = unsaved
        """A sentence for each answer that was given too late, by the key of its input."""
        super().__init__(" ".join((what, *unsaved.values())))
        self.what = what


def too_late(asked: Asked, given: Mapping[str, str], was: Mapping[str, str]) -> AlreadySent:
    """What is told to somebody whose answers came after the return was sent."""
    changed = {key: text for key, text in given.items() if text.strip() != was.get(key, "").strip()}
    unsaved = {}
    for answer in asked.answers:
        if answer.key in changed and as_kept(answer, changed[answer.key]) != answer.value:
            unsaved[answer.key] = _("%(title)s: “%(now)s” was sent. Yours, “%(yours)s”, is not saved.") % {
                "title": answer.question.title,
                "now": answer.told or _("nothing"),
                "yours": changed[answer.key].strip() or _("nothing"),
            }
    for row in asked.rows:
        for cell in row.cells:
            if cell.key in changed and changed[cell.key].strip() != cell.value:
                unsaved[cell.key] = _("%(ref)s, %(label)s: %(now)s stands. Yours, %(yours)s, is not saved.") % {
                    "ref": row.record.ref,
                    "label": cell.label,
                    "now": in_words(cell, cell.value) or _("nothing"),
                    "yours": in_words(cell, changed[cell.key].strip()) or _("nothing"),
                }
    record, last = asked.record, sending_of(asked.record)
    if last is None:
        return AlreadySent(_("This return is not open for answers any more. Ask the office that asked for it."), unsaved)
    what = _("%(who)s sent this return on %(at)s. Ask the office to send it back if something is wrong.") % {
        "who": last.actor_name,
        "at": words.moment(last.at),
    }
    return AlreadySent(what if record.state != "waived" else _("The office has waived this return: nothing is asked any more."), unsaved)


def as_kept(answer: Answer, text: str) -> str:
    try:
        return filling.answer(answer.question, text)
    except ValueError:
        return text.strip()


def sending_of(record: Return) -> Change | None:
    """The last event by which it was sent."""
    return Change.objects.filter(register=ReturnRegister.key, record_id=record.pk, verb="send").order_by("-sequence").first()


def reason_sent_back(record: Return) -> str:
    """Why the office sent it back, while it waits to be sent again."""
    if record.state != "rejected":
        return ""
    held = Change.objects.filter(register=ReturnRegister.key, record_id=record.pk, verb="reject").order_by("-sequence").first()
    return held.reason if held else ""


def in_words(cell: Cell, text: str) -> str:
    """A value of a record as people read it."""
    if cell.kind == "date":
        try:
            return words.day(date.fromisoformat(text))
        except ValueError:
            return text
    return dict(cell.choices).get(text, text)
