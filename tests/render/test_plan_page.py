"""The plan on a page: the same rows in PDF and PowerPoint, landscape paper, native shapes that lie on the slide."""

import io
import re
from datetime import UTC, date, datetime, timedelta

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from mainstay.render.plan_page import Bar, PlanPage, pdf, pptx
from mainstay.render.plan_page.layout import Box, pages

FIRST = date(2027, 1, 4)


def page(rows: int) -> PlanPage:
    bars = [Bar("P1 Wall <&> gate", "project", FIRST, FIRST + timedelta(days=rows * 7))]
    for at in range(rows):
        start = FIRST + timedelta(days=at * 7)
        bars.append(Bar(f"A{at} Work", "activity", start, start + timedelta(days=14), start, start + timedelta(days=7), 0.5, at % 2 == 0))
    bars.append(Bar("M1 Open", "milestone", FIRST, FIRST, FIRST, FIRST))
    made = datetime(2027, 2, 1, tzinfo=UTC)
    return PlanPage("SCR: plan on a page", "OFFICIAL-SENSITIVE", tuple(bars), FIRST + timedelta(days=20), made, "PR-1", "a" * 64, "Told.")


def sizes(content: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in points."""
    found = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", content)
    return [(float(wide), float(high)) for wide, high in found]


def test_the_pdf_is_landscape_and_the_same_again() -> None:
    for paper, size in (("a3", (1191, 842)), ("a4", (842, 595))):
        content = pdf.write(page(10), paper)  # type: ignore[arg-type]  # both are papers
        assert content == pdf.write(page(10), paper)  # type: ignore[arg-type]  # as above
        assert [(round(wide), round(high)) for wide, high in sizes(content)] == [size]


def test_words_stay_words_in_the_picture() -> None:
    (shapes,) = pages(page(10), 1134, 712)
    drawn = pdf.svg(shapes, 1134, 712)
    assert "P1 Wall &lt;&amp;&gt; gate" in drawn and "M1 Open" in drawn


def test_many_rows_go_on_over_further_pages_with_one_axis() -> None:
    large = page(150)
    found = pages(large, 800, 460)
    assert len(found) > 3
    assert len(sizes(pdf.write(large, "a4"))) == len(pages(large, 786, 465))
    shapes = [shape for part in found for shape in part if isinstance(shape, Box) and shape.shape == "box"]
    assert all(shape.x >= -0.5 and shape.x + shape.wide <= 800.5 for shape in shapes)


def test_the_slides_are_native_shapes_with_words_and_an_alternative_text() -> None:
    content = pptx.write(page(10))
    assert content == pptx.write(page(10))
    deck = Presentation(io.BytesIO(content))
    (slide,) = deck.slides
    group = next(shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP)
    kinds = [shape.shape_type for shape in group.shapes]
    assert MSO_SHAPE_TYPE.PICTURE not in kinds
    assert kinds.count(MSO_SHAPE_TYPE.AUTO_SHAPE) >= 30
    texts = [shape.text_frame.text for shape in group.shapes if shape.has_text_frame]
    assert "A3 Work" in texts and "P1 Wall <&> gate" in texts
    assert group._element.find(".//{*}cNvPr").get("descr") == "Told."
    assert all(shape.left >= 0 and shape.left + shape.width <= deck.slide_width for shape in group.shapes)
    layout = " ".join(shape.text_frame.text for shape in slide.slide_layout.shapes if shape.has_text_frame)
    assert "OFFICIAL-SENSITIVE" in layout + " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
