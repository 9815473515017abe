"""The sheets of a workbook drawn: hidden labels in the first row and the last column, so that a cell is known wherever it has gone."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mainstay.formats.spreadsheet.sheet import column_name
from mainstay.formats.spreadsheet.workbook_writing import clean
from mainstay.reporting.cycle.workbook import labels
from mainstay.reporting.cycle.workbook.boxes import Box, value_of
from mainstay.reporting.cycle.workbook.rules import Lists, rule
from mainstay.reporting.cycle.workbook.styles import style_of
from mainstay.reporting.cycle.workbook.tables import Line, Table

ALLOWED = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}
TALLEST, LETTER, LINE_HEIGHT = 240, 1.05, 15.0
"""Points that a row may be high, the width of a letter in the units of a column, and the height of a line."""


@dataclass(slots=True)
class Pen:
    """What all sheets of one workbook share."""

    book: Any
    styles: dict[str, Any]
    lists: Lists
    marking: str
    foot: str
    said: set[str] = field(default_factory=set)
    """The marks of all texts that only tell."""

    def say(self, sheet: Any, row: int, column: int, text: str, style: str) -> None:
        """Write a text that takes no answer."""
        self.said.add(labels.mark(text))
        sheet.write_string(row, column, text, self.styles[style])


def draw_questions(pen: Pen, table: Table, facts: list[tuple[str, str]], how_to: list[str]) -> None:
    sheet = begun(pen, table)
    for number, (label, text) in enumerate(facts, 2):
        pen.say(sheet, number, 0, label, "label")
        pen.say(sheet, number, 1, text, "strong")
    for number, text in enumerate(how_to, 2):
        pen.say(sheet, number, 2, text, "plain")
    draw_lines(pen, sheet, table, 3 + max(len(facts), len(how_to)))


def draw_rows(pen: Pen, table: Table) -> None:
    sheet = begun(pen, table)
    if table.help:
        pen.say(sheet, 2, 0, table.help, "label")
    draw_lines(pen, sheet, table, 3)


def begun(pen: Pen, table: Table) -> Any:
    """A sheet with its title, its labels, its protection and what is printed around it."""
    sheet = pen.book.add_worksheet(table.name)
    key = len(table.heads)
    for column, head in enumerate(table.heads):
        sheet.set_column(column, column, head.width)
        if head.code:
            sheet.write_string(0, column, labels.CODE + head.code)
    sheet.write_string(0, key, labels.KEY)
    sheet.set_column(key, key, None, None, {"hidden": True})
    sheet.set_row(0, None, None, {"hidden": True})
    pen.say(sheet, 1, 0, table.title, "title")
    sheet.set_row(1, 24)
    sheet.hide_gridlines(2)
    sheet.protect("", ALLOWED)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.set_header(f"&L{pen.foot}&R&B{clean(pen.marking)}")
    sheet.set_footer(f"&L&B{clean(pen.marking)}&C{clean(table.name)}&R&P / &N")
    return sheet


def draw_lines(pen: Pen, sheet: Any, table: Table, top: int) -> None:
    """The headings at row `top`, the lines below them, and a key beside each."""
    key = len(table.heads)
    for number in range(1, top + 1):
        sheet.write_string(number, key, labels.OURS)
    for column, head in enumerate(table.heads):
        pen.say(sheet, top, column, head.text, "head")
    sheet.set_row(top, 20)
    sheet.freeze_panes(top + 1, 0 if table.name == labels.FIRST else 2)
    sheet.repeat_rows(top)
    for number, line in enumerate(table.lines, top + 1):
        sheet.write_string(number, key, line.key or labels.OURS)
        if line.key:
            draw_line(pen, sheet, table, number, line)
        else:
            draw_band(pen, sheet, number, line)
    sheet.print_area(0, 0, top + max(len(table.lines), 1), key - 1)
    place = first_open(table, top)
    sheet.set_selection(*place, *place)


def first_open(table: Table, top: int) -> tuple[int, int]:
    for number, line in enumerate(table.lines, top + 1):
        for column, head in enumerate(table.heads):
            if head.code in line.boxes:
                return number, column
    return 0, 0


def draw_band(pen: Pen, sheet: Any, number: int, line: Line) -> None:
    """The heading of a part."""
    sheet.set_row(number, 20)
    for column, text in enumerate(line.texts):
        pen.say(sheet, number, column, text, "band" if column == 0 else "band_soft")
    if line.leads_to:
        quoted = line.leads_to.replace("'", "''")
        sheet.write_url(number, 3, f"internal:'{quoted}'!A1", pen.styles["band_link"], line.texts[3])


def draw_line(pen: Pen, sheet: Any, table: Table, number: int, line: Line) -> None:
    height = LINE_HEIGHT + 3
    for column, (head, text) in enumerate(zip(table.heads, line.texts, strict=True)):
        box = line.boxes.get(head.code) if head.code else None
        if box is not None:
            put(pen, sheet, number, column, box)
            text = box.value  # noqa: PLW2901  # what stands in the cell decides how high the row is
        else:
            style = "needed" if column == len(table.heads) - 1 else "hint" if column else "told"
            pen.say(sheet, number, column, text, style)
        height = max(height, height_of(text, head.width))
    sheet.set_row(number, min(max(height, 3 * LINE_HEIGHT if has_text(line) else 0), TALLEST))


def has_text(line: Line) -> bool:
    """Whether somebody will write sentences there."""
    return any(box.kind == "text" and box.longest > 120 for box in line.boxes.values())


def height_of(text: str, width: int) -> float:
    lines = sum(1 + int(len(part) * LETTER / width) for part in text.split("\n"))
    return lines * LINE_HEIGHT


def put(pen: Pen, sheet: Any, number: int, column: int, box: Box) -> None:
    """An answer cell: what stands there, what it takes, and red while it is needed and empty."""
    style = pen.styles[style_of(box.kind, box.value)] if box.is_open else pen.styles["told"]
    value = value_of(box) if box.is_open else box.value[:200] + "…"
    pen.said |= set() if box.is_open else {labels.mark(str(value))}
    if value is None:
        sheet.write_blank(number, column, None, style)
    elif isinstance(value, datetime):
        sheet.write_datetime(number, column, value, style)
    elif isinstance(value, float):
        sheet.write_number(number, column, value, style)
    else:
        sheet.write_string(number, column, value, style)
    if not box.is_open:
        return
    if checked := rule(box, pen.lists):
        sheet.data_validation(number, column, number, column, checked)
    if box.is_required:
        place = f"{column_name(column)}{number + 1}"
        criteria = {"type": "formula", "criteria": f"=LEN(TRIM({place}))=0", "format": pen.styles["missing"]}
        sheet.conditional_format(number, column, number, column, criteria)
