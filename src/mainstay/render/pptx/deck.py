"""The presentation and its one layout: theme, title, marking, footer and page numbers on every slide."""

from __future__ import annotations

import copy
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches

from mainstay.render import palette, typography
from mainstay.render.cleaning import one_line
from mainstay.render.packing import in_utc
from mainstay.render.pptx.shapes import add_words, is_holder, said
from mainstay.render.tree import Report
from mainstay.render.widths import line_count

WIDE, HIGH = 13.333, 7.5
LEFT, TOP, ROOM, BOTTOM = 0.45, 1.3, 12.43, 6.95
"""Where blocks may stand, in inches."""
TITLE_SIZES = (22, 20, 18, 16)
PLACES = {"title": (LEFT, 0.4, ROOM, 0.82), "ftr": (LEFT, 7.1, 11.2, 0.28), "sldNum": (11.68, 7.1, 1.2, 0.28)}
THEME = {
    "dk2": palette.HEAD, "lt2": palette.SUNKEN, "accent1": palette.DATA_1, "accent2": palette.DATA_2, "accent3": palette.DATA_3,
    "accent4": "166F3D", "accent5": "B85C00", "accent6": "B3231C",
}  # fmt: skip


class Deck:
    """The slides made so far. `new` gives the next one with its title."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.file: Any = Presentation()
        self.file.slide_width, self.file.slide_height = Inches(WIDE), Inches(HIGH)
        self.layout: Any = self.file.slide_layouts.get_by_name("Title Only")
        for other in list(self.file.slide_layouts):
            if other is not self.layout:
                self.file.slide_layouts.remove(other)
        self.layout.name = "Report page"
        self.slides: list[Any] = []
        set_theme(self.file.slide_master)
        for holder in (self.file.slide_master, self.layout):
            set_places(holder)
        set_title_style(self.file.slide_master)
        self.set_properties()

    def set_properties(self) -> None:
        told, report = self.file.core_properties, self.report
        told.title, told.author, told.last_modified_by = (
            one_line(report.title)[:250],
            one_line(report.author)[:250],
            one_line(report.author)[:250],
        )
        told.subject = one_line(f"{report.marking}; {report.words.snapshot} {report.snapshot}")[:250]
        told.language, told.keywords, told.comments, told.revision = report.language, one_line(report.snapshot)[:250], "", 1
        told.created = told.modified = in_utc(report.frozen_at).replace(tzinfo=None)

    @property
    def footer(self) -> str:
        report, words = self.report, self.report.words
        told = [report.marking, report.title, f"{words.as_at} {typography.day(report.as_at)}", f"{words.snapshot} {report.snapshot}"]
        return "  |  ".join(one_line(one)[:90] for one in told)

    def new(self, title: str) -> Any:
        slide = self.file.slides.add_slide(self.layout)
        for holder in self.layout.placeholders:
            kind = is_holder(holder)
            if kind in {"ftr", "sldNum"}:
                slide.shapes._spTree.append(copied(holder, self.footer if kind == "ftr" else ""))
        self.slides.append(slide)
        self.set_title(slide, title)
        return slide

    def set_title(self, slide: Any, title: str, place: str = "") -> None:
        """The title at the largest size that keeps it on two lines; cut only below the smallest. `place` is never cut."""
        title = one_line(title) or one_line(self.report.title)
        size = next((size for size in TITLE_SIZES if line_count(title + place, size, ROOM * 72 * 0.98, True) <= 2), 0)
        if not size:
            size = TITLE_SIZES[-1]
            while line_count(f"{title}…{place}", size, ROOM * 72 * 0.98, True) > 2:
                title = title[: int(len(title) * 0.95)]
            title += "…"
        frame = slide.shapes.title.text_frame
        frame.text = title + place
        if size != TITLE_SIZES[0]:
            for run in frame.paragraphs[0].runs:
                run.font.size = size * 12700

    def finish(self) -> None:
        """Marking on the layout, so that every slide has it; footers last in the reading order."""
        if self.slides:
            box = add_words(
                self.slides[0].shapes,
                (LEFT, 0.1, ROOM, 0.25),
                [[said(self.report.marking, strong=True)]],
                11,
                align="center",
                name="Marking",
            )
            self.layout.shapes._spTree.append(box._element)
        for slide in self.slides:
            tree = slide.shapes._spTree
            for shape in list(slide.placeholders):
                if is_holder(shape) in {"ftr", "sldNum"}:
                    tree.remove(shape._element)
                    tree.append(shape._element)


def copied(holder: Any, text: str) -> Any:
    """A placeholder of the layout for a slide: the library does not copy these two."""
    element = copy.deepcopy(holder._element)
    if text:
        for paragraph in element.iter(qn("a:p")):
            for child in list(paragraph):
                paragraph.remove(child)
            run = etree.SubElement(paragraph, qn("a:r"))
            etree.SubElement(run, qn("a:rPr")).set("lang", "en-GB")
            etree.SubElement(run, qn("a:t")).text = text
    return element


def set_theme(master: Any) -> None:
    part = next(one.target_part for one in master.part.rels.values() if one.reltype.endswith("/theme"))
    root = etree.fromstring(part.blob)
    for name in ("majorFont", "minorFont"):
        for latin in root.iter(qn(f"a:{name}")):
            latin.find(qn("a:latin")).set("typeface", palette.OFFICE_FONT)
    scheme = next(root.iter(qn("a:clrScheme")))
    for name, value in THEME.items():
        slot = scheme.find(qn(f"a:{name}"))
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, qn("a:srgbClr")).set("val", value)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def painted(run_properties: Any, colour: str) -> None:
    for child in list(run_properties):
        run_properties.remove(child)
    etree.SubElement(etree.SubElement(run_properties, qn("a:solidFill")), qn("a:srgbClr")).set("val", colour)


def set_places(holder: Any) -> None:
    """Title, footer and number at their places; the date and the body of the layout go."""
    is_master = not hasattr(holder, "slide_master")
    for shape in list(holder.placeholders):
        kind = is_holder(shape)
        if kind in PLACES:
            shape.left, shape.top, shape.width, shape.height = (Inches(value) for value in PLACES[kind])
        elif kind == "body" and is_master:
            shape.left, shape.top, shape.width, shape.height = Inches(LEFT), Inches(TOP), Inches(ROOM), Inches(BOTTOM - TOP)
        else:
            shape._element.getparent().remove(shape._element)
        if kind in {"ftr", "sldNum"}:
            set_foot(shape, "l" if kind == "ftr" else "r")


def set_foot(shape: Any, side: str) -> None:
    for body in shape.element.iter(qn("a:bodyPr")):
        body.set("lIns", "0")
        body.set("rIns", "0")
    for run in shape.element.iter(qn("a:defRPr")):
        run.set("sz", "1000")
        painted(run, palette.MUTED)
    for level in shape.element.iter(qn("a:lvl1pPr")):
        level.set("algn", side)


def set_title_style(master: Any) -> None:
    level = master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    level.set("algn", "l")
    run = level.find(qn("a:defRPr"))
    run.set("sz", str(TITLE_SIZES[0] * 100))
    run.set("b", "1")
    painted(run, palette.HEAD)
    latin = etree.SubElement(run, qn("a:latin"))
    latin.set("typeface", "+mj-lt")
    for shape in master.placeholders:
        if is_holder(shape) == "title":
            body = shape.element.find(f".//{qn('a:bodyPr')}")
            body.set("anchor", "t")
            body.set("lIns", "0")
            for child in list(body):
                body.remove(child)
