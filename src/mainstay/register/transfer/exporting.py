"""Rows of a register as CSV or XLSX, as a list shows them or complete. What goes out comes back: see `importing`."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.formats.spreadsheet import text_writing, workbook_writing
from mainstay.formats.spreadsheet.workbook_writing import Heading, Paper
from mainstay.register import words
from mainstay.register.history import Actor
from mainstay.register.record import Marking
from mainstay.register.spec import Register
from mainstay.register.tables import Column, visible_ids
from mainstay.register.transfer.columns import cell_of, choices_of, complete, is_read, with_round_trip

PART = 500
"""Records held at a time."""

Records = QuerySet[Any] | Iterable[Any]


def to_csv(register: type[Register], records: Records, actor: Actor, columns: Sequence[Column] | None = None) -> Iterator[str]:
    """The file in pieces. `columns` are those of a list; without them the file is complete. `records` must come from `access`."""
    shown = with_round_trip(register, columns) if columns else complete(register)
    yield from text_writing.lines([column.label for column in shown], rows(register, records, actor, shown))


def to_xlsx(
    register: type[Register],
    records: Records,
    actor: Actor,
    target: IO[bytes],
    columns: Sequence[Column] | None = None,
    *,
    marking: str = "",
) -> int:
    """Write the workbook to `target`; returns how many rows it has."""
    shown = with_round_trip(register, columns) if columns else complete(register)
    headings = [heading(register, column) for column in shown]
    paper = Paper(register.title(), marking or Marking.OFFICIAL.value, guidance(register, shown, actor), foot(actor))
    return workbook_writing.write(target, paper, headings, rows(register, records, actor, shown))


def rows(register: type[Register], records: Records, actor: Actor, columns: Sequence[Column]) -> Iterator[list[Any]]:
    """The cells of each record; references that the reader may not see are withheld, found out once for each part."""
    if isinstance(records, QuerySet):
        records = register.rows(records).iterator(chunk_size=PART)
    stream = iter(records)
    while part := list(islice(stream, PART)):
        hidden = {column.name: unseen(column, part, actor) for column in columns if column.kind == "reference"}
        for record in part:
            yield [cell_of(register, column, record, hidden.get(column.name, set())) for column in columns]


def unseen(column: Column, records: Sequence[Any], actor: Actor) -> set[int]:
    targets = [target for record in records if (target := getattr(record, column.name)) is not None]
    return {target.pk for target in targets} - visible_ids(actor.account, targets)


def highest_marking(records: QuerySet[Any]) -> str:
    """The marking that a document with these records takes."""
    names = {field.name for field in records.model._meta.concrete_fields}
    if "marking" in names and records.filter(marking=Marking.SENSITIVE).exists():
        return str(Marking.SENSITIVE.value)
    return str(Marking.OFFICIAL.value)


def heading(register: type[Register], column: Column) -> Heading:
    kind = column.kind if column.kind in {"number", "date", "moment"} else "text"
    if column.kind == "derived":
        kind = "number"
    hint = "" if column.kind == "derived" else str(getattr(register.field(column.name), "help_text", ""))
    return Heading(
        column.label, kind, choices_of(register, column), hint, is_fixed=not is_read(register, column) or column.name in {"ref", "version"}
    )


def foot(actor: Actor) -> str:
    return _("Exported %(at)s by %(name)s") % {"at": words.moment(timezone.now()), "name": actor.called}


def guidance(register: type[Register], columns: Sequence[Column], actor: Actor) -> list[tuple[str, str]]:
    """The sheet that tells whoever fills the workbook what it may hold and how it comes back."""
    what = {"name": register.singular(), "ref": columns[0].label, "version": columns[-1].label}
    return [
        (foot(actor), ""),
        (
            _("To change rows"),
            _(
                "Change what you like and import the workbook again. Keep %(ref)s and %(version)s as they are: "
                "they name the row and prove that nobody has changed it since."
            )
            % what,
        ),
        (_("To add rows"), _("Write below the last row and leave %(ref)s and %(version)s empty; Mainstay gives them.") % what),
        (_("To empty a value"), _("Empty its cell. A row that is missing here stays as it is; nothing is deleted by an import.")),
        (
            _("What happens then"),
            _("You see what is new and what differs, old and new side by side, before anything is saved. All rows are saved or none."),
        ),
        (_("Columns"), ""),
        *((column.label, about(register, column)) for column in columns),
    ]


def about(register: type[Register], column: Column) -> str:
    if not is_read(register, column):
        return _("Worked out by Mainstay; what stands here is not read.")
    field = register.field(column.name)
    texts = [str(field.help_text)] if field.help_text else []
    if choices := choices_of(register, column):
        texts.append(_("One of: %(choices)s.") % {"choices": ", ".join(choices)})
    if column.kind == "date":
        texts.append(_("A date, e.g. 2026-11-10 or 10/11/2026."))
    if column.name in register.fields() and not field.blank:
        texts.append(_("Needed."))
    return " ".join(texts) or _("Any text.")
