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
        self.has_frozen = False
        self.charts = 0
        self.page_breaks: list[int] = []
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

    def room(self, first: int = 0, last: int = 6) -> float:
        return sum(self.widths.get(at, 8.43) for at in range(first, last + 1)) * SIGN

    def set_height(self, row: int, texts: list[tuple[str, float]]) -> None:
        """A height that shows every text whole: viewers do not all fit rows on opening."""
        lines = max((line_count(text[:4000], 10, max(wide - 1.2, 1) * SIGN) for text, wide in texts), default=1)
        self.paper.set_row(row, min(TALLEST_ROW, 4 + 13.0 * lines))

    def close(self) -> None:
        for at, width in self.widths.items():
            self.paper.set_column(at, at, width)
        if self.page_breaks:
            self.paper.set_h_pagebreaks(self.page_breaks)
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
