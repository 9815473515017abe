"""Bar charts: standing for periods and histograms, lying for drivers. Always from zero."""

from mainstay.render.charts import BarChart
from mainstay.render.drawings.canvas import SMALL, Canvas, clipped, folded, legend
from mainstay.render.drawings.frame import Field, label_room, level_axis, level_name, limits_across, upright_axis
from mainstay.render.scales import Scale, label, scale
from mainstay.render.widths import width

LOOKS = ("b1", "b2", "b3")


def bars(chart: BarChart, wide: float) -> Canvas:
    return lying(chart, wide) if chart.is_lying else standing(chart, wide)


def reach(chart: BarChart) -> Scale:
    """The scale of the values: of their sums where they stand on one another."""
    shown = chart.series[:3]
    if not chart.is_stacked:
        return scale((value for one in shown for value in one.values), chart.value, from_zero=True)
    sums = [sum(max(0, one.values[at] or 0) for one in shown) for at in range(len(chart.categories))]
    lows = [sum(min(0, one.values[at] or 0) for one in shown) for at in range(len(chart.categories))]
    return scale([*sums, *lows], chart.value, from_zero=True)


def heads(chart: BarChart, canvas: Canvas) -> float:
    shown = chart.series[:3]
    return legend(canvas, [("box", LOOKS[at], one.name) for at, one in enumerate(shown)], 20, 16) if len(shown) > 1 else 8


def standing(chart: BarChart, wide: float) -> Canvas:
    canvas = Canvas(wide, 300)
    values = reach(chart)
    top = heads(chart, canvas)
    left = label_room(values, chart.value) + (22 if chart.value.name else 4)
    field = Field(left, top + 12, wide - 10, canvas.high - (46 if chart.category.name else 28))
    upright_axis(canvas, field, values, chart.value)
    slot = (field.right - field.left) / max(1, len(chart.categories))
    each = 1 + int(max((width(name, SMALL) for name in chart.categories), default=0) // max(slot, 1))
    for at, name in enumerate(chart.categories):
        middle = field.left + slot * (at + 0.5)
        if at % each == 0:
            canvas.words(middle, field.bottom + 17, clipped(name, max(slot * each, 90)), "soft", "middle")
        for start, size, low, high, look in placed(chart, at, slot):
            canvas.box(
                field.left + slot * at + start,
                field.y(values.share(high)),
                size,
                field.y(values.share(low)) - field.y(values.share(high)),
                look,
            )
    zero = field.y(values.share(0))
    canvas.line(field.left, zero, field.right, zero, "axis")
    level_name(canvas, field, chart.category)
    limits_across(canvas, field, chart.limits, None, values)
    return canvas


def placed(chart: BarChart, at: int, slot: float) -> list[tuple[float, float, float, float, str]]:
    """The bars of one category: start and size across the slot, low and high value, look."""
    shown = chart.series[:3]
    room = slot if chart.is_histogram else min(slot * 0.72, 34 * (1 if chart.is_stacked else len(shown)))
    start, found = (slot - room) / 2, []
    above = below = 0.0
    for number, one in enumerate(shown):
        value = one.values[at]
        if value is None:
            continue
        if chart.is_stacked:
            base = above if value >= 0 else below
            found.append((start, room, base, base + value, LOOKS[number]))
            above, below = (above + value, below) if value >= 0 else (above, below + value)
        else:
            each = room / len(shown)
            found.append((start + each * number, each - (1 if chart.is_histogram else 0), 0.0, value, LOOKS[number]))
    return found


def lying(chart: BarChart, wide: float) -> Canvas:
    shown = chart.series[:3]
    high = 26 if chart.is_stacked or len(shown) == 1 else 13 * len(shown) + 10
    canvas = Canvas(wide, 0)
    top = heads(chart, canvas)
    canvas.high = top + max(1, len(chart.categories)) * high + (50 if chart.value.name else 32)
    names = min(wide * 0.36, max((width(name, SMALL) for name in chart.categories), default=0) + 14)
    values = reach(chart)
    field = Field(names + 4, top, wide - 46, top + max(1, len(chart.categories)) * high)
    level_axis(canvas, field, values, chart.value, grid=True)
    for at, name in enumerate(chart.categories):
        y = field.top + high * at
        told = folded(name, names - 10, 2 if high >= 26 else 1)
        for number, text in enumerate(told):
            canvas.words(names - 4, y + high / 2 + 4 + 13 * (number - (len(told) - 1) / 2), text, "", "end")
        for start, size, low, most, look in placed(chart, at, high):
            canvas.box(field.x(values.share(low)), y + start, field.x(values.share(most)) - field.x(values.share(low)), size, look)
        if len(shown) == 1 and (value := shown[0].values[at]) is not None:
            canvas.words(field.x(values.share(max(0, value))) + 6, y + high / 2 + 4, label(value, chart.value, values.step), "strong")
    zero = field.x(values.share(0))
    canvas.line(zero, field.top, zero, field.bottom, "axis")
    limits_across(canvas, field, chart.limits, values, None)
    return canvas
