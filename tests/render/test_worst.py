"""Input that no one should send: long, foreign, hostile, empty. Nothing breaks, nothing runs, nothing is lost without a word."""

import io
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook
from pptx import Presentation

from mainstay.render import MEDIA_TYPES, Format, write
from mainstay.render.arrange import on_pages
from mainstay.render.drawings.timeline import ends
from mainstay.render.fitting import fitted
from mainstay.render.html import fragment
from mainstay.render.tree import (
    GREEN,
    BarChart,
    Bars,
    Column,
    DecisionAsked,
    Delta,
    Figure,
    Judged,
    KeyFigures,
    Note,
    Paragraph,
    Points,
    Quote,
    Report,
    Section,
    Span,
    StatusList,
    Table,
    Timeline,
    Words,
    row,
)  # fmt: skip
from tests.render.reading import parts, words_of
from tests.render.sample import board_pack

ODD = {
    "controls": "a\x00b\x0bc\x1b[31m\ufffe",
    "half a sign": "\ud800 alone",
    "formula": "=cmd|' /C calc'!A1",
    "markup": '<script>alert(1)</script> & "x" #set page(width: 1pt)',
    "long word": "w" * 400,
    "from the right": "مشروع الميناء (2)",
    "ideographs": "主要プロジェクト",
    "no font": "\U000f0000 sign",
    "codes": "&P &D &[File] [[x]] {{ y }}",
    "empty": "",
}


def report_of(text: str) -> Report:
    table = Table(text, (Column(text, heads_row=True), Column("N", "number")), (row(text, 1), row(f"={text}", None)), note=text)
    bars = BarChart(text, text, (text, "b"), (Bars(text, (1, 2)),), source=text)
    figures = KeyFigures((Figure(text, text, Delta(text), text),))
    section = Section(
        text,
        (Paragraph(text), Points((text,)), table, Note(text), Quote(text, text), figures, bars, DecisionAsked("1", text, text)),
        notes=text,
    )
    return replace(board_pack(), sections=(section, Section(text, ())), title=text or "Report", marking=text)


@pytest.mark.parametrize("kind", MEDIA_TYPES)
@pytest.mark.parametrize("text", ODD.values(), ids=list(ODD))
def test_odd_text_is_written(text: str, kind: Format) -> None:
    made = write(report_of(text), kind)
    if kind == "pdf":
        assert made.startswith(b"%PDF")
    else:
        for content in parts(made).values():
            etree.fromstring(content)


def test_a_pdf_without_a_font_says_so_and_makes_no_claim() -> None:
    whole, short = write(board_pack(), "pdf"), write(report_of(ODD["no font"]), "pdf")
    assert b"pdfuaid:part" in whole
    assert b"pdfuaid:part" not in short


def test_nothing_in_a_workbook_is_a_formula_or_a_link() -> None:
    found = parts(write(report_of(ODD["formula"]), "xlsx"))
    assert not any(b"<f>" in content or b"<hyperlink" in content for name, content in found.items() if "worksheets/" in name)
    opened: Any = load_workbook(io.BytesIO(write(report_of(ODD["formula"]), "xlsx")))
    cells = [cell for sheet in opened.worksheets for line in sheet.iter_rows() for cell in line if str(cell.value).startswith("=")]
    assert cells
    # the reader takes a text that begins so for a formula; the file itself says that it is a string
    assert all(b't="s"' in content for name, content in found.items() if "worksheets/sheet1" in name)


def test_markup_stays_text_on_the_page() -> None:
    made = fragment(report_of(ODD["markup"]))
    assert "<script" not in made
    assert "&lt;script&gt;" in made


def test_a_marking_of_codes_is_printed_as_it_is() -> None:
    header = next(content for name, content in parts(write(report_of(ODD["codes"]), "xlsx")).items() if name.endswith("sheet1.xml"))
    assert b"&amp;&amp;P &amp;&amp;D &amp;&amp;[File]" in header


def many() -> Report:
    name = [f"PRJ-{at:02d} Regional resilience and interchange renewal, lot {at:02d}".ljust(60, "x") for at in range(40)]
    begin = date(2025, 1, 1)
    risks = tuple(row(f"R-{at:03d}", f"Because cause {at}, event {at} may occur", at / 200, begin + timedelta(at)) for at in range(200))
    columns = (Column("Ref.", heads_row=True), Column("Risk", weight=4), Column("Chance", "percent"), Column("Due", "date"))
    spans = tuple(Span(one, begin, begin + timedelta(900), begin + timedelta(990), begin + timedelta(800), GREEN) for one in name)
    sections = (
        Section(
            "Forty projects " * 12, (StatusList("Projects", tuple(Judged(one, GREEN, "reason " * 12) for one in name)),), name="A / [b]: *?"
        ),
        Section("Two hundred risks", (Table("Risks", columns, risks),), name="a / [B]: *?"),
        Section("Plan", (Timeline("Plan", "forty lines", spans, date(2026, 1, 1)),)),
    )
    return replace(board_pack(), sections=sections)


@pytest.mark.parametrize("kind", ["docx", pytest.param("pptx", marks=pytest.mark.slow), "xlsx", "html"])
def test_all_projects_and_risks_are_there(kind: str) -> None:
    found = words_of(many(), kind)
    assert all(f"R-{at:03d}" in found for at in range(200))
    assert all(f"PRJ-{at:02d}" in found for at in range(40))


@pytest.mark.slow
def test_many_rows_go_on_on_further_slides() -> None:
    opened: Any = Presentation(io.BytesIO(write(many(), "pptx")))
    high = opened.slide_height
    assert len(opened.slides) > 15
    assert all(shape.top + shape.height <= high for slide in opened.slides for shape in slide.shapes)
    assert all(re.search(r"\(\d+.of.\d+\)$", slide.shapes.title.text) for slide in list(opened.slides)[:3])


def test_columns_share_the_room_and_break_no_figure() -> None:
    table = Table(
        "T", (Column("Project", weight=3), Column("Due", "date", 0.1), Column("Why", weight=1)), (row("A", date(2026, 1, 1), "word " * 80),)
    )
    widths = fitted(table, Words(), 500, 9, 8)
    assert sum(widths) == pytest.approx(500)
    assert widths[0] < widths[1] < widths[2]  # a short name gives its room away, though it has the greatest weight


def test_parts_of_a_long_plan_keep_one_axis() -> None:
    begin = date(2025, 1, 1)
    spans = tuple(Span(f"P{at}", begin + timedelta(30 * at), begin + timedelta(30 * at + 400)) for at in range(60))
    pages = on_pages(Timeline("Plan", "sixty lines", spans, date(2026, 1, 1)))
    assert [len(page.spans) for page in pages] == [24, 24, 12]
    assert len({ends(page) for page in pages}) == 1
