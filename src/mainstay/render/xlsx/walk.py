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

TEXT_COLUMNS = 8


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
    if isinstance(block, Paragraph):
        merged(plain(block.text), sheet, plain_look)
    elif isinstance(block, Points):
        for at, item in enumerate(block.items, 1):
            merged(f"{f'{at}.' if block.is_numbered else '•'} {plain(item)}", sheet, plain_look)
    elif isinstance(block, Note):
        fill, edge = palette.TONE[block.tone]
        look = sheet.formats.of(text_wrap=True, bg_color=f"#{fill}", left=5, left_color=f"#{edge}")
        merged(f"{plain(block.lead)} {plain(block.text)}".strip(), sheet, look)
    else:
        merged(quoted(block), sheet, sheet.formats.of(text_wrap=True, italic=True))
    sheet.row += 1


def quoted(block: Quote) -> str:
    by = ", ".join(filter(None, (block.by, block.source)))
    return f"“{plain(block.text)}”{f' ({by})' if by else ''}"


def line(text: Text, sheet: Sheet, look: object) -> None:
    sheet.words(sheet.row, 0, plain(text), look)
    sheet.row += 1


def merged(text: str, sheet: Sheet, look: object) -> None:
    """Running text over the width of the page, with a height that shows it whole."""
    sheet.paper.merge_range(sheet.row, 0, sheet.row, TEXT_COLUMNS - 1, "", look)
    sheet.words(sheet.row, 0, text, look)
    wide = sum(sheet.widths.get(at, 12) for at in range(TEXT_COLUMNS))
    sheet.set_height(sheet.row, [(text, wide)])
    sheet.row += 1
