"""The blocks of a section onto its sheet, one under another."""

from __future__ import annotations

from mainstay.render import palette
from mainstay.render.arrange import decisions, pieces, statuses
from mainstay.render.blocks import (
    Column,
    DecisionAsked,
    Delta,
    Figure,
    KeyFigures,
    Note,
    Paragraph,
    Points,
    Quote,
    Row,
    StatusList,
    Table,
    Text,
)
from mainstay.render.cells import plain
from mainstay.render.charts import BarChart, HeatMap, LineChart, Timeline
from mainstay.render.tree import Beside, PageBreak, Section, Simple
from mainstay.render.xlsx.charts import of_chart
from mainstay.render.xlsx.sheet import Sheet
from mainstay.render.xlsx.tables import of_heat, of_table

TEXT_COLUMNS, LEAST_WIDTH = 8, 13
"""Over how many columns running text stands, and how wide each is at least."""


def walk(section: Section, sheet: Sheet) -> None:
    for piece in pieces(section.blocks):
        if isinstance(piece, Section):
            line(piece.title, sheet, sheet.formats.caption())
            walk(piece, sheet)
        elif isinstance(piece, tuple):
            of_table(decisions(piece, sheet.report.words), sheet)
        elif isinstance(piece, Beside):
            of_block(piece.left, sheet)
            of_block(piece.right, sheet)
        elif not isinstance(piece, PageBreak):
            of_block(piece, sheet)


def of_block(block: Simple, sheet: Sheet) -> None:
    words = sheet.report.words
    if isinstance(block, Table):
        of_table(block, sheet)
    elif isinstance(block, StatusList):
        of_table(statuses(block, words), sheet)
    elif isinstance(block, DecisionAsked):
        of_table(decisions((block,), words), sheet)
    elif isinstance(block, KeyFigures):
        of_table(figures(block, sheet), sheet)
    elif isinstance(block, HeatMap):
        of_heat(block, sheet)
    elif isinstance(block, LineChart | BarChart | Timeline):
        of_chart(block, sheet)
    else:
        of_words(block, sheet)


def figures(block: KeyFigures, sheet: Sheet) -> Table:
    """Headline figures as rows: in a workbook they are read down, and copied."""
    words = sheet.report.words
    columns = (
        Column(words.item, weight=2, heads_row=True),
        Column(words.value, weight=1.6),
        Column(words.change, weight=2.2),
        Column(words.source, weight=2),
    )
    return Table(
        "", columns, tuple(Row((one.label, one.value, one.delta or Delta(words.missing), told_source(one))) for one in block.figures)
    )


def told_source(figure: Figure) -> str | None:
    return figure.source or None


def of_words(block: Paragraph | Points | Note | Quote, sheet: Sheet) -> None:
    plain_look = sheet.formats.of(text_wrap=True)
    for at in range(TEXT_COLUMNS):
        sheet.widen(at, LEAST_WIDTH)
    if isinstance(block, Paragraph):
        sheet.running(plain(block.text), plain_look, TEXT_COLUMNS)
    elif isinstance(block, Points):
        for at, item in enumerate(block.items, 1):
            sheet.running(f"{f'{at}.' if block.is_numbered else '•'} {plain(item)}", plain_look, TEXT_COLUMNS)
    elif isinstance(block, Note):
        fill, edge = palette.TONE[block.tone]
        look = sheet.formats.of(text_wrap=True, bg_color=f"#{fill}", left=5, left_color=f"#{edge}")
        sheet.running(f"{plain(block.lead)} {plain(block.text)}".strip(), look, TEXT_COLUMNS)
    else:
        sheet.running(quoted(block), sheet.formats.of(text_wrap=True, italic=True), TEXT_COLUMNS)
    sheet.row += 1


def quoted(block: Quote) -> str:
    by = ", ".join(filter(None, (block.by, block.source)))
    return f"“{plain(block.text)}”{f' ({by})' if by else ''}"


def line(text: Text, sheet: Sheet, look: object) -> None:
    sheet.words(sheet.row, 0, plain(text), look)
    sheet.row += 1
