"""Native tables on slides: rows measured before they are placed, so that a table ends where the page does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree
from pptx.util import Inches

from mainstay.render import palette
from mainstay.render.blocks import Cell, Column, Row, Status, Table
from mainstay.render.cells import in_words, sense_of
from mainstay.render.charts import HeatMap
from mainstay.render.cleaning import clean, runs_leftward
from mainstay.render.fitting import fitted, is_strong, size_for
from mainstay.render.pptx.shapes import tell
from mainstay.render.widths import line_count, widest_word
from mainstay.render.words import Words

MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
SIDE, ABOVE = 0.085, 0.04
CLOSE = 0.98
"""How full a line may be: offices measure a little differently."""
SIZES = (14, 13, 12.5, 12, 11.5, 11, 10.5, 10)
MOST_ROWS = 240


@dataclass(frozen=True, slots=True)
class Told:
    """A cell as it stands on the slide."""

    text: str
    right: bool = False
    strong: bool = False
    italic: bool = False
    ink: str = palette.INK
    fill: str = ""
    anchor: str = "t"


Line = tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table measured for one width and one size of type."""

    name: str
    alt: str
    widths: tuple[float, ...]
    points: float
    head: Line
    rows: tuple[Line, ...]
    heights: tuple[float, ...]
    head_height: float
    heads_rows: bool
    total: bool = False

    def height(self, first: int, end: int) -> float:
        return self.head_height + sum(self.heights[first:end])


def told_cell(value: Cell, column: Column, words: Words, row: Row, *, is_total: bool) -> Told:
    text = "—" if is_total and value is None else in_words(value, column, words)
    if isinstance(value, Status):
        look = palette.LOOKS[value.shape]
        return Told(text, False, True, False, look.ink, look.tint)
    sense = sense_of(value, column)
    ink = palette.MUTED if row.is_last_known else palette.SENSE_INK[sense] if sense != "same" else palette.INK
    strong = is_total or is_strong(value, column) or (isinstance(value, tuple) and any(run.strong for run in value))
    return Told(text, column.is_figure, strong, row.is_last_known, ink)


def lines_of(table: Table, words: Words) -> tuple[Line, tuple[Line, ...]]:
    head = tuple(Told(clean(column.title), column.is_figure, True, False, "FFFFFF", palette.HEAD, "b") for column in table.columns)
    rows = [
        tuple(told_cell(v, c, words, row, is_total=False) for v, c in zip(row.cells, table.columns, strict=True))
        for row in table.rows[:MOST_ROWS]
    ]
    if not rows:
        rows.append((Told(table.empty or words.no_rows, ink=palette.MUTED), *(Told("—", ink=palette.MUTED) for _ in table.columns[1:])))
    if table.total:
        rows.append(
            tuple(told_cell(v, c, words, table.total, is_total=True) for v, c in zip(table.total.cells, table.columns, strict=True))
        )
    return head, tuple(rows)


def measured(table: Table, words: Words, wide: float, points: float, tallest: float) -> Grid:
    """The table at one size. A row taller than a page is cut and says so."""
    widths = tuple(one / 72 for one in fitted(table, words, wide * 72, points / CLOSE, SIDE * 2 * 72 + 1))
    head, rows = lines_of(table, words)
    head_height = row_height(head, widths, points)
    kept = tuple(cut(row, widths, points, tallest - head_height) for row in rows)
    heights = tuple(row_height(row, widths, points) for row in kept)
    return Grid(
        table.name, table.alt or table.name, widths, points, head, kept, heights, head_height,
        table.columns[0].heads_row, table.total is not None,
    )  # fmt: skip


def row_height(row: Line, widths: tuple[float, ...], points: float) -> float:
    lines = max(line_count(cell.text, points, (wide - 2 * SIDE) * 72 * CLOSE, cell.strong) for cell, wide in zip(row, widths, strict=True))
    return lines * points * 1.2 / 72 + 2 * ABOVE + 0.02


def cut(row: Line, widths: tuple[float, ...], points: float, most: float) -> Line:
    """The row with its long texts shortened until it fits on a page."""
    while row_height(row, widths, points) > most:
        longest = max(range(len(row)), key=lambda at: line_count(row[at].text, points, (widths[at] - 2 * SIDE) * 72, row[at].strong))
        old = row[longest]
        text = old.text.removesuffix(" …")
        if len(text) < 4:
            break
        shorter = Told(
            text[: max(1, int(len(text) * 0.8))].rstrip() + " …", old.right, old.strong, old.italic, old.ink, old.fill, old.anchor
        )
        row = (*row[:longest], shorter, *row[longest + 1 :])
    return row


def keeps_words(grid: Grid) -> bool:
    """Whether no word is wider than its column: a larger size must not break a date or a name."""
    return all(
        widest_word(cell.text, grid.points, cell.strong) <= (wide - 2 * SIDE) * 72
        for row in (grid.head, *grid.rows[:80])
        for cell, wide in zip(row, grid.widths, strict=True)
    )


