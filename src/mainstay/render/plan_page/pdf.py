"""A plan on a page as landscape PDF, A3 or A4, tagged to PDF/UA-1 and fit for the archive: its shapes as SVG, set by `plan_page.typ`."""

import json
from html import escape
from pathlib import Path
from typing import Literal

import typst

from mainstay.render import typography
from mainstay.render.cleaning import clean, one_line
from mainstay.render.packing import in_utc
from mainstay.render.pdf import STANDARDS, fonts
from mainstay.render.plan_page.layout import Box, Shape, Stroke, pages
from mainstay.render.plan_page.page import PlanPage

HERE = Path(__file__).resolve().parent
Paper = Literal["a3", "a4"]
SIZES: dict[Paper, tuple[float, float]] = {"a3": (1190.0, 842.0), "a4": (842.0, 595.0)}
SIDES, TOP_AND_BOTTOM = 56.0, 130.0
"""Points that margins, title and foot take."""


def write(page: PlanPage, paper: Paper = "a3") -> bytes:
    wide, high = SIZES[paper][0] - SIDES, SIZES[paper][1] - TOP_AND_BOTTOM
    told = {
        "title": one_line(page.title),
        "marking": one_line(page.marking),
        "paper": paper,
        "foot": f"{page.key.as_at} {typography.day(page.as_at)} | {page.key.run} {one_line(page.run)} | SHA-256 {page.digest[:16]}",
        "page": page.key.page,
        "alt": one_line(page.told) or one_line(page.title),
        "language": page.language.split("-")[0],
        "made": [page.made_at.year, page.made_at.month, page.made_at.day],
        "pictures": [svg(shapes, wide, high) for shapes in pages(page, wide, high)],
    }
    made = typst.compile(
        HERE / "plan_page.typ",
        root=HERE,
        font_paths=fonts(),
        format="pdf",
        sys_inputs={"page": json.dumps(told, ensure_ascii=False)},
        pdf_standards=[*STANDARDS],
        timestamp=in_utc(page.made_at),
    )
    if not isinstance(made, bytes):
        raise TypeError("The typesetter gave no single PDF.")
    return made


def svg(shapes: tuple[Shape, ...], wide: float, high: float) -> str:
    inner = "".join(map(drawn, shapes))
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">{inner}</svg>'


def drawn(shape: Shape) -> str:
    if isinstance(shape, Stroke):
        dash = ' stroke-dasharray="4 3"' if shape.is_dashed else ""
        ends = f'x1="{shape.x1:.2f}" y1="{shape.y1:.2f}" x2="{shape.x2:.2f}" y2="{shape.y2:.2f}"'
        return f'<line {ends} stroke="#{shape.colour}" stroke-width="{shape.points}"{dash}/>'
    if isinstance(shape, Box):
        edge = f' stroke="#{shape.edge}" stroke-width="{shape.edge_points}"' if shape.edge else ""
        if shape.shape == "diamond":
            half, down = shape.wide / 2, shape.high / 2
            path = f"M{shape.x + half:.2f} {shape.y:.2f}l{half:.2f} {down:.2f}-{half:.2f} {down:.2f}-{half:.2f} -{down:.2f}z"
            return f'<path d="{path}" fill="#{shape.fill}"{edge}/>'
        size = f'width="{max(shape.wide, 0.5):.2f}" height="{shape.high:.2f}"'
        return f'<rect x="{shape.x:.2f}" y="{shape.y:.2f}" {size} fill="#{shape.fill}"{edge}/>'
    weight = ' font-weight="700"' if shape.is_strong else ""
    look = f'font-family="IBM Plex Sans" font-size="{shape.points}" fill="#{shape.colour}"{weight}'
    return f'<text x="{shape.x:.2f}" y="{shape.y + shape.points * 0.98:.2f}" {look}>{escape(clean(shape.text))}</text>'
