"""Tables and heat maps as HTML: a caption, heads with their scope, figures to the right, nothing said by colour alone."""

from __future__ import annotations

from typing import cast

from mainstay.render.blocks import Cell, Column, Delta, Row, Sense, Status, Table
from mainstay.render.cells import in_words, sense_of
from mainstay.render.charts import HeatMap
from mainstay.render.html import text as html_text
from mainstay.render.html.text import e
from mainstay.render.words import Words


def of_table(table: Table, words: Words) -> str:
    """The table in a region that scrolls sideways by itself, so that the page never does."""
    heads = "".join(f'<th scope="col"{right(column)}>{e(column.title)}</th>' for column in table.columns)
    if table.rows:
        body = "".join(of_row(row, table.columns, words) for row in table.rows)
    else:
        body = f'<tr><td class="ms-missing" colspan="{len(table.columns)}">{e(table.empty or words.no_rows)}</td></tr>'
    total = f"<tfoot>{of_row(table.total, table.columns, words, is_total=True)}</tfoot>" if table.total else ""
    note = f'<p class="ms-report__note">{e(table.note)}</p>' if table.note else ""
    return (
        f'<div class="ms-scroll" tabindex="0" role="group" aria-label="{e(table.name)}"><table class="ms-table ms-report__table">'
        f"<caption>{e(table.name)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody>{total}</table></div>{note}"
    )


def right(column: Column) -> str:
    return ' class="ms-n"' if column.is_figure else ""


def of_row(row: Row, columns: tuple[Column, ...], words: Words, *, is_total: bool = False) -> str:
    look = ' class="is-last-known"' if row.is_last_known else ""
    cells = "".join(of_cell(value, column, words, is_total=is_total) for value, column in zip(row.cells, columns, strict=True))
    return f"<tr{look}>{cells}</tr>"


def of_cell(value: Cell, column: Column, words: Words, *, is_total: bool = False) -> str:
    if column.heads_row:
        return f'<th scope="row">{body_of(value, column, words)}</th>'
    if is_total and value is None:
        return "<td>—</td>"
    look = "ms-n" if column.is_figure else "ms-o" if column.kind == "date" else ""
    return f"<td{f' class={chr(34)}{look}{chr(34)}' if look else ''}>{body_of(value, column, words)}</td>"


def body_of(value: Cell, column: Column, words: Words) -> str:
    if isinstance(value, Status):
        return html_text.status(value)
    if isinstance(value, tuple) and value:
        return html_text.text(value)
    told = in_words(value, column, words)
    if value is None or value == "":
        return f'<span class="ms-missing">{e(told)}</span>'
    sense = sense_of(value, column)
    if sense != "same":
        return html_text.delta(Delta(told, cast("Sense", sense)), words)
    return e(told).replace("\n", "<br>")


def of_heat(chart: HeatMap) -> str:
    heads = "".join(f'<th scope="col">{e(name)}</th>' for name in chart.columns)
    lines = []
    for name, line in zip(chart.rows, chart.cells, strict=True):
        cells = "".join(f'<td class="ms-heat ms-heat--{max(0, min(4, cell.level))}">{e(cell.text)}</td>' for cell in line)
        lines.append(f'<tr><th scope="row">{e(name)}</th>{cells}</tr>')
    source = f'<p class="ms-report__note">{e(chart.source)}</p>' if chart.source else ""
    return (
        f'<div class="ms-scroll" tabindex="0" role="group" aria-label="{e(chart.title)}">'
        f'<table class="ms-table ms-report__heat ms-report__heat--{chart.shape}">'
        f'<caption>{e(chart.title)}</caption><thead><tr><th scope="col">{e(chart.corner)}</th>{heads}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>{source}"
    )
