"""A Word document as template: paragraphs and rows repeated, fields filled in place, tables and charts put in native."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.oxml.ns import qn
from docx.parts.hdrftr import FooterPart, HeaderPart
from lxml import etree

from mainstay.reporting.templating import word_drawing
from mainstay.reporting.templating.filling import Filler, Scope
from mainstay.reporting.templating.splitting import BREAK, alone, closing, each_in, ends_in, fill, joined, replace, size, told
from mainstay.reporting.templating.tokens import ChartOf, Each, End, Field, TableOf, found_in

PARAGRAPH, TABLE, CONTENT, CELL = qn("w:p"), qn("w:tbl"), qn("w:sdt"), qn("w:tc")
TEXT, BOX = qn("w:t"), qn("w:txbxContent")
BREAKS = frozenset({qn("w:br"), qn("w:tab"), qn("w:cr"), qn("w:drawing"), qn("w:pict"), qn("w:object"), qn("w:footnoteReference")})


def opened(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def walk(file: Any, filler: Filler) -> None:
    """Fill the whole document: its body, then its headers and footers."""
    walker = Walker(file, filler)
    walker.container(file.element.body, Scope(), _("Text"))
    for part in margins(file):
        walker.container(part.element, Scope(), _("Header") if isinstance(part, HeaderPart) else _("Footer"))
    for number, shape in enumerate(each_drawing(file), 1):
        shape.set("id", str(number))


def margins(file: Any) -> list[Any]:
    """The parts of headers and footers, in a fixed order."""
    parts = [part for part in file.part.package.iter_parts() if isinstance(part, HeaderPart | FooterPart)]
    return sorted(parts, key=lambda part: str(part.partname))


def each_drawing(file: Any) -> Iterator[Any]:
    yield from file.element.iter(qn("wp:docPr"))


def names_in_margins(file: Any) -> set[str]:
    """The fields that headers and footers show."""
    shown: set[str] = set()
    for part in margins(file):
        for paragraph in part.element.iter(PARAGRAPH):
            shown |= {found.token.name for found in found_in(joined(pieces_of(paragraph))) if isinstance(found.token, Field)}
    return shown


def pieces_of(paragraph: Any) -> list[Any | None]:
    """The texts of a paragraph in order, with what stands between them; boxes anchored in it have paragraphs of their own."""
    pieces: list[Any | None] = []

    def collect(element: Any) -> None:
        for child in element:
            if child.tag == TEXT:
                pieces.append(child)
            elif child.tag in BREAKS:
                pieces.append(None)
            elif child.tag != BOX and isinstance(child.tag, str):
                collect(child)

    collect(paragraph)
    return pieces


def put(piece: Any, text: str) -> None:
    """The text into its element; its further lines after it."""
    first, *more = text.split(BREAK)
    piece.text = first
    keep_spaces(piece)
    after = piece
    for line in more:
        broken = after.makeelement(qn("w:br"), {})
        after.addnext(broken)
        after = broken.makeelement(TEXT, {})
        after.text = line
        keep_spaces(after)
        broken.addnext(after)


def keep_spaces(piece: Any) -> None:
    piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def text_of(block: Any) -> str:
    return joined(pieces_of(block)) if block.tag == PARAGRAPH else ""


def within(block: Any, tag: str) -> bool:
    return any(True for _one in block.iterancestors(tag))


class Walker:
    """Goes through blocks in order. What it has written it never reads again, so a value cannot be a token."""

    def __init__(self, file: Any, filler: Filler) -> None:
        self.file, self.filler = file, filler

    def container(self, parent: Any, scope: Scope, where: str) -> None:
        self.blocks([child for child in parent if child.tag in (PARAGRAPH, TABLE, CONTENT)], scope, where)
        if parent.tag in (CELL, BOX) and parent.find(PARAGRAPH) is None:
            parent.append(parent.makeelement(PARAGRAPH, {}))

    def blocks(self, blocks: Sequence[Any], scope: Scope, where: str) -> None:
        tokens = [alone(text_of(block)) for block in blocks]
        at = 0
        while at < len(blocks):
            token = tokens[at]
            end = closing(tokens, at) if isinstance(token, Each) else None
            if isinstance(token, Each) and end is not None:
                self.repeat(blocks[at : end + 1], token, scope, where)
                at = end
            elif isinstance(token, TableOf | ChartOf):
                self.drawn(blocks[at], token, scope, where)
            else:
                self.block(blocks[at], scope, where)
            at += 1

    def block(self, block: Any, scope: Scope, where: str) -> None:
        if block.tag == PARAGRAPH:
            self.paragraph(block, scope, where)
        elif block.tag == TABLE:
            for number, line in enumerate(block.findall(qn("w:tr")), 1):
                self.row(line, scope, _("%(where)s, table, row %(number)d") % {"where": where, "number": number})
        elif (content := block.find(qn("w:sdtContent"))) is not None:
            self.container(content, scope, where)

    def paragraph(self, block: Any, scope: Scope, where: str) -> None:
        boxes = list(block.iter(BOX))
        fill(pieces_of(block), self.filler, scope, told(where, text_of(block)), put)
        for box in boxes:
            if not any(one in boxes for one in box.iterancestors(BOX)):
                self.container(box, scope, _("%(where)s, text box") % {"where": where})

    def row(self, line: Any, scope: Scope, where: str) -> None:
        """A row of a table: repeated where it holds {{each …}} and {{end}}."""
        text = row_text(line)
        token = each_in(text)
        if token is None or not ends_in(text):
            self.cells(line, scope, where)
            return
        unmarked(line)
        scopes = self.filler.scopes(token.name, token.choice, scope, where, size(line))
        for inner in scopes:
            copy = deepcopy(line)
            line.addprevious(copy)
            self.cells(copy, inner, where)
        if not scopes:
            line.addprevious(emptied(line))
        line.getparent().remove(line)

    def cells(self, line: Any, scope: Scope, where: str) -> None:
        for cell in line.iter(CELL):
            if next(cell.iterancestors(qn("w:tr"))) is line:
                self.container(cell, scope, where)

    def repeat(self, blocks: Sequence[Any], token: Each, scope: Scope, where: str) -> None:
        """What stands between the first and the last of the blocks, once for each row; both marks go."""
        first, last, body = blocks[0], blocks[-1], blocks[1:-1]
        for number, inner in enumerate(
            self.filler.scopes(token.name, token.choice, scope, told(where, text_of(first)), sum(map(size, body)))
        ):
            copies = [deepcopy(block) for block in body]
            for copy in copies:
                if number:
                    without_bookmarks(copy)
                last.addprevious(copy)
            self.blocks(copies, inner, where)
        for block in blocks:
            block.getparent().remove(block)

    def drawn(self, block: Any, token: TableOf | ChartOf, scope: Scope, where: str) -> None:
        place = told(where, text_of(block))
        if within(block, CELL) or within(block, BOX):
            self.filler.fault(place, _("It does not fit into a cell or a text box. Put it into a paragraph of the page."))
            return
        if isinstance(token, TableOf):
            word_drawing.put_table(block, self.filler.table(token.name, token.choice, scope, place), self.file)
        else:
            word_drawing.put_chart(block, self.filler.chart(token.name, place), self.file)


def row_pieces(line: Any) -> list[Any | None]:
    return [piece for paragraph in line.iter(PARAGRAPH) for piece in (*pieces_of(paragraph), None)]


def row_text(line: Any) -> str:
    return joined(row_pieces(line))


def unmarked(line: Any) -> None:
    """Take the first {{each …}} and the last {{end}} out of a row, and the paragraphs that held nothing else."""
    pieces = row_pieces(line)
    found = list(found_in(joined(pieces)))
    end = [one for one in found if isinstance(one.token, End)][-1]
    each = next(one for one in found if isinstance(one.token, Each))
    for one in (end, each):
        replace(pieces, one.start, one.end, "", put)
    for paragraph in list(line.iter(PARAGRAPH)):
        held = pieces_of(paragraph)
        is_emptied = bool(held) and not joined(held).strip()
        if is_emptied and len(paragraph.getparent().findall(PARAGRAPH)) > 1:
            paragraph.getparent().remove(paragraph)


def emptied(line: Any) -> Any:
    """The row with a word in place of its tokens: a list without rows says so."""
    copy = deepcopy(line)
    pieces = [piece for piece in row_pieces(copy) if piece is not None]
    for piece in pieces:
        piece.text = ""
    if pieces:
        pieces[0].text = _("None.")
    return copy


def without_bookmarks(block: Any) -> None:
    """A copy repeats no bookmark: their names are unique in a document."""
    etree.strip_elements(block, qn("w:bookmarkStart"), qn("w:bookmarkEnd"), with_tail=False)
