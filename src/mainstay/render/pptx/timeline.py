"""Plan on a page with native shapes: bars, whiskers and diamonds that an office can move and copy."""

from __future__ import annotations

from datetime import date
from typing import Any

from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from mainstay.render import palette, typography
from mainstay.render.cells import glyph_and_word
from mainstay.render.charts import Span, Timeline
from mainstay.render.cleaning import one_line
from mainstay.render.drawings.canvas import clipped
from mainstay.render.drawings.timeline import ends
from mainstay.render.office_charts import colour as painted
from mainstay.render.pptx.shapes import Place, add_words, properties, said
from mainstay.render.scales import date_ticks
from mainstay.render.words import Words

MOST_SPANS = 12
NAMES = 3.0


def spans_of(chart: Timeline) -> list[Timeline]:
    """The timeline in parts of at most twelve lines; all keep the same axis, for it spans all dates."""
    parts = [chart.spans[at : at + MOST_SPANS] for at in range(0, max(1, len(chart.spans)), MOST_SPANS)]
    return [Timeline(chart.title, chart.alt, part, chart.as_at, chart.source) for part in parts]


class Drawing:
    """The shapes of one timeline, gathered in one group with one alternative text."""

    def __init__(self, slide: Any, place: Place, span: tuple[date, date]) -> None:
        self.slide = slide
        self.x0, self.y0, self.wide, self.high = place
        self.first, self.last = span
        self.group = slide.shapes.add_group_shape()

    def x(self, day: date) -> float:
        left, right = self.x0 + NAMES, self.x0 + self.wide - 0.85
        return left + (right - left) * (day - self.first).days / max(1, (self.last - self.first).days)

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str, points: float, *, dashed: bool = False) -> None:
        shape = self.group.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Inches(x1), Inches(y1), Inches(x2), Inches(y2))
        shape.line.color.rgb, shape.line.width = painted(colour), Pt(points)
        if dashed:
            shape.line.dash_style = MSO_LINE.DASH
        bare(shape)

    def box(self, kind: Any, x: float, y: float, wide: float, high: float, fill: str, edge: str, *, hatched: bool = False) -> None:
        shape = self.group.shapes.add_shape(kind, Inches(x), Inches(y), Inches(max(wide, 0.01)), Inches(high))
        if hatched:
            shape.fill.patterned()
            shape.fill.pattern = MSO_PATTERN.LIGHT_UPWARD_DIAGONAL
            shape.fill.fore_color.rgb, shape.fill.back_color.rgb = painted(palette.DATA_3), painted("FFFFFF")
        else:
            shape.fill.solid()
            shape.fill.fore_color.rgb = painted(fill)
        shape.line.color.rgb, shape.line.width = painted(edge), Pt(1)
        bare(shape)

    def words(
        self,
        x: float,
        y: float,
        wide: float,
        text: str,
        points: float,
        *,
        strong: bool = False,
        ink: str = palette.INK,
        align: str = "left",
    ) -> None:
        add_words(self.group.shapes, (x, y, wide, points * 1.3 / 72), [[said(text, strong=strong, ink=ink)]], points, align=align, gap=0)

    def whisker(self, x1: float, x2: float, y: float) -> None:
        self.line(x1, y - 0.13, x1, y + 0.13, palette.DATA_2, 2)
        self.line(x1, y, x2, y, palette.DATA_2, 2)
        self.line(x2, y - 0.08, x2, y + 0.08, palette.DATA_2, 2)

    def diamond(self, x: float, y: float, half: float, *, filled: bool = False) -> None:
        self.box(MSO_SHAPE.DIAMOND, x - half, y - half, 2 * half, 2 * half, palette.INK if filled else "FFFFFF", palette.INK)


def bare(shape: Any) -> None:
    """Without the theme's shadow."""
    for style in shape._element.findall(qn("p:style")):
        shape._element.remove(style)


