"""Tables as spreadsheet tables: real numbers and dates, filters, frozen heads, heights that show every cell whole."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from mainstay.render import palette
from mainstay.render.blocks import Cell, Column, Row, Status, Table
from mainstay.render.cells import amount, in_words, sense_of
from mainstay.render.charts import HeatMap
from mainstay.render.cleaning import one_line
from mainstay.render.typography import NO_BREAK
from mainstay.render.xlsx.sheet import Sheet

EARLIEST = date(1900, 3, 1)
"""Before it the spreadsheet's days are off by one; such days are written as words."""
LARGEST = 10**15
LONG = 12
"""Tables of more rows keep their head in sight, on the screen and on each page."""
LEAST_COLUMNS = 4
UNIT, WIDEST_TABLE = 14.0, 165.0
"""Width of a column of weight one, and of the whole table, so that a page of it can still be read."""


def of_table(table: Table, sheet: Sheet) -> tuple[int, int]:
    """Write the table; gives the first and the last row of its cells."""
    formats = sheet.formats
    if table.name:
        sheet.words(sheet.row, 0, table.name, formats.caption())
        sheet.row += 1
    head = sheet.row
    unit = min(UNIT, WIDEST_TABLE / sum(max(column.weight, 0.1) for column in table.columns))
    for at, column in enumerate(table.columns):
        sheet.widen(at, max(9.0, min(60, unit * column.weight), longest_word(table, at, sheet)))
    if len(table.rows) > 0:
        add_filters(table, sheet, head)
    heads = unlike([column.title or " " for column in table.columns])
    for at, (column, told) in enumerate(zip(table.columns, heads, strict=True)):
        sheet.words(head, at, told, formats.head(column))
    sheet.fit(head, [(told, at, at) for at, told in enumerate(heads)])
    if len(table.rows) > LONG:
        sheet.keep_head(head)
    sheet.row = head + 1
    for row in table.rows:
        of_row(row, table, sheet)
    last = sheet.row - 1
    if not table.rows:
        sheet.words(sheet.row, 0, table.empty or sheet.report.words.no_rows, formats.soft())
        sheet.row += 1
    if table.total:
        of_row(table.total, table, sheet, is_total=True)
    if table.note:
        sheet.note(table.note, max(len(table.columns), LEAST_COLUMNS))
    sheet.row += 1
    return head + 1, last


def add_filters(table: Table, sheet: Sheet, head: int) -> None:
    """A native table, named by its place, so that formulas and queries find it again."""
    sheet.charts += 1
    name = "tbl" + (re.sub(r"[^A-Za-z0-9]", "", sheet.name) or "Sheet")[:40] + f"_{sheet.charts}"
    heads = unlike([one_line(column.title) or " " for column in table.columns])
    sheet.paper.add_table(
        head,
        0,
        head + len(table.rows),
        len(table.columns) - 1,
        {
            "name": name,
            "style": None,
            "columns": [
                {"header": told[:250], "header_format": sheet.formats.head(column)}
                for told, column in zip(heads, table.columns, strict=True)
            ],
        },
    )


def unlike(heads: list[str]) -> list[str]:
    """Heads of a spreadsheet table, none of which may stand twice."""
    found: list[str] = []
    for head in heads:
        at, whole = 2, head[:250]
        while whole.casefold() in {one.casefold() for one in found}:
            whole, at = f"{head[:240]} ({at})", at + 1
        found.append(whole)
    return found


def longest_word(table: Table, at: int, sheet: Sheet) -> float:
    words = sheet.report.words
    told = [in_words(row.cells[at], table.columns[at], words) for row in table.rows[:300]]
    least = max((len(word) for text in told for word in text[:500].split(" ")), default=4)
    heads = max((len(word) for word in table.columns[at].title.split()), default=0)
    return min(28.0, max(least, heads) + 3.0)


def of_row(row: Row, table: Table, sheet: Sheet, *, is_total: bool = False) -> None:
    texts: list[tuple[str, int, int]] = []
    for at, (value, column) in enumerate(zip(row.cells, table.columns, strict=True)):
        told = "—" if is_total and value is None else in_words(value, column, sheet.report.words)
        of_cell(value, told, column, sheet, at, is_last=row.is_last_known, is_total=is_total)
        texts.append((told, at, at))
    sheet.fit(sheet.row, texts)
    sheet.row += 1


def of_cell(value: Cell, told: str, column: Column, sheet: Sheet, at: int, *, is_last: bool, is_total: bool) -> None:
    formats, row, ink = sheet.formats, sheet.row, ""
    sense = sense_of(value, column)
    if sense != "same":
        ink = palette.SENSE_INK[sense]
    number = amount(value, column)
    if number is not None and abs(number) < LARGEST:
        look = formats.cell(column, kind="figure", is_last=is_last, is_total=is_total, ink=ink)
        sheet.paper.write_number(row, at, float(number), look)
    elif isinstance(value, date) and not isinstance(value, datetime) and value >= EARLIEST:
        moment: Any = datetime(value.year, value.month, value.day)  # noqa: DTZ001  # a day of the spreadsheet has no zone
        sheet.paper.write_datetime(row, at, moment, formats.cell(column, kind="day", is_last=is_last, is_total=is_total))
    elif isinstance(value, Status):
        plain_spaces = told.replace(NO_BREAK, " ")  # a formula that compares the word must find what a person types
        sheet.words(row, at, plain_spaces, formats.cell(column, kind="status", is_total=is_total, shape=value.shape))
    else:
        sheet.words(row, at, told, formats.cell(column, kind="words", is_last=is_last, is_total=is_total, ink=ink))


def of_heat(chart: HeatMap, sheet: Sheet) -> None:
    formats = sheet.formats
    sheet.words(sheet.row, 0, chart.title, formats.caption())
    sheet.row += 1
    for at, head in enumerate((chart.corner, *chart.columns)):
        sheet.widen(at, 18)
        sheet.words(sheet.row, at, head, formats.head(Column(head)))
    sheet.row += 1
    tints = palette.HEAT[chart.shape]
    for name, line in zip(chart.rows, chart.cells, strict=True):
        sheet.words(sheet.row, 0, name, formats.of(bold=True, border=1, border_color=f"#{palette.LINE}", valign="vcenter"))
        for at, cell in enumerate(line, 1):
            fill = tints[max(0, min(4, cell.level))]
            look = formats.of(
                bg_color=f"#{fill}", border=1, border_color=f"#{palette.LINE}", align="center", valign="vcenter", text_wrap=True
            )
            sheet.words(sheet.row, at, cell.text, look)
        sheet.fit(sheet.row, [(cell.text, at, at) for at, cell in enumerate(line, 1)])
        sheet.row += 1
    if chart.source:
        sheet.note(chart.source, len(chart.columns) + 1)
    sheet.row += 1
