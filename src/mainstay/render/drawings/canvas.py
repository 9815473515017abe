"""The few strokes that charts are made of, as SVG elements that carry classes and no style."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Literal

from mainstay.render import palette
from mainstay.render.cleaning import one_line
from mainstay.render.widths import width

Anchor = Literal["start", "middle", "end"]
SMALL = 12

LIGHT = f"""
text{{font-family:"{palette.PDF_FONT}";font-size:{SMALL}px;fill:#{palette.INK}}}
.soft{{fill:#{palette.MUTED}}} .strong{{font-weight:600}}
.grid{{stroke:#{palette.GRID};fill:none}} .axis{{stroke:#76838F;fill:none}}
.limit{{stroke:#{palette.INK};stroke-width:1.3;stroke-dasharray:2 3;fill:none}}
.now{{stroke:#{palette.INK};stroke-width:1.3;stroke-dasharray:5 3;fill:none}}
.l1{{stroke:#{palette.DATA_1};stroke-width:2.6;fill:none}}
.l2{{stroke:#{palette.DATA_2};stroke-width:2;stroke-dasharray:8 4;fill:none}}
.l3{{stroke:#{palette.DATA_3};stroke-width:2;stroke-dasharray:2 3;fill:none}}
.b1{{fill:#{palette.DATA_1};stroke:#{palette.DATA_1}}} .b2{{fill:#FFFFFF;stroke:#{palette.DATA_2};stroke-width:1.5}}
.b3{{fill:#{palette.DATA_FILL};stroke:#{palette.DATA_3}}}
.done{{fill:#{palette.DATA_1};stroke:#{palette.DATA_1}}} .ahead{{fill:#{palette.DATA_FILL};stroke:#{palette.DATA_1}}}
.unknown{{fill:#FFFFFF;stroke:#{palette.DATA_3};stroke-dasharray:3 2}}
.range{{stroke:#{palette.DATA_2};stroke-width:2;fill:none}} .base{{fill:#FFFFFF;stroke:#{palette.INK};stroke-width:1.3}}
.met{{fill:#{palette.INK};stroke:#{palette.INK}}} .mark{{fill:#{palette.DATA_1};stroke:#FFFFFF}} .halo{{fill:#FFFFFF;stroke:none}}
.green{{fill:#166F3D}} .amber{{fill:#B85C00}} .red{{fill:#B3231C}} .none{{fill:none;stroke:#64717D;stroke-width:1.6}}
""".strip()


def number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


@dataclass
class Canvas:
    """A drawing in the making: elements in the order they are painted."""

    wide: float
    high: float
    parts: list[str] = field(default_factory=list)

    def line(self, x1: float, y1: float, x2: float, y2: float, look: str) -> None:
        self.parts.append(f'<line class="{look}" x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"/>')

    def box(self, x: float, y: float, wide: float, high: float, look: str) -> None:
        if wide < 0:
            x, wide = x + wide, -wide
        if high < 0:
            y, high = y + high, -high
        self.parts.append(f'<rect class="{look}" x="{number(x)}" y="{number(y)}" width="{number(wide)}" height="{number(high)}"/>')

    def path(self, points: list[tuple[float, float]], look: str, *, closed: bool = False) -> None:
        if points:
            told = "L".join(f"{number(x)} {number(y)}" for x, y in points)
            self.parts.append(f'<path class="{look}" d="M{told}{"Z" if closed else ""}"/>')

    def dot(self, x: float, y: float, radius: float, look: str) -> None:
        self.parts.append(f'<circle class="{look}" cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>')

    def diamond(self, x: float, y: float, half: float, look: str) -> None:
        self.path([(x, y - half), (x + half, y), (x, y + half), (x - half, y)], look, closed=True)

    def words(self, x: float, y: float, text: str, look: str = "", anchor: Anchor = "start", *, turned: bool = False) -> None:
        """Text with its baseline at `y`; `turned` reads upwards."""
        kind = f' class="{look}"' if look else ""
        place = f' text-anchor="{anchor}"' if anchor != "start" else ""
        turn = f' transform="rotate(-90 {number(x)} {number(y)})"' if turned else ""
        self.parts.append(f'<text{kind} x="{number(x)}" y="{number(y)}"{place}{turn}>{escape(one_line(text))}</text>')

    def status(self, x: float, y: float, shape: str) -> None:
        """The shape of a status, its middle at the point given."""
        if shape in {"green", "none", "done"}:
            self.dot(x, y, 4.5, "green" if shape == "done" else shape)
        elif shape == "amber":
            self.path([(x, y - 5), (x + 5.5, y + 4.5), (x - 5.5, y + 4.5)], shape, closed=True)
        else:
            self.box(x - 4.5, y - 4.5, 9, 9, shape)

    def svg(self, style: str = "", attributes: str = "") -> str:
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(self.wide)} {number(self.high)}"{attributes}>'
        return head + (f"<style>{style}</style>" if style else "") + "".join(self.parts) + "</svg>"


def clipped(text: str, room: float, points: float = SMALL, *, is_bold: bool = False) -> str:
    """The text, cut with an ellipsis when it is wider than `room`."""
    text = one_line(text)
    if width(text, points, is_bold) <= room:
        return text
    while text and width(text + "…", points, is_bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def folded(text: str, room: float, most: int = 2, *, is_bold: bool = False) -> list[str]:
    """The text on at most `most` lines of `room`, the last one cut when it does not fit."""
    found: list[str] = []
    words = one_line(text).split()
    while words and len(found) < most - 1:
        at = 1
        while at < len(words) and width(" ".join(words[: at + 1]), SMALL, is_bold) <= room:
            at += 1
        found.append(clipped(" ".join(words[:at]), room, is_bold=is_bold))
        words = words[at:]
    return found + ([clipped(" ".join(words), room, is_bold=is_bold)] if words else [])


def legend(canvas: Canvas, entries: list[tuple[str, str, str]], x: float, y: float) -> float:
    """Names beside their looks, in rows from `x`; gives the y under the last row. An entry: line, box, diamond or range; look; name."""
    at = x
    for sort, look, name in entries:
        room = 42 + width(name, SMALL) + 18
        if at > x and at + room > canvas.wide - 4:
            at, y = x, y + 18
        if sort == "line":
            canvas.line(at, y - 4, at + 30, y - 4, look)
        elif sort == "box":
            canvas.box(at + 4, y - 9, 24, 9, look)
        elif sort == "diamond":
            canvas.diamond(at + 18, y - 4, 5, look)
        else:
            canvas.path([(at + 2, y - 9), (at + 2, y + 1), (at + 2, y - 4), (at + 28, y - 4), (at + 28, y - 8), (at + 28, y)], look)
        canvas.words(at + 37, y, name)
        at += room
    return y + 12
