"""What others call: freeze the facts of an initiative, and make the pack of a snapshot as a file."""

import re

from django.utils import translation

from mainstay import render
from mainstay.render.tree import Report
from mainstay.reporting.board_pack import content
from mainstay.reporting.freezing import check, facts_of, freeze, may_freeze
from mainstay.reporting.snapshot.model import Snapshot

__all__ = ["FORMATS", "Snapshot", "check", "facts_of", "freeze", "make", "may_freeze", "report_of"]

FORMATS: tuple[render.Format, ...] = ("docx", "pptx", "xlsx", "pdf")


def report_of(snapshot: Snapshot) -> Report:
    """The pack as a tree, from the frozen facts alone. Always in the language of the pack, whoever asks."""
    with translation.override("en-gb"):
        return content.report(facts_of(snapshot), snapshot.digest)


def make(snapshot: Snapshot, format: render.Format) -> tuple[str, bytes]:  # noqa: A002  # the word that people use for it
    """The pack of `snapshot` as a file: its name and content. The same snapshot gives the same bytes.

    Raises register.store.StoreError or document.DocumentError, with a sentence, where the frozen facts are missing or altered.
    """
    return f"{file_name(snapshot)}.{format}", render.write(report_of(snapshot), format)


def file_name(snapshot: Snapshot) -> str:
    """`SCR October 2026 board pack`: nothing that a file system or a header could take amiss."""
    name = re.sub(r"[^\w .,()-]+", " ", f"{snapshot.initiative.code} {snapshot.title} board pack")
    return re.sub(" +", " ", name).strip(" .")
