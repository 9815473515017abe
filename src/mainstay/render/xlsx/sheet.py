"""One sheet being filled from the top: where the next row goes, how wide its columns are, how it prints."""

from __future__ import annotations

import re
from typing import Any

import xlsxwriter

from mainstay.render import palette, typography
from mainstay.render.cleaning import clean, one_line, shortened
from mainstay.render.tree import Report, Section
from mainstay.render.widths import line_count
from mainstay.render.xlsx.formats import Formats

LONGEST_CELL = 32_000
SIGN = 5.6
"""Points of one unit of column width at size 10."""
TALLEST_ROW = 400.0
LOWEST_FROZEN = 6
NARROW = 8.43
"""The width of a column that nothing has widened."""


def sheet_names(sections: tuple[Section, ...]) -> list[str]:
    """Names that a workbook takes: no forbidden sign, at most 31, none twice."""
    found: list[str] = []
    for section in sections:
        name = re.sub(r"[\[\]:*?/\\]", " ", one_line(section.name or section.title)).strip("' ")[:31].strip("' ") or "Sheet"
        if name.casefold() == "history":
            name = "History of changes"  # a name that the spreadsheet keeps for itself
        at, whole = 2, name
        while whole.casefold() in {one.casefold() for one in found}:
            whole, at = f"{name[: 28 - len(str(at))]} ({at})", at + 1
        found.append(whole)
    return found


def cell_text(text: str) -> str:
    return shortened(clean(text), LONGEST_CELL)


class Sheet:
    """A worksheet and the next free row. Tables on one sheet share its columns; each may widen them."""

    def __init__(self, book: xlsxwriter.Workbook, name: str, report: Report, formats: Formats) -> None:
        self.book, self.name, self.report, self.formats = book, name, report, formats
        self.paper: Any = book.add_worksheet(name)
        self.row = 0
        self.widths: dict[int, float] = {}
        self.tall: dict[int, list[tuple[str, int, int]]] = {}
        self.has_frozen = False
        self.charts = 0
        self.page_breaks: list[int] = []
        self.heads: list[int] = []
        self.paper.hide_gridlines(2)

    def title(self, text: str) -> None:
        report, words = self.report, self.report.words
        self.paper.set_row(0, 26)
        self.words(0, 0, text, self.formats.heading())
        told = "   |   ".join(
            [report.marking, f"{words.as_at} {typography.day(report.as_at)}", f"{words.snapshot} {report.snapshot}", report.title]
        )
        self.words(1, 0, told, self.formats.soft())
        self.row = 3

    def words(self, row: int, column: int, text: str, look: Any) -> None:  # a format of the library, which ships no types
        """Write text as text, whatever it begins with."""
        self.paper.write_string(row, column, cell_text(text), look)

    def widen(self, at: int, width: float) -> None:
        self.widths[at] = max(self.widths.get(at, 0), min(width, 70))

    def fit(self, row: int, texts: list[tuple[str, int, int]]) -> None:
        """Give the row a height that shows every text whole, for not all viewers do. Each text has its first and last column."""
        self.tall[row] = texts

    def lines(self, text: str, first: int, last: int) -> int:
        wide = sum(self.widths.get(at, NARROW) for at in range(first, last + 1))
        return line_count(text[:4000], 10, max(wide - 1.4, 1) * SIGN)

    def running(self, text: str, look: Any, columns: int) -> None:
        """Text that runs over several columns, on the next row."""
        if columns > 1:
            self.paper.merge_range(self.row, 0, self.row, columns - 1, "", look)
        self.words(self.row, 0, text, look)
        self.fit(self.row, [(text, 0, columns - 1)])
        self.row += 1

    def note(self, text: str, columns: int) -> None:
        self.running(text, self.formats.of(font_color=f"#{palette.MUTED}", text_wrap=True), columns)

    def keep_head(self, row: int) -> None:
        """The head of a long table: in sight while scrolling where it stands high enough, and at the top of the pages that follow."""
        if row <= LOWEST_FROZEN and not self.has_frozen:
            self.paper.freeze_panes(row + 1, 1)
            self.has_frozen = True
        self.heads.append(row)

    def close(self) -> None:
        for at, width in self.widths.items():
            self.paper.set_column(at, at, width)
        for row, texts in self.tall.items():
            self.paper.set_row(row, min(TALLEST_ROW, 4 + 13.0 * max((self.lines(*text) for text in texts), default=1)))
        if self.page_breaks:
            self.paper.set_h_pagebreaks(self.page_breaks)
        if len(self.heads) == 1:
            self.paper.repeat_rows(self.heads[0])
        if not self.has_frozen:
            self.paper.freeze_panes(2, 0)
        self.set_print()

    def set_print(self) -> None:
        report, words = self.report, self.report.words
        font = f'&"{palette.OFFICE_FONT}"'
        marking = one_line(report.marking).replace("&", "&&")[:80]
        snapshot = one_line(report.snapshot).replace("&", "&&")[:60]
        self.paper.set_landscape()
        self.paper.set_paper(9)
        self.paper.fit_to_pages(1, 0)
        self.paper.set_margins(0.5, 0.5, 0.8, 0.7)
        self.paper.set_header(f'&C&"{palette.OFFICE_FONT},Bold"&11{marking}')
        told = f"{marking} | {words.as_at} {typography.day(report.as_at)} | {words.snapshot} {snapshot}"
        self.paper.set_footer(f"&L{font}&9 {told}&R{font}&9 &A, {words.page} &P {words.of} &N")
