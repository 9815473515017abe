"""A presentation as template: a slide repeated per row, fields filled in place, tables that go on over further slides, native charts."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _
from pptx import Presentation
from pptx.oxml.ns import qn

from mainstay.reporting.templating import slide_drawing, slide_parts
from mainstay.reporting.templating.filling import Filler, Scope
from mainstay.reporting.templating.splitting import BREAK, alone, closing, each_in, ends_in, fill, joined, replace, size, told
from mainstay.reporting.templating.tokens import ChartOf, Each, End, Field, TableOf, found_in

PARAGRAPH, TEXT, BODY, ROW = qn("a:p"), qn("a:t"), qn("p:txBody"), qn("a:tr")
BREAKS = frozenset({qn("a:br"), qn("a:tab")})
SHAPE, TREE = qn("p:sp"), qn("p:spTree")


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def walk(file: Any, filler: Filler) -> None:
    """Fill all slides in their order, then the layouts and masters below them."""
    for number, slide in enumerate(list(file.slides), 1):
        Walker(file, filler, _("Slide %(number)d") % {"number": number}).slide(slide)
    for below, name in lower(file):
        Walker(file, filler, name).shapes(below, Scope(), is_slide=False)


def lower(file: Any) -> Iterator[tuple[Any, str]]:
    for master in file.slide_masters:
        yield master, _("Master “%(name)s”") % {"name": master.name}
        for layout in master.slide_layouts:
            yield layout, _("Layout “%(name)s”") % {"name": layout.name}


def names_on(slide: Any) -> set[str]:
    """The fields that stand on a slide, its layout and its master."""
    told_there: set[str] = set()
    for part in (slide, slide.slide_layout, slide.slide_layout.slide_master):
        for paragraph in part._element.iter(PARAGRAPH):
            told_there |= {one.token.name for one in found_in(joined(pieces_of(paragraph))) if isinstance(one.token, Field)}
    return told_there


def pieces_of(paragraph: Any) -> list[Any | None]:
    pieces: list[Any | None] = []
    for element in paragraph.iter():
        if element.tag == TEXT:
            pieces.append(element)
        elif element.tag in BREAKS:
            pieces.append(None)
    return pieces


def text_of(paragraph: Any) -> str:
    return joined(pieces_of(paragraph))


def put(piece: Any, text: str) -> None:
    """The text into its run; its further lines into runs of the same looks after it."""
    first, *more = text.split(BREAK)
    piece.text = first
    run = piece.getparent()
    for line in more:
        broken = run.makeelement(qn("a:br"), {})
        run.addnext(broken)
        copy = deepcopy(piece.getparent())
        copy.find(TEXT).text = line
        broken.addnext(copy)
        run = copy


def slide_token(slide: Any) -> tuple[Any, Each] | None:
    """The paragraph that says for what the slide is repeated: {{each …}} without its end in the same text."""
    for body in slide._element.iter(BODY):
        paragraphs = body.findall(PARAGRAPH)
        tokens = [alone(text_of(paragraph)) for paragraph in paragraphs]
        for at, token in enumerate(tokens):
            if isinstance(token, Each) and closing(tokens, at) is None:
                return paragraphs[at], token
    return None


class Walker:
    """Goes through one slide of the template, and through the slides that become of it."""

    def __init__(self, file: Any, filler: Filler, where: str) -> None:
        self.file, self.filler, self.where = file, filler, where

    def slide(self, slide: Any) -> None:
        found = slide_token(slide)
        if found is None:
            self.shapes(slide, Scope(), is_slide=True)
            return
        paragraph, token = found
        place = told(self.where, text_of(paragraph))
        scopes = self.filler.scopes(token.name, token.choice, Scope(), place, size(slide._element))
        remove(paragraph)
        if slide_parts.has_charts(slide):
            self.filler.fault(place, _("A slide with a chart of its own cannot be repeated. Write {{chart …}} instead."))
            return
        copies = [slide_parts.copied(self.file, slide) for _scope in scopes[1:]]
        after = slide
        for copy, scope in zip([slide, *copies], scopes, strict=False):
            if copy is not slide:
                slide_parts.move_after(self.file, copy, after)
            after = self.shapes(copy, scope, is_slide=True)
        if not scopes:
            slide_parts.remove(self.file, slide)

    def shapes(self, slide: Any, scope: Scope, *, is_slide: bool) -> Any:
        """Fill one slide; gives the last of the slides that its tables needed."""
        drawn: list[tuple[Any, TableOf, str]] = []
        for body in [*slide._element.iter(BODY)]:
            text = "".join(text_of(paragraph) for paragraph in body.findall(PARAGRAPH))
            token, place = alone(text), told(self.where, text)
            if isinstance(token, TableOf | ChartOf) and not (is_slide and body.getparent().getparent().tag == TREE):
                self.filler.fault(place, _("It needs a text box of its own on a slide, outside of groups."))
            elif isinstance(token, TableOf):
                drawn.append((body.getparent(), token, place))
            elif isinstance(token, ChartOf):
                slide_drawing.put_chart(slide, body.getparent(), self.filler.chart(token.name, place))
            else:
                self.body(body, scope)
        for table in [*slide._element.iter(qn("a:tbl"))]:
            for number, row in enumerate(table.findall(ROW), 1):
                self.row(row, scope, _("%(where)s, table, row %(number)d") % {"where": self.where, "number": number})
        tables = [(shape, self.filler.table(token.name, token.choice, scope, place)) for shape, token, place in drawn]
        return slide_drawing.put_tables(self.file, slide, tables)

    def body(self, body: Any, scope: Scope) -> None:
        self.paragraphs(body.findall(PARAGRAPH), scope, self.where)
        if body.find(PARAGRAPH) is None:
            body.append(body.makeelement(PARAGRAPH, {}))

    def paragraphs(self, blocks: Sequence[Any], scope: Scope, where: str) -> None:
        tokens = [alone(text_of(block)) for block in blocks]
        at = 0
        while at < len(blocks):
            token = tokens[at]
            end = closing(tokens, at) if isinstance(token, Each) else None
            if isinstance(token, Each) and end is not None:
                self.repeat(blocks[at : end + 1], token, scope, where)
                at = end
            else:
                fill(pieces_of(blocks[at]), self.filler, scope, told(where, text_of(blocks[at])), put)
            at += 1

    def repeat(self, blocks: Sequence[Any], token: Each, scope: Scope, where: str) -> None:
        first, last, body = blocks[0], blocks[-1], blocks[1:-1]
        for inner in self.filler.scopes(token.name, token.choice, scope, told(where, text_of(first)), sum(map(size, body))):
            copies = [deepcopy(block) for block in body]
            for copy in copies:
                last.addprevious(copy)
            self.paragraphs(copies, inner, where)
        for block in blocks:
            block.getparent().remove(block)

    def row(self, row: Any, scope: Scope, where: str) -> None:
        """A row of a table, repeated where it holds {{each …}} and {{end}}."""
        pieces = row_pieces(row)
        text = joined(pieces)
        token = each_in(text)
        if token is None or not ends_in(text):
            self.cells(row, scope, where)
            return
        found = list(found_in(text))
        for one in ([one for one in found if isinstance(one.token, End)][-1], next(one for one in found if isinstance(one.token, Each))):
            replace(pieces, one.start, one.end, "", put)
        scopes = self.filler.scopes(token.name, token.choice, scope, where, size(row))
        for inner in scopes:
            copy = deepcopy(row)
            row.addprevious(copy)
            self.cells(copy, inner, where)
        if not scopes:
            row.addprevious(slide_drawing.emptied_row(row))
        row.getparent().remove(row)

    def cells(self, row: Any, scope: Scope, where: str) -> None:
        for cell in row.findall(qn("a:tc")):
            self.paragraphs(list(cell.iter(PARAGRAPH)), scope, where)


def row_pieces(row: Any) -> list[Any | None]:
    return [piece for paragraph in row.iter(PARAGRAPH) for piece in (*pieces_of(paragraph), None)]


def remove(paragraph: Any) -> None:
    """The paragraph, and its text box where it held nothing else."""
    body = paragraph.getparent()
    body.remove(paragraph)
    shape = body.getparent()
    if not "".join(text_of(one) for one in body.findall(PARAGRAPH)).strip() and shape.tag == SHAPE:
        shape.getparent().remove(shape)
    elif body.find(PARAGRAPH) is None:
        body.append(body.makeelement(PARAGRAPH, {}))
