"""How wide text runs in Arial, to lay out slides and rows before any office opens them. Advance widths in thousandths of the size."""

from functools import lru_cache

# fmt: off
REGULAR = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556,
    278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,
    611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833,
    556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)
BOLD = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556,
    333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667,
    611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889,
    611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
)
# fmt: on
OTHERS = {"\u00a0": 278, "−": 584, "–": 556, "—": 1000, "…": 1000, "▲": 990, "■": 604, "●": 604, "○": 604, "✓": 800, "\u200b": 0}
WIDE_FROM, WIDE, OTHER = 0x1100, 1000, 611


@lru_cache(maxsize=4096)
def of_sign(sign: str, is_bold: bool) -> int:
    code = ord(sign)
    if 32 <= code < 127:
        return (BOLD if is_bold else REGULAR)[code - 32]
    return OTHERS.get(sign, WIDE if code >= WIDE_FROM and not 0x1E00 <= code < 0x2E80 else OTHER)


@lru_cache(maxsize=16384)
def width(text: str, points: float, is_bold: bool = False) -> float:
    """The width of one line in points."""
    return sum(of_sign(sign, is_bold) for sign in text) * points / 1000


def line_count(text: str, points: float, room: float, is_bold: bool = False) -> int:
    """On how many lines the text falls in `room` points; a word wider than the room is broken, as offices do."""
    count = 0
    for paragraph in text.split("\n"):
        count += 1
        used = 0.0
        gap = width(" ", points, is_bold)
        for word in paragraph.split(" "):
            wide = width(word, points, is_bold)
            if used and used + gap + wide > room:
                count, used = count + 1, 0.0
            if wide > room:
                count += int(wide // room)
                wide %= room
            used += (gap if used else 0) + wide
    return count


def widest_word(text: str, points: float, is_bold: bool = False) -> float:
    """The widest stretch that may not be broken; a no-break space holds its words together."""
    return max((width(word, points, is_bold) for line in text.split("\n") for word in line.split(" ")), default=0.0)
