"""Words and plain shapes on a slide, each with its name, and an alternative text or the word that it is decoration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from mainstay.render import palette
from mainstay.render.blocks import Run, Text
from mainstay.render.cells import runs
from mainstay.render.cleaning import clean, one_line, runs_leftward, safe_link
from mainstay.render.office_charts import colour
from mainstay.render.widths import line_count

Place = tuple[float, float, float, float]
DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
SIDES = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}


@dataclass(frozen=True, slots=True)
class Said:
    """A run with the look it has on a slide."""

    text: str
    strong: bool = False
    emphasis: bool = False
    ink: str = palette.INK
    points: float | None = None
    link: str = ""


def said(text: str, *, strong: bool = False, emphasis: bool = False, ink: str = palette.INK, points: float | None = None) -> Said:
    return Said(clean(text), strong, emphasis, ink, points)


def said_text(text: Text, ink: str = palette.INK) -> list[Said]:
    return [of_run(run, ink) for run in runs(text)]


def of_run(run: Run, ink: str) -> Said:
    link = safe_link(run.link)
    return Said(run.text, run.strong, run.emphasis, ink, None, link if "://" in link or link.startswith("mailto:") else "")


def is_holder(shape: Any) -> str:
    """The kind of a placeholder: title, body, ftr, sldNum, dt."""
    found = shape.element.find(f".//{qn('p:ph')}")
    return "" if found is None else str(found.get("type") or "body")


def properties(shape: Any) -> Any:
    return shape._element.find(f".//{qn('p:cNvPr')}")


def tell(shape: Any, alt: str, name: str) -> None:
    """Give the shape its name and what a listener is told."""
    properties(shape).set("descr", clean(alt)[:4000])
    shape.name = one_line(name)[:120] or "Shape"


def decorate(shape: Any) -> None:
    """Say that the shape holds nothing to be told."""
    own = properties(shape)
    own.set("descr", "")
    main = "http://schemas.openxmlformats.org/drawingml/2006/main"
    own.append(
        etree.fromstring(
            f'<a:extLst xmlns:a="{main}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
            f'<adec:decorative xmlns:adec="{DECORATIVE}" val="1"/></a:ext></a:extLst>'
        )
    )


def add_words(
    shapes: Any, place: Place, paragraphs: list[list[Said]], points: float, *, align: str = "left", name: str = "Text", gap: float = 3
) -> Any:
    """A box of text without margins. Each paragraph is a list of runs."""
    box = shapes.add_textbox(*(Inches(value) for value in place))
    box.name = one_line(name)[:120] or "Text"
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for at, told in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        is_leftward = bool(told) and runs_leftward(told[0].text)
        paragraph.alignment = SIDES["right" if is_leftward and align == "left" else align]
        if is_leftward:
            paragraph._p.get_or_add_pPr().set("rtl", "1")
        paragraph.space_after = Pt(gap)
        for one in told:
            add_run(paragraph, one, points)
    return box


def add_run(paragraph: Any, one: Said, points: float) -> None:
    for at, line in enumerate(one.text.split("\n")):
        if at:
            paragraph.add_line_break()
        run = paragraph.add_run()
        run.text = line.replace("\t", " ")
        run.font.size = Pt(one.points or points)
        run.font.bold, run.font.italic = one.strong or None, one.emphasis or None
        run.font.color.rgb = colour(one.ink)
        if one.link:
            run.hyperlink.address = one.link


def words_height(paragraphs: list[list[Said]], points: float, wide: float, gap: float = 3) -> float:
    """How high the paragraphs stand in a box `wide` inches wide."""
    total = 0.0
    for told in paragraphs:
        size = max((one.points or points for one in told), default=points)
        text = "".join(one.text for one in told)
        is_bold = any(one.strong for one in told)
        total += line_count(text, size, wide * 72 * 0.98, is_bold) * size * 1.2 + gap
    return total / 72
