"""Pictures in a text document: native charts with their numbers inside; the plan on a page as a drawing set by Typst."""

from __future__ import annotations

import io
from typing import Any
from xml.sax.saxutils import quoteattr

import typst
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Cm
from lxml import etree
from pptx import Presentation
from pptx.util import Cm as SlideCm

from mainstay.render.arrange import on_pages
from mainstay.render.charts import BarChart, LineChart, Timeline
from mainstay.render.cleaning import one_line
from mainstay.render.docx.paper import ROOM_CM, Paper
from mainstay.render.docx.tables import note
from mainstay.render.docx.xml import run_xml
from mainstay.render.drawings import LIGHT, drawn
from mainstay.render.office_charts import add_chart
from mainstay.render.pdf import fonts

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PIXELS_PER_INCH = 220


def of_chart(chart: LineChart | BarChart, paper: Paper) -> None:
    """The chart made on a slide that nobody sees, and moved over with its workbook."""
    paper.paragraph(run_xml(one_line(chart.title)), "Caption")
    high = 7.2 if isinstance(chart, LineChart) else max(5.0, 0.7 * len(chart.categories) + 2.2) if chart.is_lying else 6.4
    high = min(high, 20.0)
    scratch: Any = Presentation()
    slide = scratch.slides.add_slide(scratch.slide_layouts[6])
    frame = add_chart(slide.shapes, chart, (0, 0, int(SlideCm(ROOM_CM)), int(SlideCm(high))), 9)
    put_chart(frame.chart.part, chart.title, chart.alt, high, paper)
    note(chart.source, paper)


def put_chart(made: Any, title: str, alt: str, high: float, paper: Paper) -> None:
    paper.pictures += 1
    inline = chart_run(made, title, alt, (int(Cm(ROOM_CM)), int(Cm(high))), paper.part, paper.pictures)
    paper.paragraph("", extra='<w:spacing w:before="0" w:after="40" w:line="240" w:lineRule="auto"/>').append(parse_xml(inline))


def chart_run(made: Any, title: str, alt: str, size: tuple[int, int], owner: Any, number: int) -> str:
    """The chart and its workbook among the parts of the document, and the run that shows it in `owner`."""
    package = owner.package
    book = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        made.chart_workbook.xlsx_part.blob,
        package,
    )
    part = Part(
        PackURI(f"/word/charts/chart{number}.xml"), "application/vnd.openxmlformats-officedocument.drawingml.chart+xml", b"", package
    )
    root = etree.fromstring(made.blob)
    root.find(f"{{{CHART}}}externalData").set(f"{{{OFFICE}}}id", part.relate_to(book, f"{OFFICE}/package"))
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    own = owner.relate_to(part, f"{OFFICE}/chart")
    name, told = quoteattr(one_line(title)[:120] or "Chart"), quoteattr(one_line(alt or title)[:2000])
    return (
        f'<w:r xmlns:w="{WORD}"><w:drawing><wp:inline xmlns:wp="{DRAWING}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{size[0]}" cy="{size[1]}"/>'
        f'<wp:docPr id="{1000 + number}" name={name} descr={told}/>'
        f'<a:graphic xmlns:a="{MAIN}"><a:graphicData uri="{CHART}"><c:chart xmlns:c="{CHART}" xmlns:r="{OFFICE}" r:id="{own}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def of_timeline(chart: Timeline, paper: Paper) -> None:
    paper.paragraph(run_xml(one_line(chart.title)), "Caption")
    for part in on_pages(chart):
        picture = painted(part, paper)
        paper.pictures += 1
        paragraph = paper.file.add_paragraph()
        paragraph.paragraph_format.line_spacing = 1.0
        shape = paragraph.add_run().add_picture(io.BytesIO(picture), width=Cm(ROOM_CM))
        own = shape._inline.docPr
        own.set("id", str(1000 + paper.pictures))
        own.set("name", one_line(chart.title)[:120] or "Timeline")
        own.set("descr", one_line(chart.alt or chart.title)[:2000])
    note(chart.source, paper)


def painted(chart: Timeline, paper: Paper) -> bytes:
    """The drawing as PNG, sharp enough for print."""
    canvas = drawn(chart, paper.report.words, 760)
    svg = canvas.svg(LIGHT, f' width="{canvas.wide}" height="{canvas.high}"')
    source = '#set page(width: 174mm, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    made = typst.compile(source.encode(), font_paths=fonts(), format="png", ppi=PIXELS_PER_INCH, sys_inputs={"svg": svg})
    if not isinstance(made, bytes):
        raise TypeError("The typesetter gave no single picture.")
    return made
