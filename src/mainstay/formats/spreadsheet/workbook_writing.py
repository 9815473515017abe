"""A table as a workbook that a person fills: headings stay in view, choices drop down, dates are dates, and no text is a formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

WIDEST, NARROWEST = 60, 9
FORMATS = {"date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm", "number": "#,##0.##########", "text": "@"}
MOST_ROWS = 1_048_575
SPARE_ROWS = 500
"""Empty rows below the last one that get drop-downs and formats, too."""
LISTS = "Choices"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its text, what it holds (`text`, `number`, `date`, `moment`), and what may be chosen in it."""

    text: str
    kind: str = "text"
    choices: Sequence[str] = ()
    hint: str = ""
    is_fixed: bool = False
    """Shown grey: what is typed there is not read."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The words around the table."""

    title: str
    marking: str
    guidance: Sequence[tuple[str, str]]
    """Rows of the sheet Guidance: a heading and its text; an empty text makes the heading a title."""
    foot: str = ""


def write(target: IO[bytes], paper: Paper, headings: Sequence[Heading], rows: Iterable[Sequence[Any]]) -> int:
    """Write the workbook row by row, in constant memory; returns how many rows there are."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"title": paper.title, "category": paper.marking, "status": paper.marking})
    styles = {name: book.add_format({"num_format": code, "valign": "top", "text_wrap": name == "text"}) for name, code in FORMATS.items()}
    styles["fixed"] = book.add_format({"font_color": "#4a5865", "valign": "top"})
    styles["head"] = book.add_format(
        {"bold": True, "bg_color": "#124f8c", "font_color": "#ffffff", "valign": "vcenter", "text_wrap": True, "border": 1}
    )
    styles["title"] = book.add_format({"bold": True, "font_size": 14})
    styles["strong"] = book.add_format({"bold": True, "valign": "top"})
    styles["wrap"] = book.add_format({"text_wrap": True, "valign": "top"})
    count = write_table(book, styles, paper, headings, rows)
    write_guidance(book, styles, paper)
    write_choices(book, headings)
    book.close()
    return count


def write_table(book: Any, styles: dict[str, Any], paper: Paper, headings: Sequence[Heading], rows: Iterable[Sequence[Any]]) -> int:
    sheet = book.add_worksheet(sheet_name(paper.title))
    dress(sheet, paper, headings, styles)
    sheet.set_row(0, 32)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading.text, styles["head"])
    count = 0
    for count, row in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise ValueError("A sheet has no more rows.")
        for column, (value, heading) in enumerate(zip(row, headings, strict=True)):
            put(sheet, count, column, value, styles["fixed"] if heading.is_fixed and heading.kind == "text" else styles[heading.kind])
    sheet.autofilter(0, 0, max(count, 1), len(headings) - 1)
    for column, heading in enumerate(headings):
        offer(sheet, column, heading, count + SPARE_ROWS, headings)
    return count


def dress(sheet: Any, paper: Paper, headings: Sequence[Heading], styles: dict[str, Any]) -> None:
    sheet.freeze_panes(1, min(2, len(headings)))
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&L{clean(paper.title)}&C&B{clean(paper.marking)}")
    sheet.set_footer(f"&L{clean(paper.foot)}&C&B{clean(paper.marking)}&RPage &P of &N")
    for column, heading in enumerate(headings):
        sheet.set_column(
            column, column, width_of(heading), styles["fixed"] if heading.is_fixed and heading.kind == "text" else styles[heading.kind]
        )


def width_of(heading: Heading) -> int:
    wanted = max([len(heading.text), *(len(choice) + 3 for choice in heading.choices)])
    if heading.kind == "text" and not heading.choices and not heading.is_fixed:
        wanted = max(wanted, 24)
    return max(NARROWEST, min(wanted + 2, WIDEST))


def offer(sheet: Any, column: int, heading: Heading, last: int, headings: Sequence[Heading]) -> None:
    """The drop-down or the check of a column."""
    about: dict[str, Any] = {"input_title": heading.text[:32], "input_message": heading.hint[:255]} if heading.hint else {}
    if heading.choices:
        place = [each for each in headings if each.choices].index(heading)
        letter = xlsxwriter.utility.xl_col_to_name(place)
        rule = {"validate": "list", "source": f"={LISTS}!${letter}$1:${letter}${len(heading.choices)}", **about}
        rule |= {"error_title": heading.text[:32], "error_message": "Choose one of the list, or leave the cell empty."}
    elif heading.kind == "date":
        rule = {"validate": "date", "criteria": ">=", "value": date(1900, 1, 1), "error_message": "Enter a date, e.g. 2026-11-10.", **about}
    elif heading.kind == "number" and not heading.is_fixed:
        rule = {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -1e15,
            "maximum": 1e15,
            "error_message": "Enter a number.",
            **about,
        }
    elif about:
        rule = {"validate": "any", **about}
    else:
        return
    sheet.data_validation(1, column, last, column, rule)


def put(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_string(row, column, "yes" if value else "no", style)
    elif isinstance(value, Decimal | int | float):
        sheet.write_number(row, column, value, style)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value.replace(tzinfo=None), style)
    elif isinstance(value, date) and value.year >= 1900:
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), style)  # noqa: DTZ001  # a day of the sheet has no zone
    else:
        sheet.write_string(row, column, str(value)[:32_767], style)


def write_guidance(book: Any, styles: dict[str, Any], paper: Paper) -> None:
    sheet = book.add_worksheet("Guidance")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 100)
    sheet.set_header(f"&C&B{clean(paper.marking)}")
    sheet.set_footer(f"&C&B{clean(paper.marking)}")
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, paper.title, styles["title"])
    sheet.write_string(0, 1, paper.marking, styles["strong"])
    for number, (heading, text) in enumerate(paper.guidance, 2):
        sheet.write_string(number, 0, heading, styles["strong"] if text else styles["title"])
        sheet.write_string(number, 1, text, styles["wrap"])


def write_choices(book: Any, headings: Sequence[Heading]) -> None:
    """The lists that the drop-downs show, on a sheet of their own, since a list in the cell may have 255 characters only."""
    lists = [heading.choices for heading in headings if heading.choices]
    sheet = book.add_worksheet(LISTS)
    sheet.hide()
    for number in range(max(map(len, lists), default=0)):
        for column, choices in enumerate(lists):
            if number < len(choices):
                sheet.write_string(number, column, choices[number])


def sheet_name(title: str) -> str:
    """A title as Excel takes it for a sheet."""
    return "".join(letter for letter in title if letter not in "[]:*?/\\'")[:31].strip() or "Rows"


def clean(text: str) -> str:
    """Ampersands begin commands in headers and footers."""
    return text.replace("&", "&&")[:120]
