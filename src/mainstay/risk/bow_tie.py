"""A risk as a bow-tie: causes with what prevents on the left, the event in the middle, effects with what recovers on the right."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

BOX, BARRIER, GAP, HEIGHT, LINE = 200, 170, 30, 62, 14
WIDE, NARROW = 29, 24
"""Letters in a line of a box and of a barrier."""
MOST_LINES = 3
COLUMNS = (0, BOX + GAP, BOX + BARRIER + 2 * GAP, 2 * BOX + BARRIER + 3 * GAP, 2 * BOX + 2 * BARRIER + 4 * GAP)
"""Left edges of causes, barriers, event, barriers and effects."""
WIDTH = 3 * BOX + 2 * BARRIER + 4 * GAP


@dataclass(frozen=True, slots=True)
class Item:
    """One box: what it says, and what the drawing and the table tell by its kind."""

    text: str
    kind: str = ""
    """Of a barrier: `in_place`, `planned` or `underway`."""
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class BowTie:
    event: str
    causes: Sequence[Item]
    preventing: Sequence[Item]
    recovering: Sequence[Item]
    effects: Sequence[Item]

    @property
    def height(self) -> int:
        return max(len(self.causes), len(self.preventing), len(self.recovering), len(self.effects), 1) * (HEIGHT + LINE) + LINE

    @property
    def width(self) -> int:
        return WIDTH


def drawing(tie: BowTie) -> SafeString:
    """The body of the SVG; the table beside it says the same."""
    middle = tie.height / 2
    event = COLUMNS[2]
    parts = [line(BOX, y, event, middle) for y in middles(len(tie.causes), tie.height)]
    parts += [line(event + BOX, middle, COLUMNS[4], y) for y in middles(len(tie.effects), tie.height)]
    parts += boxes(tie.causes, COLUMNS[0], tie.height, "ms-base")
    parts += [barrier(item, COLUMNS[1], y) for item, y in zip(tie.preventing, middles(len(tie.preventing), tie.height), strict=True)]
    parts.append(box(Item(tie.event), event, middle, "crit", BOX, WIDE, is_strong=True))
    parts += [barrier(item, COLUMNS[3], y) for item, y in zip(tie.recovering, middles(len(tie.recovering), tie.height), strict=True)]
    parts += boxes(tie.effects, COLUMNS[4], tie.height, "ms-base")
    # Numbers of our own, and words that have been escaped.
    return mark_safe("".join(parts))  # noqa: S308


def middles(count: int, height: int) -> list[float]:
    """The middles of so many boxes, spread evenly over the height."""
    return [height * (2 * number + 1) / (2 * count) for number in range(count)]


def line(x: float, y: float, to_x: float, to_y: float) -> str:
    half = (x + to_x) / 2
    return f'<path class="link" d="M{x} {y:.1f}C{half} {y:.1f} {half} {to_y:.1f} {to_x} {to_y:.1f}"/>'


def boxes(items: Sequence[Item], x: int, height: int, kind: str) -> list[str]:
    return [box(item, x, y, kind, BOX, WIDE) for item, y in zip(items, middles(len(items), height), strict=True)]


def barrier(item: Item, x: int, y: float) -> str:
    """What is in place is filled; what is still to come is dashed."""
    return box(item, x, y, "bar" if item.kind == "in_place" else "barrier", BARRIER, NARROW)


def box(item: Item, x: int, y: float, kind: str, width: int, letters: int, *, is_strong: bool = False) -> str:
    lines = textwrap.wrap(item.text, letters, max_lines=MOST_LINES, placeholder=" …") or ["–"]
    top = y - (len(lines) - 1) * LINE / 2 + 4
    weight = "b" if is_strong else "small"
    told = "".join(f'<tspan x="{x + width / 2}" y="{top + number * LINE:.1f}">{escape(text)}</tspan>' for number, text in enumerate(lines))
    return (
        f"<g><title>{escape(item.text)}</title>"
        f'<rect class="{kind}" x="{x + 1}" y="{y - HEIGHT / 2:.1f}" width="{width - 2}" height="{HEIGHT}" rx="3"/>'
        f'<text class="{weight}" text-anchor="middle">{told}</text></g>'
    )
