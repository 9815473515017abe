"""A report as a text document: real headings, styles and tables, native charts, the marking and the page on each page."""

import io

from mainstay.render.arrange import all_sections
from mainstay.render.docx.paper import Paper
from mainstay.render.docx.walk import walk
from mainstay.render.packing import repacked
from mainstay.render.tree import Report


def write(report: Report) -> bytes:
    paper = Paper(report)
    sections = all_sections(report)
    paper.open(sections)
    for section in sections:
        walk(section, paper, 1)
    written = io.BytesIO()
    paper.file.save(written)
    return repacked(written.getvalue(), report.frozen_at)
