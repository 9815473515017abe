"""How wide each column of a table becomes on a page: by its weight, and never so narrow that a date, a figure or a word must break."""

from mainstay.render.blocks import Cell, Column, Status, Table
from mainstay.render.cells import in_words
from mainstay.render.widths import line_count, widest_word
from mainstay.render.words import Words

LONGEST_WORD = 18
"""Words longer than this are broken rather than given room."""
ROWS_LOOKED_AT = 600


def is_strong(value: Cell, column: Column) -> bool:
    return column.heads_row or isinstance(value, Status)


def least_width(table: Table, at: int, words: Words, points: float) -> float:
    """The widest word of the column, in points."""
    column = table.columns[at]
    widest = widest_word(column.title, points, True)
    rows = (*table.rows[:ROWS_LOOKED_AT], *((table.total,) if table.total else ()))
    for row in rows:
        told = in_words(row.cells[at], column, words)
        short = " ".join(word for word in told.split(" ") if len(word) <= LONGEST_WORD)
        widest = max(widest, widest_word(short[:2000], points, is_strong(row.cells[at], column) or row is table.total))
    return widest


def fitted(table: Table, words: Words, room: float, points: float, padding: float) -> list[float]:
    """Widths in points that add to `room`: the weights' shares, with what narrow columns lack taken from the others."""
    least = [least_width(table, at, words, points) + padding for at in range(len(table.columns))]
    if sum(least) >= room:
        return [room * one / sum(least) for one in least]
    weights = [max(column.weight, 0.05) for column in table.columns]
    fixed: set[int] = set()
    while True:
        left = room - sum(least[at] for at in fixed)
        share = left / (sum(weights[at] for at in range(len(weights)) if at not in fixed) or 1)
        short = {at for at in range(len(weights)) if at not in fixed and weights[at] * share < least[at]}
        if not short:
            return [least[at] if at in fixed else weights[at] * share for at in range(len(weights))]
        fixed |= short


def row_lines(told: list[str], strong: list[bool], widths: list[float], points: float, padding: float) -> int:
    """On how many lines the tallest cell of a row falls."""
    return max(line_count(text, points, wide - padding, bold) for text, bold, wide in zip(told, strong, widths, strict=True))
