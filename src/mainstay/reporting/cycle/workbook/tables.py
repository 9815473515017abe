"""What the sheets of a workbook say before they are drawn: the questions, then a sheet for each part with rows of a register."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.formats.spreadsheet.workbook_writing import sheet_name
from mainstay.register import words
from mainstay.register.record import Marking
from mainstay.reporting.cycle import form
from mainstay.reporting.cycle.asking import Asked, AskedPart, Row
from mainstay.reporting.cycle.workbook import labels
from mainstay.reporting.cycle.workbook.boxes import Box, of_answer, of_cell


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its heading, its code if it takes answers, and how wide it is."""

    text: str
    code: str = ""
    width: int = 24


@dataclass(frozen=True, slots=True)
class Line:
    """A row: texts that only tell, and answer cells by the code of their column. A line without a key is a heading of a part."""

    key: str
    texts: tuple[str, ...]
    boxes: dict[str, Box] = field(default_factory=dict)
    leads_to: str = ""
    """The sheet on which what it names is answered."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet."""

    name: str
    title: str
    help: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]


def tables(asked: Asked) -> list[Table]:
    """The sheets of a return: the questions first, then each part that asks about rows of a register."""
    names = sheet_names([part.part.title for part in asked.parts if part.rows])
    sheets = dict(zip((part.part.name for part in asked.parts if part.rows), names, strict=True))
    return [questions(asked, sheets), *(rows(part, sheets[part.part.name]) for part in asked.parts if part.rows)]


def sheet_names(titles: Iterable[str]) -> list[str]:
    """A name for each title that no other sheet has: Excel does not tell capitals from small letters and keeps `History` to itself."""
    taken, found = {labels.FIRST.lower(), labels.HIDDEN.lower(), "history"}, []
    for title in titles:
        name, number = sheet_name(title), 1
        while name.lower() in taken:
            number += 1
            name = f"{sheet_name(title)[:26]} ({number})"
        taken.add(name.lower())
        found.append(name)
    return found


def questions(asked: Asked, sheets: dict[str, str]) -> Table:
    last = asked.last.commission.period if asked.last else _("Last time")
    heads = (
        Head(_("Question"), width=38),
        Head(_("Guidance"), width=46),
        Head(last, width=34),
        Head(_("Your answer"), "answer", 60),
        Head(_("Needed"), width=9),
    )
    lines: list[Line] = []
    for number, part in enumerate(asked.parts, 1):
        lines.append(heading(number, part, sheets.get(part.part.name, "")))
        for answer in part.answers:
            box = of_answer(answer)
            lines.append(Line(box.row, (box.label, guidance(box), box.last, "", _("needed") if box.is_required else ""), {"answer": box}))
    return Table(labels.FIRST, asked.record.title, "", heads, tuple(lines))


def guidance(box: Box) -> str:
    """The question's help, and what its cell takes."""
    takes = {
        "money": _("An amount in full, such as 43,900,000."),
        "number": _("A number."),
        "date": _("A day such as 12/4/2027."),
        "text": _("At most %(most)s characters.") % {"most": f"{box.longest:,}"},
    }.get(box.kind, _("Choose from the list."))
    return f"{box.hint} {takes}".strip()


def heading(number: int, part: AskedPart, sheet: str) -> Line:
    told = form.told_of(part)
    if sheet:
        count = len(part.rows)
        told = ngettext("%(count)d record, on sheet %(sheet)s", "%(count)d records, on sheet %(sheet)s", count)
        told %= {"count": count, "sheet": sheet}
    reader = _("Read by: %(reader)s") % {"reader": part.part.read_by} if part.part.read_by else ""
    about = part.part.help if not sheet else ""
    return Line("", (f"{number}. {part.part.title}", about, "", told or reader, ""), leads_to=sheet)


def rows(part: AskedPart, name: str) -> Table:
    shown = [label for label, _text in part.rows[0].shown]
    asked = part.rows[0].cells
    heads = (
        Head(_("Reference"), width=12),
        Head(_("Title"), width=44),
        *(Head(label, width=24) for label in shown),
        *(Head(cell.label, cell.name, 30 if cell.kind == "text" else 20) for cell in asked),
        Head(_("Why it is asked"), width=24),
    )
    return Table(name, part.part.title, part.part.help, heads, tuple(line(row) for row in part.rows))


def line(row: Row) -> Line:
    boxes = [of_cell(row, cell) for cell in row.cells]
    why = ngettext("%(days)d day past its day", "%(days)d days past its day", row.days_over) % {"days": row.days_over}
    told = [row.record.ref, row.record.title, *(text or words.NOTHING for _label, text in row.shown), *("" for _box in boxes)]
    key = f"r.{row.register.key}.{row.record.pk}"
    return Line(key, (*told, why if row.days_over else ""), {box.column: box for box in boxes})


def marking(asked: Asked) -> str:
    """The highest marking of what the workbook shows."""
    order: Sequence[str] = Marking.values
    held = [asked.record.marking, asked.record.initiative.marking, *(row.record.marking for row in asked.rows)]
    return max((one for one in held if one in order), key=order.index, default=str(order[0]))
