"""Running text on slides: paragraphs, points, notes and quotations, measured and cut into parts that fit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Inches

from mainstay.render import palette
from mainstay.render.blocks import Note, Paragraph, Points, Quote
from mainstay.render.office_charts import colour as painted
from mainstay.render.pptx.shapes import Said, add_words, decorate, said, said_text, words_height
from mainstay.render.pptx.timeline import bare


@dataclass(frozen=True, slots=True)
class Remark:
    """Paragraphs of runs in one size; with an edge when it stands apart from the text, with marks when it is a list."""

    paragraphs: list[list[Said]]
    points: float
    edge: str = ""
    fill: str = ""
    marks: str = ""

    def inner(self, wide: float) -> float:
        return wide - (0.24 if self.edge else 0.25 if self.marks else 0)

    def height(self, wide: float) -> float:
        return words_height(self.paragraphs, self.points, self.inner(wide)) + (0.16 if self.edge else 0)

    def parts(self, wide: float, most: float) -> list[Remark]:
        """The remark in parts none of which is higher than `most`."""
        if self.height(wide) <= most:
            return [self]
        kept: list[list[list[Said]]] = [[]]
        for paragraph in self.paragraphs:
            for piece in shorter(paragraph, self.points, self.inner(wide), most - 0.3):
                if kept[-1] and words_height([*kept[-1], piece], self.points, self.inner(wide)) > most - 0.3:
                    kept.append([])
                kept[-1].append(piece)
        return [replace(self, paragraphs=part) for part in kept]

    def add(self, slide: Any, x: float, y: float, wide: float) -> None:
        inset, high = (0.12, self.height(wide)) if self.edge else (0, self.height(wide))
        if self.edge:
            add_panel(slide, x, y, wide, high, self.fill, self.edge)
        box = add_words(
            slide.shapes,
            (x + inset, y + (0.08 if self.edge else 0), self.inner(wide) + (0.25 if self.marks else 0), high),
            self.paragraphs,
            self.points,
        )
        if self.marks:
            for paragraph in box.text_frame.paragraphs:
                set_mark(paragraph, self.marks)


def shorter(paragraph: list[Said], points: float, wide: float, most: float) -> list[list[Said]]:
    """A paragraph higher than a page as several, cut between words where there are any."""
    if words_height([paragraph], points, wide) <= most:
        return [paragraph]
    room = max(50, int(most * 72 / (points * 1.2)) * int(wide * 72 / (points * 0.55)))
    found = []
    for one in paragraph:
        text = one.text
        while len(text) > room:
            at = text.rfind(" ", room // 2, room)
            at = at if at > 0 else room
            found.append([replace(one, text=text[:at])])
            text = text[at:].lstrip()
        found.append([replace(one, text=text)])
    return found


def set_mark(paragraph: Any, marks: str) -> None:
    own = paragraph._p.get_or_add_pPr()
    own.set("marL", "228600")
    own.set("indent", "-228600")
    mark = (
        own.makeelement(qn("a:buAutoNum"), {"type": "arabicPeriod"})
        if marks == "numbers"
        else own.makeelement(qn("a:buChar"), {"char": "•"})
    )
    own.append(mark)


def add_panel(slide: Any, x: float, y: float, wide: float, high: float, fill: str, edge: str) -> None:
    for left, width, colour in ((x, wide, fill), (x, 0.045, edge)):
        if colour:
            shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(left), Inches(y), Inches(width), Inches(high))
            shape.fill.solid()
            shape.fill.fore_color.rgb = painted(colour)
            shape.line.fill.background()
            bare(shape)
            decorate(shape)


def remark_of(block: Paragraph | Points | Note | Quote, points: float) -> Remark:
    if isinstance(block, Paragraph):
        return Remark([said_text(block.text)], points)
    if isinstance(block, Points):
        return Remark([said_text(item) for item in block.items], points, marks="numbers" if block.is_numbered else "dots")
    if isinstance(block, Note):
        fill, edge = palette.TONE[block.tone]
        lead = [said(f"{block.lead} ", strong=True)] if block.lead else []
        return Remark([[*lead, *said_text(block.text)]], points - 1, edge, fill)
    by = ", ".join(filter(None, (block.by, block.source)))
    told = [[said(f"“{block.text}”", emphasis=True)]]
    return Remark(told + ([[said(by, ink=palette.MUTED, points=points - 2)]] if by else []), points, palette.LINE)
