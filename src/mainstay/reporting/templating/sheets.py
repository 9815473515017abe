"""A workbook as template: fields as numbers and days, a row repeated, a list put below its token. One list to a sheet, at its foot."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _

from mainstay.reporting.templating import cells
from mainstay.reporting.templating.filling import Filler, Scope
from mainstay.reporting.templating.splitting import BREAK, alone, each_in, ends_in, fill, size, told
from mainstay.reporting.templating.tokens import ChartOf, Each, End, Field, TableOf, found_in
from mainstay.reporting.templating.workbook import Sheet, Workbook, tag


def opened(content: bytes) -> Workbook:
    return Workbook(content)


def walk(book: Workbook, filler: Filler) -> None:
    for sheet in book.sheets:
        Walker(book, sheet, filler).sheet_whole()
    book.recalculate()


class Text:
    """The words of one cell, as a piece that tokens are filled in."""

    def __init__(self, text: str) -> None:
        self.text: str | None = text.replace(BREAK, " ") if "{{" in text else text


class Walker:
    """Goes through the rows of one sheet from the top; what a row becomes stands below it and is not read again."""

    def __init__(self, book: Workbook, sheet: Sheet, filler: Filler) -> None:
        self.book, self.sheet, self.filler = book, sheet, filler
        self.rows = sheet.root.find(tag("sheetData"))
        placed(self.rows)

    def sheet_whole(self) -> None:
        if "{{" in self.sheet.name or "{{" in "".join(self.footer_texts()):
            self.filler.fault(self.sheet.name, _("The name, head and foot of a sheet are not filled. Write the token into a cell."))
        for row in list(self.rows):
            self.row(row)
        held = self.sheet.root.find(tag("dimension"))
        if held is not None:
            self.sheet.root.remove(held)

    def footer_texts(self) -> list[str]:
        held = self.sheet.root.find(tag("headerFooter"))
        return [] if held is None else [one.text or "" for one in held]

    def row(self, row: Any) -> None:
        texts = [cells.said(cell, self.book) for cell in row]
        joined = BREAK.join(texts)
        if "{{" not in joined and "}}" not in joined:
            return
        token = each_in(joined)
        if token is not None and ends_in(joined):
            self.repeat(row, token)
            return
        for cell, text in zip(list(row), texts, strict=True):
            held = alone(text)
            if isinstance(held, TableOf):
                self.table(row, cell, held)
            elif isinstance(held, ChartOf):
                self.filler.fault(
                    self.place(cell, text), _("Charts are not put into workbooks. Draw one of your own over the rows of a list.")
                )
            elif "{{" in text or "}}" in text:
                self.cell(cell, text, Scope())

    def place(self, cell: Any, text: str) -> str:
        return told(_("Sheet “%(name)s”, cell %(cell)s") % {"name": self.sheet.name, "cell": cell.get("r", "")}, text)

    def cell(self, cell: Any, text: str, scope: Scope) -> None:
        held = alone(text)
        if isinstance(held, Field):
            value = self.filler.field(held.name, scope, self.place(cell, text))
            cells.write_value(cell, value.cell, value.column, self.book)
            return
        piece = Text(text)
        fill([piece], self.filler, scope, self.place(cell, text), put)
        cells.write_text(cell, piece.text or "")

    def is_last(self, row: Any, cell: Any, text: str) -> bool:
        """Whether nothing stands below; else it is told."""
        below = next((one for later in row.itersiblings() for one in later if cells.is_filled(one)), None)
        if below is not None:
            text_told = _("A list needs the rest of its sheet: cell %(cell)s stands below it. Move that above, or to another sheet.")
            self.filler.fault(self.place(cell, text), text_told % {"cell": below.get("r", "")})
        return below is None

    def repeat(self, row: Any, token: Each) -> None:
        """The row once for each; the marks go."""
        marked = [(cell, cells.said(cell, self.book)) for cell in row]
        first = next(cell for cell, text in marked if each_in(text))
        if not self.is_last(row, first, cells.said(first, self.book)):
            return
        if any(cell.find(tag("f")) is not None for cell in row):
            self.filler.fault(
                self.place(first, ""), _("A repeated row holds a formula, which would point to the wrong cells. Put it elsewhere.")
            )
        plain = {cell.get("r"): unmarked(text) for cell, text in marked}
        number = int(row.get("r"))
        scopes = self.filler.scopes(token.name, token.choice, Scope(), self.place(first, cells.said(first, self.book)), size(row))
        after = row
        for at, scope in enumerate(scopes):
            copy = deepcopy(row)
            copy.set("r", str(number + at))
            for cell in copy:
                text = plain[cell.get("r")]
                cells.moved(cell, cells.column_of(cell.get("r")), number + at)
                if text:
                    self.cell(cell, text, scope)
            after.addnext(copy)
            after = copy
        if scopes:
            self.finish(row, number, number + len(scopes) - 1)
            return
        for cell, _text in marked:
            cells.emptied(cell)
        cells.write_text(first, _("None."))

    def finish(self, row: Any, number: int, last: int) -> None:
        """Take the row of tokens out, clear what lies in the way, and stretch what ended with it."""
        made = [one for one in row.itersiblings() if number <= int(one.get("r")) <= last][: last - number + 1]
        for later in list(row.itersiblings()):
            if later not in made and int(later.get("r")) <= last:
                self.rows.remove(later)
        self.rows.remove(row)
        self.stretch(number, last)

    def stretch(self, number: int, last: int) -> None:
        for table in self.sheet.tables:
            table.set("ref", cells.stretched(table.get("ref", ""), number, last))
            for held in table.findall(tag("autoFilter")):
                held.set("ref", cells.stretched(held.get("ref", ""), number, last))
        for name in ("conditionalFormatting", "dataValidation"):
            for held in self.sheet.root.iter(tag(name)):
                held.set("sqref", " ".join(single(one, number, last) for one in held.get("sqref", "").split()))
        held = self.sheet.root.find(tag("autoFilter"))
        if held is not None:
            held.set("ref", cells.stretched(held.get("ref", ""), number, last))

    def table(self, row: Any, cell: Any, token: TableOf) -> None:
        """The heads in the token's row, in its looks; the rows below."""
        text = cells.said(cell, self.book)
        if not self.is_last(row, cell, text):
            return
        table = self.filler.table(token.name, token.choice, Scope(), self.place(cell, text))
        left, number, looks = cells.column_of(cell.get("r")), int(row.get("r")), cell.get("s")
        for at, column in enumerate(table.columns):
            head = cells.cell_at(row, left + at)
            if looks:
                head.set("s", looks)
            cells.write_text(head, column.head)
        below = {int(one.get("r")): one for one in row.itersiblings()}
        after = row
        for down, line in enumerate(table.rows, 1):
            held = below.get(number + down)
            if held is None:
                held = row.makeelement(tag("row"), {"r": str(number + down)})
                after.addnext(held)
            for at, (value, column) in enumerate(zip(line.cells, table.columns, strict=True)):
                cells.write_value(cells.cell_at(held, left + at), value, column, self.book)
            after = held
        if not table.rows:
            held = row.makeelement(tag("row"), {"r": str(number + 1)}) if number + 1 not in below else below[number + 1]
            if held.getparent() is None:
                row.addnext(held)
            cells.write_text(cells.cell_at(held, left), table.empty)


def placed(rows: Any) -> None:
    """Every row and cell told where it is; the format lets both be left out."""
    number = 0
    for row in rows:
        number = int(row.get("r") or number + 1)
        row.set("r", str(number))
        row.attrib.pop("spans", None)
        column = 0
        for cell in row:
            column = cells.column_of(cell.get("r")) if cell.get("r") else column + 1
            cell.set("r", f"{cells.letters(column)}{number}")


def put(piece: Any, text: str) -> None:
    piece.text = text


def single(span: str, number: int, last: int) -> str:
    """A range, or the one cell that was repeated."""
    match = cells.PLACE.match(span)
    if match and int(match[2]) == number and last > number:
        return f"{span}:{match[1]}{last}"
    return cells.stretched(span, number, last)


def unmarked(text: str) -> str:
    """The text of a cell without the marks of its repeated row."""
    for one in reversed([one for one in found_in(text) if isinstance(one.token, Each | End)]):
        text = text[: one.start] + text[one.end :]
    return text
