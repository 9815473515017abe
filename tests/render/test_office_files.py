"""What office files must hold beside their words: structure, marking, language, properties, alternative texts, native charts."""

import io
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from docx import Document
from lxml import etree
from openpyxl import load_workbook
from pptx import Presentation

from mainstay.render import write
from tests.render.reading import parts, words_of
from tests.render.sample import board_pack

REPORT = board_pack()
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def text() -> bytes:
    return write(REPORT, "docx")


@pytest.fixture(scope="module")
def slides() -> bytes:
    return write(REPORT, "pptx")


@pytest.fixture(scope="module")
def book() -> bytes:
    return write(REPORT, "xlsx")


def test_headings_of_the_text_document_are_those_of_the_tree(text: bytes) -> None:
    opened: Any = Document(io.BytesIO(text))
    first = [one.text for one in opened.paragraphs if one.style.name == "Heading 1"]
    assert first[:-1] == [section.title for section in REPORT.sections]
    assert [one.text for one in opened.paragraphs if one.style.name == "Title"] == [REPORT.title]
    assert "Actions from the last meeting" in [one.text for one in opened.paragraphs if one.style.name == "Heading 2"]


def test_tables_of_the_text_document_repeat_their_heads_and_are_told(text: bytes) -> None:
    root = etree.fromstring(parts(text)["word/document.xml"])
    tables = list(root.iter(f"{WORD}tbl"))
    heads = [one for one in tables if one.find(f".//{WORD}tblHeader") is not None]
    assert len(heads) >= 7
    assert all(one.find(f".//{WORD}tblDescription").get(f"{WORD}val") for one in tables)
    assert all(row.find(f"{WORD}trPr/{WORD}cantSplit") is not None for row in root.iter(f"{WORD}tr"))


def test_the_text_document_has_marking_pages_contents_language_and_charts(text: bytes) -> None:
    found = parts(text)
    header = next(content for name, content in found.items() if "/header" in name)
    footer = next(content for name, content in found.items() if "/footer" in name)
    assert b"OFFICIAL" in header
    assert all(word in footer for word in (b"OFFICIAL", b"NIT-2026-10-S1", b"PAGE", b"NUMPAGES"))
    assert b"TOC \\o" in found["word/document.xml"]
    assert re.findall(rb'<w:lang [^>]*w:val="([^"]+)"', found["word/styles.xml"]) == [b"en-GB"]
    charts = [name for name in found if re.fullmatch(r"word/charts/chart\d+\.xml", name)]
    assert len(charts) == 4
    root = etree.fromstring(found["word/document.xml"])
    pictures = [one.get("descr") for one in root.iter() if isinstance(one.tag, str) and one.tag.endswith("}docPr")]
    assert len(pictures) == 5
    assert all(pictures)


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_properties_tell_the_report_and_its_time(kind: Any) -> None:
    core = parts(write(REPORT, kind))["docProps/core.xml"].decode()
    assert REPORT.title in core
    assert "OFFICIAL; Snapshot NIT-2026-10-S1" in core
    assert set(re.findall(r"W3CDTF\">([^<]+)<", core)) == {"2026-11-10T17:00:00Z"}


def test_each_slide_has_a_title_the_marking_and_nothing_off_its_edge(slides: bytes) -> None:
    opened: Any = Presentation(io.BytesIO(slides))
    wide, high = opened.slide_width, opened.slide_height
    for slide in opened.slides:
        assert slide.shapes.title.text.strip()
        assert any(
            "OFFICIAL" in shape.text_frame.text for shape in slide.placeholders if shape.has_text_frame and shape != slide.shapes.title
        )
        assert any(shape.has_text_frame and shape.text_frame.text == "OFFICIAL" for shape in slide.slide_layout.shapes)
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= wide
            assert shape.top + shape.height <= high
            own = shape._element.find(".//{*}cNvPr")
            if shape.has_chart or shape.has_table or shape.shape_type == 6:
                assert own.get("descr")
    titles = [slide.shapes.title.text.partition(" (")[0] for slide in opened.slides]
    assert list(dict.fromkeys(titles))[: len(REPORT.sections)] == [section.title for section in REPORT.sections]


def test_charts_on_slides_hold_their_numbers(slides: bytes) -> None:
    opened: Any = Presentation(io.BytesIO(slides))
    charts = [shape.chart for slide in opened.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 4
    bars = next(one for one in charts if "2026-27" in list(one.plots[0].categories))
    assert tuple(bars.plots[0].series[0].values) == (0.4, 4.2, 11.8, 18.6, 21.4, 22.0)


def test_the_workbook_holds_numbers_days_and_shares_as_such(book: bytes) -> None:
    opened: Any = load_workbook(io.BytesIO(book))
    finance = {row[0].value: row for row in opened["Finance"].iter_rows()}
    assert finance["NIT-04 Depot and Grid Upgrade"][1].value == 47.2
    assert finance["NIT-04 Depot and Grid Upgrade"][7].number_format.startswith("+")
    moves = {row[1].value: row for row in opened["Milestones"].iter_rows(max_col=7)}
    assert moves["Harbour handover"][2].value == datetime(2028, 6, 30)  # noqa: DTZ001  # a day of the spreadsheet has no zone
    risks = {row[0].value: row for row in opened["Risks"].iter_rows()}
    assert risks["R-041"][3].value == 0.45
    assert "%" in risks["R-041"][3].number_format


def test_sheets_print_with_marking_and_keep_their_heads(book: bytes) -> None:
    opened: Any = load_workbook(io.BytesIO(book))
    assert opened.sheetnames[0] == "Summary"
    for sheet in opened.worksheets:
        assert sheet.oddHeader.center.text == "OFFICIAL"
        assert "NIT-2026-10-S1" in sheet.oddFooter.left.text
        assert sheet.freeze_panes
    found = parts(book)
    assert len([name for name in found if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]) == 5
    assert all(b"descr=" in content for name, content in found.items() if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name))


def test_the_plan_tells_each_status_though_a_table_follows() -> None:
    plan = next(section for section in REPORT.sections if section.name == "Plan")
    moves = next(section for section in REPORT.sections if section.name == "Milestones")
    both = replace(REPORT, sections=(replace(plan, blocks=(*plan.blocks, *moves.blocks)),))
    assert "Red, P50 +133 days" in words_of(both, "pptx")