def add_timeline(slide: Any, chart: Timeline, whole: Timeline, place: Place, words: Words) -> None:
    drawing = Drawing(slide, place, ends(whole))
    x, y, wide, high = place
    top, bottom = y + 0.5, y + high - 0.4
    step = min(0.62, (bottom - top) / max(1, len(chart.spans)))
    bottom = top + step * len(chart.spans)
    for day, name in date_ticks(drawing.first, drawing.last, 7):
        drawing.line(drawing.x(day), top - 0.06, drawing.x(day), bottom, palette.GRID, 0.75)
        drawing.words(drawing.x(day) - 0.02, top - 0.27, 1, name, 11, ink=palette.MUTED)
    now = drawing.x(chart.as_at)
    for at, span in enumerate(chart.spans):
        add_span(drawing, span, chart.as_at, top + step * at, step)
    drawing.line(now, top - 0.1, now, bottom, palette.INK, 1.5, dashed=True)
    told = f"{words.as_at} {typography.day(chart.as_at)}"
    drawing.words(min(max(now - 1, x + NAMES - 0.4), x + wide - 2), y, 2, told, 11, strong=True, align="center")
    add_key(drawing, chart, x, bottom + 0.14, words)
    group = drawing.group
    group.name = one_line(chart.title)[:120] or "Timeline"
    properties(group).set("descr", one_line(chart.alt or chart.title)[:4000])


def add_span(drawing: Drawing, span: Span, as_at: date, top: float, step: float) -> None:
    size = 11 if step >= 0.42 else 10
    drawing.words(drawing.x0, top + 0.02, NAMES - 0.15, clipped(span.name, (NAMES - 0.2) * 72 * 12 / size, is_bold=True), size, strong=True)
    detail = ", ".join(filter(None, (glyph_and_word(span.status) if span.status else "", one_line(span.detail))))
    if detail and step >= 0.4:
        drawing.words(drawing.x0, top + 0.21, NAMES - 0.15, clipped(detail, (NAMES - 0.2) * 72), 10.5, ink=palette.MUTED)
    middle, thick = top + min(0.23, step / 2), min(0.2, step * 0.45)
    if span.start:
        done = min(as_at, span.p50 or as_at)
        if done > span.start:
            drawing.box(
                MSO_SHAPE.RECTANGLE,
                drawing.x(span.start),
                middle - thick / 2,
                drawing.x(done) - drawing.x(span.start),
                thick,
                palette.DATA_1,
                palette.DATA_1,
            )
        ahead = max(as_at, span.start)
        if span.p50 and span.p50 > ahead:
            wide = drawing.x(span.p50) - drawing.x(ahead)
            drawing.box(
                MSO_SHAPE.RECTANGLE,
                drawing.x(ahead),
                middle - thick / 2,
                wide,
                thick,
                palette.DATA_FILL,
                palette.DATA_1,
                hatched=not span.is_reported,
            )
    if span.p50 and span.p80:
        drawing.whisker(drawing.x(span.p50), drawing.x(span.p80), middle)
    if span.baseline:
        drawing.diamond(drawing.x(span.baseline), middle - thick / 2 - 0.04, 0.085)
    for one in span.milestones:
        if day := one.now or one.baseline:
            drawing.diamond(drawing.x(day), middle + thick / 2 + 0.06, 0.06, filled=one.is_met)
    if end := span.p80 or span.p50:
        drawing.words(
            drawing.x(end) + 0.08,
            middle - 0.09,
            1,
            f"{typography.MONTHS[end.month - 1]}{typography.NO_BREAK}{end.year}",
            10.5,
            ink=palette.MUTED,
        )


def add_key(drawing: Drawing, chart: Timeline, x: float, y: float, words: Words) -> None:
    at = x
    for kind, text in (
        ("done", words.done),
        ("ahead", words.forecast),
        ("range", words.whisker),
        ("base", words.baseline),
        *((("unknown", words.not_reported),) if any(not span.is_reported for span in chart.spans) else ()),
        *((("met", words.milestone),) if any(span.milestones for span in chart.spans) else ()),
    ):
        if kind == "range":
            drawing.whisker(at + 0.02, at + 0.3, y + 0.1)
        elif kind in {"base", "met"}:
            drawing.diamond(at + 0.16, y + 0.1, 0.085 if kind == "base" else 0.06, filled=kind == "met")
        else:
            fill = palette.DATA_1 if kind == "done" else palette.DATA_FILL
            drawing.box(MSO_SHAPE.RECTANGLE, at, y + 0.02, 0.3, 0.16, fill, palette.DATA_1, hatched=kind == "unknown")
        drawing.words(at + 0.38, y, 1.6, text, 11)
        at += 0.38 + 0.085 * len(text) + 0.4
