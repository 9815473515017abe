"""Every format says the same: each sentence, name and figure of the tree stands in all of them."""

from collections.abc import Iterator

import pytest

from mainstay.render.arrange import all_sections, facts_of, statuses
from mainstay.render.blocks import DecisionAsked, Delta, KeyFigures, Note, Paragraph, Points, Quote, Status, StatusList, Table
from mainstay.render.cells import in_words
from mainstay.render.cells import plain as said
from mainstay.render.charts import BarChart, HeatMap, LineChart, Timeline
from mainstay.render.pdf.content import content
from mainstay.render.tree import Beside, Section
from tests.render.reading import plain, words_of
from tests.render.sample import board_pack

REPORT = board_pack()


def said_by(block: object) -> Iterator[str]:
    """The words of a block that no format may leave out."""
    if isinstance(block, Section):
        yield block.title
        for inner in block.blocks:
            yield from said_by(inner)
    elif isinstance(block, Beside):
        yield from (*said_by(block.left), *said_by(block.right))
    else:
        yield from said_in_one(block)


def said_in_one(block: object) -> Iterator[str]:
    words = REPORT.words
    if isinstance(block, StatusList):
        yield from said_in(statuses(block, words))
    elif isinstance(block, Table):
        yield from said_in(block)
    elif isinstance(block, KeyFigures):
        for figure in block.figures:
            yield from (figure.label, figure.value.word if isinstance(figure.value, Status) else figure.value, figure.source)
            yield from (figure.delta.text,) if figure.delta else ()
    elif isinstance(block, DecisionAsked):
        yield block.ask
        yield from (text for _, text in facts_of(block, words))
        yield from (part for option in block.options for part in (option.name, option.effect))
    elif isinstance(block, Paragraph | Note):
        yield said(block.text)
    elif isinstance(block, Points):
        yield from map(said, block.items)
    elif isinstance(block, Quote):
        yield from (block.text, block.by, block.source)
    elif isinstance(block, LineChart | BarChart | HeatMap | Timeline):
        yield block.source


def said_in(table: Table) -> Iterator[str]:
    yield table.note
    for column in table.columns:
        yield column.title
    for one in table.rows:
        for value, column in zip(one.cells, table.columns, strict=True):
            if isinstance(value, str | tuple | Status | Delta):
                yield value.word if isinstance(value, Status) else in_words(value, column, REPORT.words)


def every_text() -> list[str]:
    return sorted({plain(text) for section in all_sections(REPORT) for text in said_by(section) if text})


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx", "html"])
def test_nothing_of_the_tree_is_missing(kind: str) -> None:
    found = words_of(REPORT, kind)
    assert [text for text in every_text() if text not in found] == []


def test_nothing_of_the_tree_is_missing_from_what_the_pdf_sets() -> None:
    found = plain(" ".join(strings(content(REPORT))))
    assert [text for text in every_text() if text not in found] == []


def strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        if "runs" in node:  # runs of one text follow each other without a gap
            yield "".join(run["text"] for run in node["runs"])
        for value in node.values():
            yield from strings(value)
    elif isinstance(node, list):
        if node and all(isinstance(one, dict) and "emph" in one for one in node):
            yield "".join(run["text"] for run in node)
        for value in node:
            yield from strings(value)


@pytest.mark.parametrize("kind", ["docx", "pptx", "html"])
def test_figures_of_tables_stand_in_words(kind: str) -> None:
    found = words_of(REPORT, kind)
    tables = [block for section in REPORT.sections for block in flat(section) if isinstance(block, Table)]
    told = {
        plain(in_words(value, column, REPORT.words))
        for table in tables
        for one in table.rows
        for value, column in zip(one.cells, table.columns, strict=True)
        if value is not None and not isinstance(value, Status)
    }
    assert len(told) > 70
    assert [text for text in told if text not in found] == []


def flat(section: Section) -> Iterator[object]:
    for block in section.blocks:
        if isinstance(block, Section):
            yield from flat(block)
        elif isinstance(block, Beside):
            yield from (block.left, block.right)
        else:
            yield block
