"""A report as a workbook: a sheet per section, typed cells, tables with filters, native charts, ready to print."""

import io
from datetime import UTC

import xlsxwriter

from mainstay.render.arrange import all_sections
from mainstay.render.cleaning import one_line
from mainstay.render.packing import in_utc, repacked
from mainstay.render.tree import Report
from mainstay.render.xlsx.formats import Formats
from mainstay.render.xlsx.sheet import Sheet, sheet_names
from mainstay.render.xlsx.walk import walk

SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": True}
"""Text is text: nothing that a person typed becomes a formula, a link or a number."""


def write(report: Report) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, SAFE)
    book.set_properties(
        {
            "title": one_line(report.title)[:250],
            "subject": one_line(f"{report.marking}; {report.words.snapshot} {report.snapshot}")[:250],
            "author": one_line(report.author)[:250],
            "keywords": one_line(report.snapshot)[:250],
            "comments": "",
            "created": in_utc(report.frozen_at).astimezone(UTC).replace(tzinfo=None),
        }
    )
    formats = Formats(book)
    sections = all_sections(report)
    for section, name in zip(sections, sheet_names(sections), strict=True):
        sheet = Sheet(book, name, report, formats)
        sheet.title(section.title)
        walk(section, sheet)
        sheet.close()
    book.worksheets()[0].activate()
    book.close()
    return repacked(written.getvalue(), report.frozen_at)
