"""Where everything of a plan on a page lies: plain shapes in points from the top left, which each writer draws in its own way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from mainstay.render import palette, typography
from mainstay.render.drawings.canvas import clipped
from mainstay.render.plan_page.page import Bar, PlanPage
from mainstay.render.scales import date_ticks

AXIS, KEY, LEAST_ROW, MOST_ROW = 26.0, 22.0, 11.0, 20.0
GHOST = "BCC5CD"
RED_WASH, RED = "FBE6E4", "B3231C"


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    wide: float
    high: float
    fill: str
    edge: str = ""
    shape: Literal["box", "diamond"] = "box"
    edge_points: float = 0.75


@dataclass(frozen=True, slots=True)
class Stroke:
    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    points: float = 0.5
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    x: float
    y: float
    """The top of the line."""
    text: str
    points: float
    room: float
    is_strong: bool = False
    colour: str = palette.INK


Shape = Box | Stroke | Words


def per_page(high: float) -> int:
    return max(1, int((high - AXIS - KEY) / LEAST_ROW))


def pages(page: PlanPage, wide: float, high: float) -> list[tuple[Shape, ...]]:
    """The shapes of each page; all pages keep the same axis."""
    most = per_page(high)
    parts = [page.bars[at : at + most] for at in range(0, max(1, len(page.bars)), most)]
    return [tuple(Layout(page, bars, wide, high).shapes()) for bars in parts]


class Layout:
    """One page of rows."""

    def __init__(self, page: PlanPage, bars: tuple[Bar, ...], wide: float, high: float) -> None:
        self.page, self.bars, self.wide, self.high = page, bars, wide, high
        self.row = min(MOST_ROW, (high - AXIS - KEY) / max(1, len(bars)))
        self.names = min(wide * 0.3, 250.0)
        days = [page.as_at, *(day for bar in page.bars for day in (bar.start, bar.finish, bar.baseline_start, bar.baseline_finish) if day)]
        air = timedelta(days=max(10, (max(days) - min(days)).days // 40))
        self.first, self.last = min(days) - air, max(days) + air
        self.bottom = AXIS + self.row * len(bars)

    def x(self, day: date) -> float:
        return self.names + (self.wide - self.names) * (day - self.first).days / max(1, (self.last - self.first).days)

    def shapes(self) -> Iterator[Shape]:
        for at, bar in enumerate(self.bars):
            if bar.kind == "project":
                yield Box(0, AXIS + at * self.row, self.wide, self.row, palette.SUNKEN)
        for day, name in date_ticks(self.first, self.last, 10):
            yield Stroke(self.x(day), AXIS - 6, self.x(day), self.bottom, palette.GRID)
            if self.x(day) + 42 < self.wide:
                yield Words(self.x(day) + 2, AXIS - 14, name, 8, 60, colour=palette.MUTED)
        for at, bar in enumerate(self.bars):
            yield from self.line(bar, AXIS + at * self.row)
        now = self.x(self.page.as_at)
        yield Stroke(now, AXIS - 8, now, self.bottom, palette.DATA_1, 1.25, is_dashed=True)
        told = f"{self.page.key.as_at} {typography.day(self.page.as_at)}"
        yield Words(min(now + 3, self.wide - 90), 0, told, 8, 90, is_strong=True, colour=palette.DATA_1)
        yield from self.legend(self.bottom + 7)

    def line(self, bar: Bar, top: float) -> Iterator[Shape]:
        size = 8.5 if self.row >= 13 else 7.5
        indent = {"project": 2.0, "summary": 8.0}.get(bar.kind, 14.0)
        room = self.names - indent - 54
        is_strong = bar.kind in ("project", "summary")
        text = clipped(bar.name, room * 12 / size, is_bold=is_strong)
        yield Words(indent, top + (self.row - size * 1.25) / 2, text, size, room + 6, is_strong=is_strong)
        yield Words(self.names - 52, top + (self.row - 9.4) / 2, typography.day(bar.finish), 7.5, 52, colour=palette.MUTED)
        left, right = self.x(bar.start), max(self.x(bar.finish), self.x(bar.start) + 1.5)
        thick = self.row * 0.45
        if bar.baseline_finish and bar.kind != "milestone":
            begin = self.x(bar.baseline_start or bar.baseline_finish)
            yield Box(begin, top + self.row * 0.72, max(self.x(bar.baseline_finish) - begin, 1), self.row * 0.14, GHOST)
        if bar.kind == "milestone":
            yield from self.diamonds(bar, top)
        elif bar.kind in ("project", "summary"):
            yield Box(left, top + self.row * 0.3, right - left, self.row * (0.28 if bar.kind == "project" else 0.18), palette.MUTED)
        else:
            fill, edge = (RED_WASH, RED) if bar.is_critical else (palette.DATA_FILL, palette.DATA_1)
            yield Box(left, top + self.row * 0.2, right - left, thick, fill, edge, edge_points=1.25 if bar.is_critical else 0.5)
            if bar.done:
                yield Box(left, top + self.row * 0.35, (right - left) * min(bar.done, 1.0), thick * 0.35, edge)

    def diamonds(self, bar: Bar, top: float) -> Iterator[Shape]:
        half, middle = min(self.row * 0.34, 5.0), top + self.row * 0.45
        if bar.baseline_finish:
            at = self.x(bar.baseline_finish)
            yield Box(at - half * 0.8, middle - half * 0.2, half * 1.6, half * 1.6, GHOST, shape="diamond")
        at = self.x(bar.finish)
        yield Box(at - half, middle - half, 2 * half, 2 * half, RED if bar.is_critical else palette.INK, shape="diamond")

    def legend(self, top: float) -> Iterator[Shape]:
        key, x = self.page.key, 2.0
        entries = (("done", key.done), ("bar", key.activity), ("critical", key.critical), ("ghost", key.baseline), ("point", key.milestone))
        for kind, text in entries:
            if kind == "point":
                yield Box(x + 5, top, 9, 9, palette.INK, shape="diamond")
            elif kind == "ghost":
                yield Box(x, top + 3, 20, 3, GHOST)
            else:
                fill = {"done": palette.DATA_1, "critical": RED_WASH}.get(kind, palette.DATA_FILL)
                yield Box(x, top, 20, 9, fill, RED if kind == "critical" else palette.DATA_1)
            yield Words(x + 25, top - 0.5, text, 8, 90)
            x += 40 + 4.6 * len(text)
        if self.page.left_out:
            yield Words(x + 8, top - 0.5, self.page.left_out, 8, self.wide - x - 8, colour=palette.MUTED)
