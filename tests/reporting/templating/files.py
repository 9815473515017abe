"""Templates made by the tests, and what a made document says."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from pptx import Presentation
from pptx.util import Inches

from mainstay.reporting.board_pack.facts import PackFacts
from mainstay.reporting.templating import making
from tests.reporting import board

DIGEST = "ab12" * 16
FACTS = board.facts(
    risks=(
        board.risk(1, "NIT-01", title="Gate {{marking}} slips", expected_cost=500_000, nature="threat"),
        board.risk(2, "NIT-02", title="Ground", expected_cost=900_000, nature="threat"),
        board.risk(3, "NIT-02", title="Cheap steel", expected_cost=100_000, nature="opportunity"),
    ),
    milestones=tuple(board.milestone(n, "NIT-01", title=f"Milestone {n}") for n in range(1, 4)),
)


def word(*paragraphs: str) -> bytes:
    file = Document()
    for text in paragraphs:
        file.add_paragraph(text)
    return saved(file)


def word_table(rows: Sequence[Sequence[str]]) -> bytes:
    file = Document()
    table = file.add_table(len(rows), len(rows[0]))
    for line, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, cells, strict=True):
            cell.text = text
    return saved(file)


def saved(file: Any) -> bytes:
    held = io.BytesIO()
    file.save(held)
    return held.getvalue()


def texts(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs if paragraph.text]


def rows_of(content: bytes, at: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(io.BytesIO(content)).tables[at].rows]


def made(content: bytes, kind: str = "docx", facts: PackFacts = FACTS) -> bytes:
    return making.made(content, kind, facts, DIGEST)


def checked(content: bytes, folder: Path, name: str = "own.docx") -> making.Checked:
    path = folder / name
    path.write_bytes(content)
    return making.check(path, name)


def with_part(content: bytes, name: str, held: bytes) -> bytes:
    """The package with one part put in or replaced."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, held)
    return written.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


def deck(*slides: Sequence[str]) -> bytes:
    """A presentation; the first text of each slide is its title, the others text boxes half a page high."""
    file: Any = Presentation()
    for first, *more in slides:
        slide = file.slides.add_slide(file.slide_layouts[5])
        slide.shapes.title.text = first
        for at, text in enumerate(more):
            slide.shapes.add_textbox(Inches(0.5), Inches(2 + 2.6 * at), Inches(9), Inches(2.4)).text_frame.text = text
    return saved(file)


def said(content: bytes) -> list[list[str]]:
    """The texts of each slide, tables row by row, without the line of the marking."""
    told = []
    for slide in Presentation(io.BytesIO(content)).slides:
        texts_there = []
        for shape in slide.shapes:
            if shape.has_table:
                texts_there += [" | ".join(cell.text for cell in row.cells) for row in shape.table.rows]
            elif shape.has_text_frame and shape.name != "Marking":
                texts_there += [line for line in shape.text_frame.text.split("\n") if line]
        told.append(texts_there)
    return told
