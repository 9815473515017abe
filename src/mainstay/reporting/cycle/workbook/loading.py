"""Workbooks loaded: each one whole or not at all, and none spoils another. Everything is written by the one door of answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.formats.errors import FormatError, UnknownFormat
from mainstay.formats.gate import recognise
from mainstay.formats.kinds import FileKind
from mainstay.formats.spreadsheet import Limits, Workbook, read_many
from mainstay.register.errors import ActionError, Invalid, Stale
from mainstay.register.history import Actor
from mainstay.reporting.commission.model import Commission
from mainstay.reporting.cycle import answering, filling
from mainstay.reporting.cycle.workbook.judging import Fault, Judged, judged, return_named
from mainstay.reporting.cycle.workbook.reading import returned
from mainstay.reporting.cycle.workbook.returned import NotAReturn
from mainstay.reporting.project_return.model import Return
from mainstay.reporting.project_return.register import ReturnRegister

LIMITS = Limits(file_mb=5, rows=20_000, area=2_000_000, characters=4_000_000, memory_mb=768, seconds=20)
MOST_FAULTS = 200
OTHER_TABLES = (FileKind.XLS, FileKind.ODS, FileKind.TEXT)


@dataclass(slots=True)
class Loaded:
    """What became of one file."""

    name: str
    record: Return | None = None
    written: int = 0
    is_sent: bool = False
    faults: list[Fault] = field(default_factory=list)
    """Why nothing of it was loaded."""
    not_sent: list[Fault] = field(default_factory=list)
    """Why it was loaded but not sent."""
    missing: list[Fault] = field(default_factory=list)
    """What it still needs before it can be sent."""
    notes: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """`refused`, `unchanged`, `taken` or `sent`."""
        if self.faults:
            return "refused"
        return "sent" if self.is_sent else "taken" if self.written else "unchanged"

    def as_json(self) -> dict[str, Any]:
        record = self.record
        return {
            "file": self.name,
            "outcome": self.outcome,
            "return": record.ref if record else None,
            "return_id": record.pk if record else None,
            "initiative": str(record.initiative) if record else None,
            "period": record.commission.period if record else None,
            "url": ReturnRegister.url("detail", record) if record else "",
            "written": self.written,
            "faults": [of_fault(fault) for fault in self.faults[:MOST_FAULTS]],
            "not_sent": [of_fault(fault) for fault in self.not_sent],
            "missing": [of_fault(fault) for fault in self.missing],
            "notes": self.notes,
        }


def of_fault(fault: Fault) -> dict[str, str]:
    place = {"sheet": fault.place.sheet, "cell": fault.place.cell} if fault.place else {"sheet": "", "cell": ""}
    return {**place, "sentence": fault.sentence, "text": str(fault)}


class Undone(Exception):
    """Leaves nothing of a workbook that has faults."""


def load_files(
    files: Sequence[tuple[Path, str]], actor: Actor, *, expected: Return | Commission | None = None, send: bool = False
) -> Iterator[Loaded]:
    """Load each file in turn, told as it is done. `expected` is the return or the commission on whose page they were chosen."""
    for (path, name), book in zip(files, read_many(files, LIMITS, kinds=[FileKind.XLSX]), strict=True):
        yield refused(path, name, book) if isinstance(book, FormatError) else load(name, book, actor, expected=expected, send=send)


def refused(path: Path, name: str, fault: FormatError) -> Loaded:
    if isinstance(fault, UnknownFormat) and (kind := recognise(path)) in OTHER_TABLES:
        told = _("This is %(kind)s. Save the workbook of the return as an Excel workbook (.xlsx) and load that one.")
        return Loaded(name, faults=[Fault(told % {"kind": kind.label})])
    return Loaded(name, faults=[Fault(str(fault))])


def load(
    name: str, book: Workbook, actor: Actor, *, expected: Return | Commission | None = None, send: bool = False, is_again: bool = False
) -> Loaded:
    """Load one workbook: all its answers or none."""
    made = Loaded(name)
    try:
        told = returned(book)
        made.record = return_named(told, actor.account, expected)
    except NotAReturn as fault:
        made.faults.append(Fault(str(fault)))
        return made
    made.notes = told.notes
    found = judged(told, made.record, actor.account)
    try:
        save(made, found, actor)
    except Stale as fault:
        if not is_again:
            # Somebody has written at the same moment: what stands now is judged anew, cell by cell.
            return load(name, book, actor, expected=expected, send=send, is_again=True)
        made.faults.append(Fault(str(fault)))
    except ActionError as fault:
        made.faults.append(Fault(str(fault)))
    order = {place: number for number, place in enumerate(found.places.values())}
    made.faults.sort(key=lambda fault: order.get(fault.place, -1) if fault.place else -1)
    if send and not made.faults:
        send_on(made, found, actor)
    elif not made.faults:
        needed = filling.missing(made.record)
        made.missing = [Fault(sentence, found.places.get(f"q.{question.name}")) for question, sentence in needed]
    return made


def save(made: Loaded, found: Judged, actor: Actor) -> None:
    """Write what is changed. Where a cell cannot be used the rest is tried all the same, so that every fault is told at once."""
    made.faults += found.faults
    if not found.given:
        return
    try:
        with transaction.atomic():
            saved = answering.save_of(found.asked, found.given, found.was, actor, all_or_none=True)
            if made.faults:
                raise Undone
    except answering.NotSaved as fault:
        made.faults += [Fault(sentence, found.places.get(key)) for key, sentence in fault.saved.faults.items()]
    except Undone:
        pass
    else:
        made.record, made.written = saved.record, len(saved.written)


def send_on(made: Loaded, found: Judged, actor: Actor) -> None:
    """Send what was loaded; an answer that is missing is told with its cell."""
    if made.record is None:
        return
    try:
        made.record = answering.send(made.record.pk, made.record.version, actor)
        made.is_sent = True
    except Invalid as fault:
        made.not_sent = [Fault(text, found.places.get(key)) for key, texts in fault.errors.items() for text in texts]
    except ActionError as fault:
        made.not_sent = [Fault(str(fault))]
