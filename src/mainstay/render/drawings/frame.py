"""Axes: the field that values are drawn on, with its grid, ticks and names."""

from __future__ import annotations

from dataclasses import dataclass

from mainstay.render.charts import Axis, Limit
from mainstay.render.drawings.canvas import SMALL, Canvas
from mainstay.render.scales import Scale, label
from mainstay.render.widths import width


@dataclass(frozen=True, slots=True)
class Field:
    """Where the values lie on the canvas."""

    left: float
    top: float
    right: float
    bottom: float

    def x(self, share: float) -> float:
        return self.left + (self.right - self.left) * share

    def y(self, share: float) -> float:
        return self.bottom - (self.bottom - self.top) * share


def label_room(scale: Scale, axis: Axis) -> float:
    return max(width(label(tick, axis, scale.step), SMALL) for tick in scale.ticks) + 10


def upright_axis(canvas: Canvas, field: Field, scale: Scale, axis: Axis) -> None:
    """Labels at the left with a line of the grid for each, and the axis' name along them."""
    for tick in scale.ticks:
        y = field.y(scale.share(tick))
        canvas.line(field.left, y, field.right, y, "grid")
        canvas.words(field.left - 8, y + 4, label(tick, axis, scale.step), "soft", "end")
    if axis.name:
        canvas.words(13, (field.top + field.bottom) / 2, axis.name, "soft", "middle", turned=True)


def level_axis(canvas: Canvas, field: Field, scale: Scale, axis: Axis, *, grid: bool = False) -> None:
    canvas.line(field.left, field.bottom, field.right, field.bottom, "axis")
    for tick in scale.ticks:
        x = field.x(scale.share(tick))
        canvas.line(x, field.top if grid else field.bottom, x, field.bottom if grid else field.bottom + 4, "grid" if grid else "axis")
        canvas.words(x, field.bottom + 17, label(tick, axis, scale.step), "soft", "middle")
    level_name(canvas, field, axis)


def level_name(canvas: Canvas, field: Field, axis: Axis) -> None:
    if axis.name:
        canvas.words((field.left + field.right) / 2, field.bottom + 36, axis.name, "soft", "middle")


def limits_across(canvas: Canvas, field: Field, limits: tuple[Limit, ...], x: Scale | None, y: Scale | None) -> None:
    """Straight lines with their labels at the free end."""
    for limit in limits:
        if limit.along == "x" and x:
            at = field.x(x.share(limit.at))
            canvas.line(at, field.top - 4, at, field.bottom, "limit")
            is_late = x.share(limit.at) > 0.5
            canvas.words(at + (-6 if is_late else 6), field.top + 8, limit.label, "", "end" if is_late else "start")
        elif limit.along == "y" and y:
            at = field.y(y.share(limit.at))
            canvas.line(field.left, at, field.right, at, "limit")
            canvas.words(field.right, at - 5, limit.label, "", "end")
