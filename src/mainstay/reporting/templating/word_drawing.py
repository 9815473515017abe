"""Tables and charts that stand in a Word template's place of a token: native, in the type of the house's own document."""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm
from pptx import Presentation
from pptx.util import Cm as SlideCm

from mainstay.render import palette
from mainstay.render.blocks import Column, Row, Status, Table
from mainstay.render.cells import glyph_and_word, in_words
from mainstay.render.charts import BarChart, LineChart
from mainstay.render.cleaning import clean
from mainstay.render.docx.pictures import chart_run
from mainstay.render.docx.tables import PADDING, SIZE, cell_xml, grid_xml, head_row, row_xml
from mainstay.render.docx.xml import NAMES, run_xml
from mainstay.render.fitting import fitted, size_for
from mainstay.render.office_charts import add_chart
from mainstay.reporting.templating.filling import WORDS

FIRST_NUMBER = 900
"""Charts are numbered from here, above those that a template brings itself."""
HIGH_CM = 7.2
EMU_PER_POINT = 12_700


def room(file: Any) -> float:
    """Points between the margins of the last section."""
    section = file.sections[-1]
    page, left, right = section.page_width or Cm(21), section.left_margin or 0, section.right_margin or 0
    return max(72.0, (page - left - right) / EMU_PER_POINT)


def put_table(block: Any, table: Table, file: Any) -> None:
    """The table before the token's paragraph, which keeps the note."""
    wide = room(file)
    size = int(2 * size_for(table, WORDS, wide, SIZE / 2, PADDING))
    widths = fitted(table, WORDS, wide, size / 2, PADDING)
    rows = [head_row([column.title for column in table.columns], widths, [column.is_figure for column in table.columns], size)]
    rows += [row_xml(cells_of(one, table, widths, size)) for one in table.rows]
    if not table.rows:
        told = run_xml(table.empty, ink=palette.MUTED, half_points=size)
        rows.append(row_xml([cell_xml([told if at == 0 else ""], share) for at, share in enumerate(widths)]))
    block.addprevious(parse_xml(grid_xml(widths, rows, (table.name, table.alt), has_head=True, heads_rows=table.columns[0].heads_row)))
    emptied(block)
    if table.note:
        block.append(parse_xml(with_names(run_xml(clean(table.note), ink=palette.MUTED, half_points=17))))


def cells_of(row: Row, table: Table, widths: list[float], size: int) -> list[str]:
    made = []
    for value, column, wide in zip(row.cells, table.columns, widths, strict=True):
        fill = palette.LOOKS[value.shape].tint if isinstance(value, Status) else ""
        side = "right" if column.is_figure else ""
        made.append(cell_xml([run_of(value, column, size)], wide, fill=fill, side=side))
    return made


def run_of(value: Any, column: Column, size: int) -> str:
    if isinstance(value, Status):
        return run_xml(glyph_and_word(value), strong=True, ink=palette.LOOKS[value.shape].ink, half_points=size)
    return run_xml(in_words(value, column, WORDS), strong=column.heads_row, half_points=size)


def with_names(run: str) -> str:
    return run.replace("<w:r>", f"<w:r {NAMES}>", 1)


def emptied(block: Any) -> None:
    for child in list(block):
        if child.tag != qn("w:pPr"):
            block.remove(child)


def put_chart(block: Any, chart: LineChart | BarChart | None, file: Any) -> None:
    """The chart in the token's paragraph; where there is nothing to draw, a word says so."""
    emptied(block)
    if chart is None:
        block.append(parse_xml(with_names(run_xml(WORDS.no_rows, ink=palette.MUTED))))
        return
    wide = room(file) / 72 * 2.54
    scratch: Any = Presentation()
    slide = scratch.slides.add_slide(scratch.slide_layouts[6])
    frame = add_chart(slide.shapes, chart, (0, 0, int(SlideCm(wide)), int(SlideCm(HIGH_CM))), 9)
    number = FIRST_NUMBER + sum("/charts/chart9" in str(part.partname) for part in file.part.package.iter_parts())
    block.append(parse_xml(chart_run(frame.chart.part, chart.title, chart.alt, (int(Cm(wide)), int(Cm(HIGH_CM))), file.part, number)))
