"""Tables of a text document: heads repeated on each page, rows that do not part, a caption and what a listener is told."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from mainstay.render import palette
from mainstay.render.arrange import KEPT_WHOLE, facts_of
from mainstay.render.blocks import Cell, Column, DecisionAsked, KeyFigures, Row, Status, Table
from mainstay.render.cells import glyph_and_word, in_words, runs, sense_of
from mainstay.render.charts import HeatMap
from mainstay.render.cleaning import clean, one_line
from mainstay.render.docx.paper import ROOM, Paper
from mainstay.render.docx.xml import NAMES, form_xml, run_xml, runs_xml
from mainstay.render.fitting import fitted, size_for

SIZE = 18
"""Half points of the type in tables."""
PADDING = 11.0
"""Space at a cell's sides, and a little that offices measure differently."""


def grid_xml(widths: list[float], rows: list[str], told: tuple[str, str], *, has_head: bool, heads_rows: bool) -> str:
    """A table of finished rows. Widths are in points; `told` is its name and what a listener hears."""
    twips = [int(wide * 20) for wide in widths]
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{palette.LINE}"/>' for side in ("top", "bottom", "insideH"))
    name, alt = quoteattr(one_line(told[0])[:250]), quoteattr(one_line(told[1] or told[0])[:1000])
    columns = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in twips)
    return (
        f'<w:tbl {NAMES}><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:firstRow="{int(has_head)}" w:lastRow="0" w:firstColumn="{int(heads_rows)}" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={name}/><w:tblDescription w:val={alt}/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row_xml(cells: list[str], *, is_head: bool = False) -> str:
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"


def cell_xml(
    paragraphs: list[str], wide: float, *, fill: str = "", side: str = "", anchor: str = "", rule: str = "", keep: bool = False
) -> str:
    """A cell of finished runs, one paragraph each. `rule` draws a line above it, `keep` holds its row to the next."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    across = f'<w:jc w:val="{side}"/>' if side else ""
    down = f'<w:vAlign w:val="{anchor}"/>' if anchor else ""
    edge = f'<w:tcBorders><w:top w:val="single" w:sz="12" w:space="0" w:color="{rule}"/></w:tcBorders>' if rule else ""
    form = f'{"<w:keepNext/>" if keep else ""}<w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>{across}'
    body = "".join(f"<w:p><w:pPr>{form_xml(runs, form)}</w:pPr>{runs}</w:p>" for runs in paragraphs)
    return f'<w:tc><w:tcPr><w:tcW w:w="{int(wide * 20)}" w:type="dxa"/>{edge}{shade}{down}</w:tcPr>{body}</w:tc>'


def head_row(heads: list[str], widths: list[float], right: list[bool], size: int = SIZE) -> str:
    cells = [
        cell_xml(
            [run_xml(clean(head), strong=True, ink="FFFFFF", half_points=size)],
            wide,
            fill=palette.HEAD,
            side="right" if is_figure else "",
            anchor="bottom",
            keep=True,
        )
        for head, wide, is_figure in zip(heads, widths, right, strict=True)
    ]
    return row_xml(cells, is_head=True)


def of_table(table: Table, paper: Paper) -> None:
    words = paper.report.words
    if table.name:
        paper.paragraph(run_xml(one_line(table.name)), "Caption")
    size = int(2 * size_for(table, words, ROOM, SIZE / 2, PADDING))
    widths = fitted(table, words, ROOM, size / 2, PADDING)
    is_whole = len(table.rows) <= KEPT_WHOLE
    rows = [head_row([column.title for column in table.columns], widths, [column.is_figure for column in table.columns], size)]
    rows += [row_xml(cells_of(row, table, widths, paper, size, keep=is_whole)) for row in table.rows[:-1]]
    rows += [row_xml(cells_of(row, table, widths, paper, size, keep=bool(table.total or table.note))) for row in table.rows[-1:]]
    if not table.rows:
        told = run_xml(table.empty or words.no_rows, ink=palette.MUTED, half_points=SIZE)
        rows.append(row_xml([cell_xml([told if at == 0 else ""], wide) for at, wide in enumerate(widths)]))
    if table.total:
        rows.append(row_xml(cells_of(table.total, table, widths, paper, size, is_total=True, keep=bool(table.note))))
    paper.put(grid_xml(widths, rows, (table.name, table.alt), has_head=True, heads_rows=table.columns[0].heads_row))
    note(table.note, paper)


def note(text: str, paper: Paper) -> None:
    if text:
        paper.paragraph(run_xml(clean(text), ink=palette.MUTED, half_points=17), extra='<w:spacing w:before="60" w:after="120"/>')
    else:
        paper.space()


def cells_of(
    row: Row, table: Table, widths: list[float], paper: Paper, size: int, *, is_total: bool = False, keep: bool = False
) -> list[str]:
    made = []
    for value, column, wide in zip(row.cells, table.columns, widths, strict=True):
        fill = palette.LOOKS[value.shape].tint if isinstance(value, Status) else ""
        runs = cell_runs(value, column, row, paper, size, is_total=is_total)
        side = "right" if column.is_figure and not fill else ""
        made.append(cell_xml([runs], wide, fill=fill, side=side, rule=palette.HEAD if is_total else "", keep=keep))
    return made


def cell_runs(value: Cell, column: Column, row: Row, paper: Paper, size: int, *, is_total: bool) -> str:
    if isinstance(value, Status):
        return run_xml(glyph_and_word(value), strong=True, ink=palette.LOOKS[value.shape].ink, half_points=size)
    strong, italic = is_total or column.heads_row, row.is_last_known
    ink = palette.MUTED if row.is_last_known else ""
    if isinstance(value, tuple) and value:
        return runs_xml(runs(value), paper.part, half_points=size, ink=ink, strong=strong, italic=italic)
    sense = sense_of(value, column)
    told = "—" if is_total and value is None else in_words(value, column, paper.report.words)
    return run_xml(told, strong=strong, italic=italic, ink=ink or (palette.SENSE_INK[sense] if sense != "same" else ""), half_points=size)


def of_heat(chart: HeatMap, paper: Paper) -> None:
    paper.paragraph(run_xml(one_line(chart.title)), "Caption")
    share = ROOM / (len(chart.columns) + 1.2)
    widths = [share * 1.2, *(share for _ in chart.columns)]
    tints = palette.HEAT[chart.shape]
    rows = [head_row([chart.corner, *chart.columns], widths, [False] * len(widths))]
    for name, line in zip(chart.rows, chart.cells, strict=True):
        cells = [cell_xml([run_xml(clean(name), strong=True, half_points=SIZE)], widths[0])]
        cells += [
            cell_xml(
                [run_xml(clean(cell.text), half_points=SIZE)], share, fill=tints[max(0, min(4, cell.level))], side="center", anchor="center"
            )
            for cell in line
        ]
        rows.append(row_xml(cells))
    paper.put(grid_xml(widths, rows, (chart.title, chart.alt), has_head=True, heads_rows=True))
    note(chart.source, paper)


def of_figures(block: KeyFigures, paper: Paper) -> None:
    """Headline figures, three to a row."""
    count = min(3, max(1, len(block.figures)))
    wide = ROOM / count
    rows = []
    for first in range(0, len(block.figures), count):
        cells = []
        for figure in block.figures[first : first + count]:
            is_status = isinstance(figure.value, Status)
            value = glyph_and_word(figure.value) if isinstance(figure.value, Status) else clean(figure.value)
            ink = palette.LOOKS[figure.value.shape].ink if isinstance(figure.value, Status) else palette.INK
            told = [
                run_xml(clean(figure.label), ink=palette.MUTED, half_points=17),
                run_xml(value, strong=True, ink=ink, half_points=28 if is_status else 30),
            ]
            if figure.delta:
                told.append(run_xml(clean(figure.delta.text), ink=palette.SENSE_INK[figure.delta.sense], half_points=17))
            if figure.source:
                told.append(run_xml(clean(figure.source), ink=palette.MUTED, italic=figure.is_stale, half_points=16))
            cells.append(cell_xml([*told, ""], wide))
        cells += [cell_xml([""], wide)] * (count - len(cells))
        rows.append(row_xml(cells))
    name = ", ".join(clean(figure.label) for figure in block.figures)
    paper.put(grid_xml([wide] * count, rows, (name, name), has_head=False, heads_rows=False))
    paper.space()


def of_decision(one: DecisionAsked, paper: Paper) -> None:
    """The ask as a line of its own, and under it what the reader needs to decide."""
    words = paper.report.words
    number = f"{clean(one.number)}. " if one.number else ""
    edge = f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="6" w:color="{palette.HEAD}"/></w:pBdr>'
    paper.paragraph(
        run_xml(f"{number}{clean(one.ask)}", strong=True, half_points=22),
        extra=f'<w:keepNext/>{edge}<w:spacing w:before="160" w:after="60"/>',
    )
    facts = [(label, [run_xml(clean(text), half_points=SIZE)]) for label, text in facts_of(one, words)]
    if one.options:
        told = [
            run_xml(
                f"{clean(option.name)}{f' ({words.recommended})' if option.is_recommended else ''}",
                strong=option.is_recommended,
                half_points=SIZE,
            )
            + (run_xml(f": {clean(option.effect)}", half_points=SIZE) if option.effect else "")
            for option in one.options
        ]
        facts.insert(min(1, len(facts)), (words.options, told))
    wide = [95.0, ROOM - 95.0]
    rows = []
    for at, (label, told) in enumerate(facts):
        keep = at < len(facts) - 1  # a decision is read whole
        head = cell_xml([run_xml(label, ink=palette.MUTED, half_points=SIZE)], wide[0], keep=keep)
        rows.append(row_xml([head, cell_xml(told, wide[1], keep=keep)]))
    if rows:
        paper.put(grid_xml(wide, rows, (f"{number}{one.ask}", one.ask), has_head=False, heads_rows=True))
    paper.space()
