"""A line chart: curves of chance, cumulative sums, trends."""

from mainstay.render.charts import LineChart
from mainstay.render.drawings.canvas import SMALL, Canvas, legend
from mainstay.render.drawings.frame import Field, label_room, level_axis, level_name, limits_across, upright_axis
from mainstay.render.scales import Scale, label, scale
from mainstay.render.widths import width

LOOKS = ("l1", "l2", "l3")


def lines(chart: LineChart, wide: float) -> Canvas:
    canvas = Canvas(wide, 330 if wide > 480 else 300)
    shown = chart.lines[:3]
    y = scale((value for line in shown for _, value in line.points), chart.y)
    top = legend(canvas, [("line", LOOKS[at], line.name) for at, line in enumerate(shown)], 20, 16) if len(shown) > 1 else 8
    left = label_room(y, chart.y) + (22 if chart.y.name else 4)
    x = along(chart)
    ends = chart.ticks[-1:] if chart.ticks else (label(x.high, chart.x, x.step),)
    margin = max(14, *(width(end, SMALL) / 2 + 2 for end in ends))
    field = Field(left, top + 14, wide - margin, canvas.high - (44 if chart.x.name else 26))
    upright_axis(canvas, field, y, chart.y)
    if chart.ticks:
        named_ticks(canvas, field, x, chart)
    else:
        level_axis(canvas, field, x, chart.x)
    limits_across(canvas, field, chart.limits, x, y)
    for at, line in reversed(list(enumerate(shown))):
        for part in unbroken(line.points):
            canvas.path([(field.x(x.share(a)), field.y(y.share(b))) for a, b in part], LOOKS[at])
    for mark in chart.marks:
        marked(canvas, field, field.x(x.share(mark.x)), field.y(y.share(mark.y)), mark.label)
    return canvas


def along(chart: LineChart) -> Scale:
    if chart.ticks:
        return Scale(0, max(1, len(chart.ticks) - 1), 1)
    xs = [x for line in chart.lines for x, _ in line.points] + [limit.at for limit in chart.limits if limit.along == "x"]
    return scale(xs, chart.x, most=7)


def named_ticks(canvas: Canvas, field: Field, x: Scale, chart: LineChart) -> None:
    canvas.line(field.left, field.bottom, field.right, field.bottom, "axis")
    room = (field.right - field.left) / max(1, len(chart.ticks) - 1)
    each = 1 + int(max(width(name, SMALL) for name in chart.ticks) // max(room, 1))
    for at, name in enumerate(chart.ticks):
        if at % each == 0:
            canvas.words(field.x(x.share(at)), field.bottom + 17, name, "soft", "middle")
    level_name(canvas, field, chart.x)


def unbroken(points: tuple[tuple[float, float | None], ...]) -> list[list[tuple[float, float]]]:
    """The stretches between gaps."""
    parts: list[list[tuple[float, float]]] = [[]]
    for x, y in points:
        if y is None:
            parts.append([])
        else:
            parts[-1].append((x, y))
    return [part for part in parts if part]


def marked(canvas: Canvas, field: Field, x: float, y: float, label: str) -> None:
    """A point and its label: on the left in the lower part, on the right in the upper, where a rising curve leaves room."""
    room = width(label, SMALL, True) + 6
    canvas.dot(x, y, 4.5, "mark")
    is_right = y < field.top + (field.bottom - field.top) * 0.4 and x + room + 9 < field.right
    start = x + 9 if is_right or x - room - 8 < field.left else x - room - 8
    canvas.box(start, y - 9, room, 16, "halo")
    canvas.words(start + 3, y + 3, label, "strong")
