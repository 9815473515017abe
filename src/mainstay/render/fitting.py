"""How wide each column of a table becomes on a page: by its weight, and never so narrow that a date, a figure or a word must break."""

from collections.abc import Iterator

from mainstay.render.blocks import Cell, Column, Status, Table
from mainstay.render.cells import in_words
from mainstay.render.widths import widest_word, width
from mainstay.render.words import Words

LONGEST_WORD = 18
"""Words longer than this are broken rather than given room."""
SMALLEST = 5.0
ROWS_LOOKED_AT = 600


def is_strong(value: Cell, column: Column) -> bool:
    return column.heads_row or isinstance(value, Status)


def told_cells(table: Table, at: int, words: Words) -> Iterator[tuple[str, bool]]:
    """What the cells of a column say, and whether in bold; the head first."""
    column = table.columns[at]
    yield column.title, True
    for row in (*table.rows[:ROWS_LOOKED_AT], *((table.total,) if table.total else ())):
        yield in_words(row.cells[at], column, words)[:2000], is_strong(row.cells[at], column) or row is table.total


def least_width(table: Table, at: int, words: Words, points: float) -> float:
    """The widest word of the column, in points."""
    widest = 0.0
    for told, is_bold in told_cells(table, at, words):
        short = " ".join(word for word in told.split(" ") if len(word) <= LONGEST_WORD)
        widest = max(widest, widest_word(short, points, is_bold))
    return widest


def whole_width(table: Table, at: int, words: Words, points: float) -> float:
    """What the column needs to break no text at all, in points."""
    return max(width(line, points, is_bold) for told, is_bold in told_cells(table, at, words) for line in told.split("\n"))


def fitted(table: Table, words: Words, room: float, points: float, padding: float) -> list[float]:
    """Widths in points that add to `room`: the weights' shares, but no column narrower than its widest word while there is room,
    and none wider than all that it says while another would have to break its texts."""
    every = range(len(table.columns))
    least = [least_width(table, at, words, points) + padding for at in every]
    if sum(least) >= room:
        return [room * one / sum(least) for one in least]
    weights = [max(column.weight, 0.05) for column in table.columns]
    most = [max(least[at], whole_width(table, at, words, points) + padding) for at in every]
    if sum(most) <= room:
        return shared(room, weights, most, [room] * len(most))
    return shared(room, weights, least, most)


def size_for(table: Table, words: Words, room: float, points: float, padding: float) -> float:
    """The size of type, smaller than `points` only when the words of the columns would not stand beside each other otherwise."""
    needed = sum(least_width(table, at, words, points) for at in range(len(table.columns)))
    left = room - padding * len(table.columns)
    return points if needed <= left else max(SMALLEST, points * max(left, 1) / needed)


def shared(room: float, weights: list[float], least: list[float], most: list[float]) -> list[float]:
    """The room by weights between the bounds: whoever passes a bound stands at it, and the others share what that leaves."""
    fixed: dict[int, float] = {}
    while len(fixed) < len(weights):
        free = [at for at in range(len(weights)) if at not in fixed]
        unit = (room - sum(fixed.values())) / sum(weights[at] for at in free)
        lack = {at: least[at] for at in free if weights[at] * unit < least[at]}
        spare = {at: most[at] for at in free if weights[at] * unit > most[at]}
        if not lack and not spare:
            return [fixed.get(at, weights[at] * unit) for at in range(len(weights))]
        lacking = sum(least[at] - weights[at] * unit for at in lack)
        sparing = sum(weights[at] * unit - most[at] for at in spare)
        fixed |= lack if lacking >= sparing else spare
    return [fixed[at] for at in range(len(weights))]
