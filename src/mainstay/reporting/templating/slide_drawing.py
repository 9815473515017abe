"""Tables and charts in the place of a text box on a slide; a table that is longer than its box goes on over further slides."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from pptx.oxml.ns import qn
from pptx.util import Emu

from mainstay.render import palette
from mainstay.render.blocks import Table
from mainstay.render.charts import BarChart, LineChart
from mainstay.render.office_charts import add_chart
from mainstay.render.pptx.shapes import add_words, said, tell
from mainstay.render.pptx.tables import Grid, add_table, best, parted
from mainstay.reporting.templating import slide_parts
from mainstay.reporting.templating.filling import WORDS

INCH = 914_400
NOTE = 0.3
"""Room kept under a table for its note, in inches."""
LEAST = 0.6


@dataclass(frozen=True, slots=True)
class Placed:
    """A table measured for its box, and which of its rows stand on which slide."""

    table: Table
    grid: Grid
    parts: list[tuple[int, int]]
    box: tuple[float, float, float, float]


def box_of(slide: Any, element: Any) -> tuple[float, float, float, float]:
    """The place of a shape in inches; one without its own takes it from its layout."""
    shape = next(one for one in slide.shapes if one._element is element)
    left, top, wide, high = (value if value is not None else Emu(0) for value in (shape.left, shape.top, shape.width, shape.height))
    return left / INCH, top / INCH, max(LEAST, wide / INCH), max(LEAST, high / INCH)


def put_tables(file: Any, slide: Any, tables: list[tuple[Any, Table]]) -> Any:
    """All tables of a slide, side by side or not; gives the last slide that they needed."""
    placed: list[Placed] = []
    for element, table in tables:
        box = box_of(slide, element)
        high = max(LEAST, box[3] - (NOTE if table.note else 0))
        grid = best(table, WORDS, box[2], high, high)
        placed.append(Placed(table, grid, [part for part in parted(grid, high, high) if part[1] > part[0]] or [(0, 0)], box))
        element.getparent().remove(element)
    count = max((len(one.parts) for one in placed), default=1)
    slides = [slide, *(slide_parts.copied(file, slide) for _number in range(1, count))]
    for number, (one, before) in enumerate(zip(slides[1:], slides, strict=False), 2):
        slide_parts.move_after(file, one, before)
        retitled(one, number, count)
    if count > 1:
        retitled(slide, 1, count)
    for one in placed:
        put_parts(slides, one)
    return slides[-1]


def put_parts(slides: list[Any], one: Placed) -> None:
    left, top, wide, _high = one.box
    for slide, (first, end) in zip(slides, one.parts, strict=False):
        below = add_table(slide, one.grid, left, top, first, end)
        if one.table.note and (first, end) == one.parts[-1]:
            add_words(
                slide.shapes, (left, below + 0.05, wide, NOTE - 0.05), [[said(one.table.note, ink=palette.MUTED)]], 10, name=_("Note")
            )


def retitled(slide: Any, number: int, count: int) -> None:
    """`Risks (2 of 3)`."""
    title = slide.shapes.title
    if title is None or not title.text_frame.paragraphs or not title.text_frame.paragraphs[-1].runs:
        return
    run = title.text_frame.paragraphs[-1].runs[-1]
    run.text = _("%(title)s (%(number)d of %(count)d)") % {"title": run.text, "number": number, "count": count}


def put_chart(slide: Any, element: Any, chart: LineChart | BarChart | None) -> None:
    """The chart in the place of its box; where there is nothing to draw, a word says so."""
    left, top, wide, high = box_of(slide, element)
    element.getparent().remove(element)
    if chart is None:
        add_words(slide.shapes, (left, top, wide, high), [[said(WORDS.no_rows, ink=palette.MUTED)]], 12)
        return
    frame = add_chart(slide.shapes, chart, (int(left * INCH), int(top * INCH), int(wide * INCH), int(high * INCH)))
    tell(frame, chart.alt or chart.title, chart.title)


def emptied_row(row: Any) -> Any:
    """The row with a word in place of its tokens."""
    copy = deepcopy(row)
    texts = list(copy.iter(qn("a:t")))
    for text in texts:
        text.text = ""
    if texts:
        texts[0].text = _("None.")
    return copy
