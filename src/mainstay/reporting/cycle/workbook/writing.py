"""A return written as a workbook: what is asked, locked around the cells that take answers, and a hidden sheet that knows it again."""

import io
import json
import re
import zipfile

import xlsxwriter
from django.utils.translation import gettext as _

from mainstay.formats.spreadsheet.workbook_writing import clean
from mainstay.register import words
from mainstay.reporting.cycle.asking import Asked
from mainstay.reporting.cycle.workbook import labels, tables
from mainstay.reporting.cycle.workbook.rules import Lists
from mainstay.reporting.cycle.workbook.sheets import Pen, draw_questions, draw_rows
from mainstay.reporting.cycle.workbook.styles import styles
from mainstay.reporting.project_return.model import Return

LONGEST_PIECE = 29_997
"""A cell takes 32,767 characters; a longer value goes on in the next. Strokes at both ends keep blanks that stand there."""
LISTS_COLUMN = 12
BEFORE = b"<bookViews>"
LOCK = b'<workbookProtection lockStructure="1"/>'
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write(asked: Asked) -> bytes:
    """The workbook of a return."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    marking = tables.marking(asked)
    book.set_properties({"title": f"{asked.record.ref} {asked.record.title}", "category": marking, "status": marking})
    pen = Pen(book, styles(book), Lists(labels.HIDDEN, LISTS_COLUMN), marking, clean(f"{asked.record.initiative} · {asked.record.title}"))
    found = tables.tables(asked)
    draw_questions(pen, found[0], facts(asked, marking), how_to())
    for table in found[1:]:
        draw_rows(pen, table)
    hide(pen, asked, found)
    book.close()
    return locked(target.getvalue())


def facts(asked: Asked, marking: str) -> list[tuple[str, str]]:
    record = asked.record
    return [
        (_("Initiative"), str(record.initiative)),
        (_("Period"), record.commission.period),
        (_("Due"), words.day(record.due_on)),
        (_("Confirms"), record.confirmer.title if record.confirmer else _("nobody named")),
        (_("Marking"), marking),
    ]


def how_to() -> list[str]:
    return [
        _("1. Fill in the yellow cells. Everything else comes from the registers and is not typed again."),
        _("2. What stands there holds until you change it. Cells marked “needed” must be filled before it can be sent."),
        _("3. Save it as it is, an Excel workbook (.xlsx). Leave rows, sheets and columns where they are."),
        _("4. Load it on the return's page, or mail it to the programme office. Every fault is told with its cell."),
    ]


def hide(pen: Pen, asked: Asked, found: list[tables.Table]) -> None:
    """The sheet that nobody sees: which return it is, and for each answer cell its key and what stood there."""
    sheet = pen.book.add_worksheet(labels.HIDDEN)
    sheet.write_row(0, 0, [labels.MARK, labels.FORM])
    number = 1
    for name, value in labels.about(asked.record).items():
        sheet.write_string(number, 0, name)
        sheet.write_string(number, 1, str(value))
        number += 1
    marks = " ".join(sorted(pen.said))
    sheet.write_row(number, 0, [labels.TEXTS, *(marks[start : start + LONGEST_PIECE] for start in range(0, len(marks), LONGEST_PIECE))])
    number += 1
    sheet.write_string(number, 0, labels.CELLS)
    for table in found:
        for line in table.lines:
            for box in (each for each in line.boxes.values() if each.is_open):
                number += 1
                told = json.dumps(box.value, ensure_ascii=False)
                pieces = [f"|{told[start : start + LONGEST_PIECE]}|" for start in range(0, len(told), LONGEST_PIECE)]
                for column, text in enumerate([box.key, table.name, box.label[:200], f"|{dict(box.choices).get(box.value, '')}|", *pieces]):
                    sheet.write_string(number, column, text)
    for place, told_words in enumerate(pen.lists.held):
        sheet.write_column(0, LISTS_COLUMN + place, told_words)
    sheet.protect()
    sheet.very_hidden()


def locked(content: bytes) -> bytes:
    """The same workbook with its structure protected: sheets are neither moved nor deleted by accident. There is no password."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in source.infolist():
            data = source.read(entry)
            made.writestr(
                entry, data.replace(BEFORE, LOCK + BEFORE, 1) if entry.filename == "xl/workbook.xml" else data, zipfile.ZIP_DEFLATED
            )
    return target.getvalue()


def file_name(record: Return) -> str:
    """`NIT-01 October 2026 RT-014.xlsx`: nothing that a file system or a header could take amiss."""
    name = re.sub(r"[^\w .,()-]+", " ", f"{record.initiative.code} {record.commission.period} {record.ref}")
    return re.sub(" +", " ", name).strip(" .") + ".xlsx"
