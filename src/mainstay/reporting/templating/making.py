"""What others call: check a template, and fill it from a snapshot's facts. The same facts and template give the same bytes."""

import io
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from django.utils import translation
from django.utils.translation import gettext as _
from docx.exceptions import InvalidXmlError as InvalidWordXml
from lxml import etree
from pptx.exc import InvalidXmlError as InvalidSlideXml
from pptx.exc import PackageNotFoundError

from mainstay.formats import gate
from mainstay.formats.errors import Rejected
from mainstay.formats.kinds import FileKind
from mainstay.render.packing import in_utc, repacked
from mainstay.reporting.board_pack.facts import PackFacts
from mainstay.reporting.templating import leftover, marking, safety, sheets, slides, trial, word
from mainstay.reporting.templating.checking import Checking, TooMany
from mainstay.reporting.templating.filling import Fault, FromFacts, TemplateFault
from mainstay.reporting.templating.naming import Source

KINDS = (FileKind.DOCX, FileKind.PPTX, FileKind.XLSX)
MOST_BYTES = 20 * 1024 * 1024
WALKERS: dict[str, ModuleType] = {"docx": word, "pptx": slides, "xlsx": sheets}


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of a template says: its kind, the names it uses, and all that is wrong with it."""

    kind: str
    used: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def check(path: Path, name: str) -> Checked:
    """Whether the file may be a template: let in by the gate, nothing in it that runs or fetches, every token known."""
    try:
        kind = gate.admit(path, KINDS, name=name, most_bytes=MOST_BYTES)
    except Rejected as fault:
        return Checked("", faults=(Fault(_("The file"), str(fault)),))
    content = path.read_bytes()
    if faults := safety.faults_of(content):
        return Checked(kind.value, faults=tuple(faults))
    checking = Checking()
    try:
        with suppress(TooMany):
            walked(content, kind.value, checking)
        if not checking.faults:
            made(content, kind.value, trial.FACTS, trial.DIGEST)
    except TemplateFault as fault:
        checking.faults += fault.faults
    except UNREADABLE:
        told = _("The file is damaged or not complete. Save it again in the program that made it.")
        return Checked(kind.value, faults=(Fault(_("The file"), told),))
    if not checking.used and not checking.faults:
        told = _("It holds no token, so every pack made from it would be the same. Write {{initiative.title}}, for example.")
        checking.faults.append(Fault(_("The file"), told))
    return Checked(kind.value, tuple(checking.used), tuple(checking.faults))


def walked(content: bytes, kind: str, checking: Checking) -> None:
    """Every token of the file asked for, also those that stand where none is filled."""
    for left in leftover.faults_of(content, kind):
        checking.fault(left.place, left.text)
    walker = WALKERS[kind]
    walker.walk(walker.opened(content), checking)


UNREADABLE = (
    KeyError, ValueError, AttributeError, TypeError, OSError, IndexError, StopIteration, RecursionError,
    etree.LxmlError, InvalidSlideXml, InvalidWordXml, PackageNotFoundError,
)  # fmt: skip
"""What the libraries raise at packages that are not whole."""


def made(content: bytes, kind: str, facts: PackFacts, digest: str) -> bytes:
    """The template filled. Raises TemplateFault where it cannot be."""
    source = Source(facts, digest)
    with translation.override("en-gb"):
        walker = WALKERS[kind]
        file = walker.opened(content)
        marking.mark(file, kind, source)
        walker.walk(file, FromFacts(source))
        written = io.BytesIO()
        file.save(written)
    return repacked(written.getvalue(), in_utc(facts.frozen_at))


__all__ = ["KINDS", "MOST_BYTES", "Checked", "TemplateFault", "check", "made"]
