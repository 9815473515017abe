"""The blocks of a section into the document, one after another."""

from __future__ import annotations

from mainstay.render import palette
from mainstay.render.arrange import pieces, statuses
from mainstay.render.blocks import DecisionAsked, KeyFigures, Note, Paragraph, Points, Quote, StatusList, Table
from mainstay.render.cells import runs
from mainstay.render.charts import BarChart, HeatMap, LineChart
from mainstay.render.cleaning import clean
from mainstay.render.docx.paper import Paper
from mainstay.render.docx.pictures import of_chart, of_timeline
from mainstay.render.docx.tables import of_decision, of_figures, of_heat, of_table
from mainstay.render.docx.xml import run_xml, runs_xml
from mainstay.render.tree import Beside, PageBreak, Section, Simple


def walk(section: Section, paper: Paper, level: int) -> None:
    paper.heading(section.title, level)
    for piece in pieces(section.blocks):
        if isinstance(piece, Section):
            walk(piece, paper, level + 1)
        elif isinstance(piece, tuple):
            for one in piece:
                of_decision(one, paper)
        elif isinstance(piece, Beside):
            of_block(piece.left, paper)
            of_block(piece.right, paper)
        elif isinstance(piece, PageBreak):
            paper.paragraph('<w:r><w:br w:type="page"/></w:r>')
        else:
            of_block(piece, paper)


def of_block(block: Simple, paper: Paper) -> None:
    if isinstance(block, Table):
        of_table(block, paper)
    elif isinstance(block, StatusList):
        of_table(statuses(block, paper.report.words), paper)
    elif isinstance(block, KeyFigures):
        of_figures(block, paper)
    elif isinstance(block, DecisionAsked):
        of_decision(block, paper)
    elif isinstance(block, HeatMap):
        of_heat(block, paper)
    elif isinstance(block, LineChart | BarChart):
        of_chart(block, paper)
    elif isinstance(block, Paragraph | Points | Note | Quote):
        of_words(block, paper)
    else:
        of_timeline(block, paper)


def of_words(block: Paragraph | Points | Note | Quote, paper: Paper) -> None:
    if isinstance(block, Paragraph):
        paper.paragraph(runs_xml(runs(block.text), paper.part))
    elif isinstance(block, Points):
        numbering = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{paper.new_list()}"/></w:numPr>' if block.is_numbered else ""
        for item in block.items:
            paper.paragraph(runs_xml(runs(item), paper.part), "ListNumber" if block.is_numbered else "ListBullet", numbering)
    elif isinstance(block, Note):
        fill, edge = palette.TONE[block.tone]
        look = (
            f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="6" w:color="{edge}"/></w:pBdr>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
            '<w:spacing w:before="100" w:after="140"/><w:ind w:left="140" w:right="140"/>'
        )
        lead = run_xml(f"{clean(block.lead)} ", strong=True) if block.lead else ""
        paper.paragraph(lead + runs_xml(runs(block.text), paper.part), extra=look)
    else:
        paper.paragraph(runs_xml(runs(f"“{block.text}”"), paper.part), "Quote", '<w:keepNext/><w:ind w:left="340"/>')
        if by := ", ".join(filter(None, (block.by, block.source))):
            paper.paragraph(run_xml(clean(by), ink=palette.MUTED, half_points=18), extra='<w:spacing w:after="140"/><w:ind w:left="340"/>')
