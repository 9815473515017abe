"""A plan on a page as slides of native shapes: every bar, diamond and word can be moved, copied and changed."""

import io
from datetime import date
from typing import Any

from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from mainstay.render import tree, words
from mainstay.render.cleaning import one_line
from mainstay.render.office_charts import colour
from mainstay.render.packing import repacked
from mainstay.render.plan_page.layout import Box, Shape, Stroke, Words, pages
from mainstay.render.plan_page.page import PlanPage
from mainstay.render.pptx.deck import BOTTOM, LEFT, ROOM, TOP, Deck
from mainstay.render.pptx.shapes import add_words, properties, said

INCH = 72


def write(page: PlanPage) -> bytes:
    deck = Deck(report_of(page))
    parts = pages(page, ROOM * INCH, (BOTTOM - TOP + 0.25) * INCH)
    for number, shapes in enumerate(parts, 1):
        place = f" ({number}/{len(parts)})" if len(parts) > 1 else ""
        slide = deck.new(page.title)
        deck.set_title(slide, page.title, place)
        group = slide.shapes.add_group_shape()
        for shape in shapes:
            add(group.shapes, shape)
        group.name = one_line(page.title)[:120]
        properties(group).set("descr", one_line(page.told)[:4000])
    deck.finish()
    written = io.BytesIO()
    deck.file.save(written)
    return repacked(written.getvalue(), page.made_at)


def report_of(page: PlanPage) -> tree.Report:
    """What the deck's frame takes: title, marking and the words of the foot."""
    as_at: date = page.as_at
    told = words.Words(page=page.key.page, as_at=page.key.as_at, snapshot=page.key.run)
    return tree.Report(page.title, page.marking, as_at, page.made_at, page.run, page.digest, (), language=page.language, words=told)


def add(shapes: Any, shape: Shape) -> None:
    """Points become English metric units; the group stands where the room of a slide begins."""
    if isinstance(shape, Words):
        place = (LEFT + shape.x / INCH, TOP - 0.25 + shape.y / INCH, max(shape.room, 10) / INCH, shape.points * 1.3 / INCH)
        add_words(shapes, place, [[said(shape.text, strong=shape.is_strong, ink=shape.colour)]], shape.points, gap=0)
        return
    dx, dy = LEFT * INCH, (TOP - 0.25) * INCH
    if isinstance(shape, Stroke):
        line = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Pt(dx + shape.x1), Pt(dy + shape.y1), Pt(dx + shape.x2), Pt(dy + shape.y2))
        line.line.color.rgb, line.line.width = colour(shape.colour), Pt(shape.points)
        if shape.is_dashed:
            line.line.dash_style = MSO_LINE.DASH
        bare(line)
        return
    drawn = shapes.add_shape(kind_of(shape), Pt(dx + shape.x), Pt(dy + shape.y), Pt(max(shape.wide, 0.5)), Pt(max(shape.high, 0.5)))
    drawn.fill.solid()
    drawn.fill.fore_color.rgb = colour(shape.fill)
    if shape.edge:
        drawn.line.color.rgb, drawn.line.width = colour(shape.edge), Pt(shape.edge_points)
    else:
        drawn.line.fill.background()
    bare(drawn)


def kind_of(shape: Box) -> Any:
    return MSO_SHAPE.DIAMOND if shape.shape == "diamond" else MSO_SHAPE.RECTANGLE


def bare(shape: Any) -> None:
    """Without the theme's shadow."""
    for style in shape._element.findall(qn("p:style")):
        shape._element.remove(style)
