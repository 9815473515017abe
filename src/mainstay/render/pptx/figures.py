"""Headline figures on a slide: label, value, difference, source; up to six in a row."""

from __future__ import annotations

from math import ceil
from typing import Any

from mainstay.render import palette
from mainstay.render.blocks import Figure, KeyFigures, Status
from mainstay.render.cells import glyph_and_word
from mainstay.render.cleaning import clean
from mainstay.render.pptx.shapes import Said, add_words, said, words_height

IN_A_ROW = 6
BETWEEN = 0.16
VALUE = 17


def said_figure(figure: Figure) -> list[list[Said]]:
    value = glyph_and_word(figure.value) if isinstance(figure.value, Status) else clean(figure.value)
    ink = palette.LOOKS[figure.value.shape].ink if isinstance(figure.value, Status) else palette.INK
    told = [[said(figure.label, ink=palette.MUTED)], [said(value, strong=True, ink=ink, points=VALUE)]]
    if figure.delta:
        told.append([said(figure.delta.text, ink=palette.SENSE_INK[figure.delta.sense])])
    if figure.source:
        told.append([said(figure.source, ink=palette.MUTED, emphasis=figure.is_stale, points=10)])
    return told


def one_width(block: KeyFigures, wide: float) -> float:
    count = min(IN_A_ROW, max(1, len(block.figures))) if wide > 9 else 2
    return (wide - BETWEEN * (count - 1)) / count


def rows_of(block: KeyFigures, wide: float) -> list[tuple[Figure, ...]]:
    count = IN_A_ROW if wide > 9 else 2
    return [block.figures[at * count : (at + 1) * count] for at in range(ceil(len(block.figures) / count))]


def figures_height(block: KeyFigures, wide: float) -> float:
    each = one_width(block, wide)
    return sum(max(words_height(said_figure(one), 11, each, 1) for one in row) + 0.16 for row in rows_of(block, wide))


def add_figures(slide: Any, block: KeyFigures, x: float, y: float, wide: float) -> float:
    each = one_width(block, wide)
    for row in rows_of(block, wide):
        high = max(words_height(said_figure(one), 11, each, 1) for one in row)
        for at, figure in enumerate(row):
            add_words(
                slide.shapes, (x + at * (each + BETWEEN), y, each, high), said_figure(figure), 11, name=f"Figure {figure.label}", gap=1
            )
        y += high + 0.16
    return y - 0.08