def parted(grid: Grid, first_room: float, room: float) -> list[tuple[int, int]]:
    """Which rows stand on which page: the first page has `first_room` inches left, the others `room`."""
    parts: list[tuple[int, int]] = []
    start, left = 0, first_room - grid.head_height
    for at, height in enumerate(grid.heights):
        if height > left and (at > start or not parts):
            parts.append((start, at))
            start, left = at, room - grid.head_height
        left -= height
    parts.append((start, len(grid.heights)))
    return parts


def best(table: Table, words: Words, wide: float, first_room: float, room: float) -> Grid:
    """The table at the largest size that needs no more pages than the smallest."""
    least = CLOSE * size_for(table, words, wide * 72, SIZES[-1] / CLOSE, SIDE * 2 * 72 + 1)
    smallest = measured(table, words, wide, least, room)
    pages = len(parted(smallest, first_room, room))
    if pages > 6:
        return smallest
    for points in SIZES[:-1]:
        grid = measured(table, words, wide, points, room)
        if len(parted(grid, first_room, room)) <= pages and keeps_words(grid):
            return grid
    return smallest


def add_table(slide: Any, grid: Grid, x: float, y: float, first: int, end: int) -> float:
    """Rows `first` to `end` under their head; gives the y below them."""
    high = grid.height(first, end)
    frame = slide.shapes.add_table(1, 1, Inches(x), Inches(y), Inches(sum(grid.widths)), Inches(high))
    tell(frame, grid.alt, grid.name or "Table")
    old = frame._element.find(f".//{{{MAIN}}}tbl")
    heights = (grid.head_height, *grid.heights[first:end])
    last = len(grid.heights) - 1 if grid.total else -1
    rows = [row_xml(grid.head, heights[0], grid.points)]
    rows += [row_xml(grid.rows[at], grid.heights[at], grid.points, is_total=at == last) for at in range(first, end)]
    columns = "".join(f'<a:gridCol w="{int(Inches(wide))}"/>' for wide in grid.widths)
    first_column = "1" if grid.heads_rows else "0"
    made = etree.fromstring(
        f'<a:tbl xmlns:a="{MAIN}"><a:tblPr firstRow="1" firstCol="{first_column}"><a:tableStyleId>{PLAIN_STYLE}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{columns}</a:tblGrid>{''.join(rows)}</a:tbl>"
    )
    old.getparent().replace(old, made)
    return y + high


def row_xml(row: Line, high: float, points: float, *, is_total: bool = False) -> str:
    return f'<a:tr h="{int(Inches(high))}">{"".join(cell_xml(cell, points, is_total=is_total) for cell in row)}</a:tr>'


def cell_xml(cell: Told, points: float, *, is_total: bool = False) -> str:
    looks = f'lang="en-GB" sz="{int(points * 100)}" b="{int(cell.strong)}" i="{int(cell.italic)}"'
    run = f'<a:rPr {looks}><a:solidFill><a:srgbClr val="{cell.ink}"/></a:solidFill></a:rPr>'
    lines = [escape(line.replace("\t", " ")) for line in cell.text.split("\n")]
    body = f"<a:br>{run}</a:br>".join(f"<a:r>{run}<a:t>{line}</a:t></a:r>" for line in lines)
    fill = f'<a:solidFill><a:srgbClr val="{cell.fill}"/></a:solidFill>' if cell.fill else "<a:noFill/>"
    top = f'<a:lnT w="19050"><a:solidFill><a:srgbClr val="{palette.HEAD}"/></a:solidFill></a:lnT>' if is_total else ""
    under = f'<a:lnB w="6350"><a:solidFill><a:srgbClr val="{palette.LINE}"/></a:solidFill></a:lnB>'
    side, above = int(Inches(SIDE)), int(Inches(ABOVE))
    is_leftward = runs_leftward(cell.text)
    form = 'algn="r" rtl="1"' if is_leftward else f'algn="{"r" if cell.right else "l"}"'
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr {form}/>{body}</a:p></a:txBody>"
        f'<a:tcPr marL="{side}" marR="{side}" marT="{above}" marB="{above}" anchor="{cell.anchor}">{top}{under}{fill}</a:tcPr></a:tc>'
    )


def heat_grid(chart: HeatMap, wide: float, points: float = 12) -> Grid:
    """A heat map as a table whose cells are tinted."""
    tints = palette.HEAT[chart.shape]
    share = wide / (len(chart.columns) + 1.2)
    widths = (share * 1.2, *(share for _ in chart.columns))
    head = tuple(Told(clean(name), False, True, False, "FFFFFF", palette.HEAD, "b") for name in (chart.corner or " ", *chart.columns))
    rows = tuple(
        (
            Told(clean(name), strong=True, anchor="ctr"),
            *(Told(clean(cell.text), fill=tints[max(0, min(4, cell.level))], anchor="ctr") for cell in line),
        )
        for name, line in zip(chart.rows, chart.cells, strict=True)
    )
    heights = tuple(max(0.42, row_height(row, widths, points)) for row in rows)
    return Grid(chart.title, chart.alt or chart.title, widths, points, head, rows, heights, row_height(head, widths, points), True)
