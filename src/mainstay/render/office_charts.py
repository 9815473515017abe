"""Charts native to slides and text documents: a reader can open their numbers. Written once, placed by both walkers."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_DATA_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from mainstay.render import palette
from mainstay.render.charts import Axis, BarChart, LineChart
from mainstay.render.cleaning import one_line
from mainstay.render.drawings.bars import reach
from mainstay.render.drawings.lines import along
from mainstay.render.scales import Scale, scale

DASHES = (None, MSO_LINE.DASH, MSO_LINE.ROUND_DOT)


def colour(hexadecimal: str) -> Any:
    made: Any = RGBColor  # the library types neither this nor its chart data
    return made.from_string(hexadecimal)


def categories() -> Any:
    made: Any = CategoryChartData
    return made()


def add_chart(shapes: Any, chart: LineChart | BarChart, place: tuple[int, int, int, int], points: float = 11) -> Any:
    """Put the chart on a slide's shapes; gives its frame."""
    frame = add_lines(shapes, chart, place) if isinstance(chart, LineChart) else add_bars(shapes, chart, place)
    drawn = frame.chart
    drawn.font.size, drawn.font.name, drawn.font.color.rgb = Pt(points), palette.OFFICE_FONT, colour(palette.INK)
    drawn.has_title = False
    drawn._chartSpace.chart.get_or_add_autoTitleDeleted().set("val", "1")
    no_edge(drawn._chartSpace)
    return frame


def no_edge(space: Any) -> None:
    """Without the frame that text documents draw around a chart."""
    own = space.makeelement(qn("c:spPr"), {})
    line = own.makeelement(qn("a:ln"), {})
    line.append(line.makeelement(qn("a:noFill"), {}))
    own.append(line)
    space.chart.addnext(own)


def set_legend(drawn: Any, shown: int, left_out: tuple[int, ...] = ()) -> None:
    drawn.has_legend = shown > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        for at in left_out:
            entry = drawn.legend._element.makeelement(qn("c:legendEntry"), {})
            entry.append(entry.makeelement(qn("c:idx"), {"val": str(at)}))
            entry.append(entry.makeelement(qn("c:delete"), {"val": "1"}))
            drawn.legend._element.find(qn("c:legendPos")).addnext(entry)


def set_axis(axis: Any, told: Axis, ends: Scale | None = None, *, grid: bool = False) -> None:
    axis.has_title = bool(told.name)
    if told.name:
        axis.axis_title.text_frame.text = one_line(told.name)
        axis.axis_title.text_frame.paragraphs[0].runs[0].font.bold = False
    axis.has_major_gridlines = grid
    axis.format.line.color.rgb = colour(palette.DATA_3)
    if grid:
        axis.major_gridlines.format.line.color.rgb = colour(palette.GRID)
    if ends:
        places = "." + "0" * told.places if told.places else ""
        axis.tick_labels.number_format = f"0{places}%" if told.unit == "%" else f"#,##0{places};−#,##0{places}"
        axis.tick_labels.number_format_is_linked = False
        axis.minimum_scale, axis.maximum_scale, axis.major_unit = ends.low, ends.high, ends.step
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW


def add_lines(shapes: Any, chart: LineChart, place: tuple[int, int, int, int]) -> Any:
    return add_named_lines(shapes, chart, place) if chart.ticks else add_curves(shapes, chart, place)


def heights(chart: LineChart) -> Scale:
    return scale((value for line in chart.lines[:3] for _, value in line.points), chart.y)


def add_named_lines(shapes: Any, chart: LineChart, place: tuple[int, int, int, int]) -> Any:
    data: Any = categories()
    data.categories = [one_line(name) for name in chart.ticks]
    for line in chart.lines[:3]:
        known = {int(x): y for x, y in line.points}
        data.add_series(one_line(line.name), [known.get(at) for at in range(len(chart.ticks))])
    frame = shapes.add_chart(XL_CHART_TYPE.LINE, *place, data)
    for at, one in enumerate(frame.chart.plots[0].series):
        set_line(one, at)
    set_axis(frame.chart.category_axis, chart.x)
    set_axis(frame.chart.value_axis, chart.y, heights(chart), grid=True)
    set_legend(frame.chart, len(chart.lines))
    return frame


def add_curves(shapes: Any, chart: LineChart, place: tuple[int, int, int, int]) -> Any:
    """Curves, then the limits and the marks as series of their own, so that they move with the axes."""
    make: Any = XyChartData
    data = make()
    ends = heights(chart)
    for line in chart.lines[:3]:
        one = data.add_series(one_line(line.name))
        for x, y in line.points:
            if y is not None:
                one.add_data_point(x, y)
    across = along(chart)
    for limit in chart.limits:
        one = data.add_series(one_line(limit.label))
        for x, y in (
            ((limit.at, ends.low), (limit.at, ends.high)) if limit.along == "x" else ((across.low, limit.at), (across.high, limit.at))
        ):
            one.add_data_point(x, y)
    if chart.marks:
        one = data.add_series(one_line(", ".join(mark.label for mark in chart.marks)))
        for mark in chart.marks:
            one.add_data_point(mark.x, mark.y)
    frame = shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, *place, data)
    found = list(frame.chart.plots[0].series)
    count = min(3, len(chart.lines))
    for at, one in enumerate(found[:count]):
        set_line(one, at)
    for one in found[count : count + len(chart.limits)]:
        one.smooth = False
        one.format.line.color.rgb, one.format.line.width, one.format.line.dash_style = colour(palette.INK), Pt(1.5), MSO_LINE.ROUND_DOT
        one.marker.style = XL_MARKER_STYLE.NONE
    if chart.marks:
        set_marks(found[-1], chart)
    set_axis(frame.chart.category_axis, chart.x, across)
    set_axis(frame.chart.value_axis, chart.y, ends, grid=True)
    set_legend(frame.chart, len(found), (len(found) - 1,) if chart.marks else ())
    return frame


def set_line(one: Any, at: int) -> None:
    one.smooth = False
    one.marker.style = XL_MARKER_STYLE.NONE
    one.format.line.color.rgb, one.format.line.width = colour(palette.SERIES[at]), Pt(2.75 if at == 0 else 2)
    if DASHES[at]:
        one.format.line.dash_style = DASHES[at]


def set_marks(one: Any, chart: LineChart) -> None:
    """Points without a line, each with its label beside it."""
    one.format.line.fill.background()
    one.marker.style, one.marker.size = XL_MARKER_STYLE.CIRCLE, 8
    one.marker.format.fill.solid()
    one.marker.format.fill.fore_color.rgb = colour(palette.DATA_1)
    middle = heights(chart).low + (heights(chart).high - heights(chart).low) * 0.6
    for at, mark in enumerate(chart.marks):
        label = one.points[at].data_label
        label.has_text_frame = True
        label.text_frame.text = one_line(mark.label)
        label.text_frame.paragraphs[0].runs[0].font.bold = True
        label.position = XL_DATA_LABEL_POSITION.RIGHT if mark.y > middle else XL_DATA_LABEL_POSITION.LEFT


def kind_of(chart: BarChart) -> Any:
    if chart.is_lying:
        return XL_CHART_TYPE.BAR_STACKED if chart.is_stacked else XL_CHART_TYPE.BAR_CLUSTERED
    return XL_CHART_TYPE.COLUMN_STACKED if chart.is_stacked else XL_CHART_TYPE.COLUMN_CLUSTERED


def add_bars(shapes: Any, chart: BarChart, place: tuple[int, int, int, int]) -> Any:
    data: Any = categories()
    data.categories = [one_line(name)[:60] for name in chart.categories]
    for one in chart.series[:3]:
        data.add_series(one_line(one.name), one.values)
    frame = shapes.add_chart(kind_of(chart), *place, data)
    plot = frame.chart.plots[0]
    plot.gap_width = 4 if chart.is_histogram else 45
    plot.overlap = 100 if chart.is_stacked else 0
    for at, one in enumerate(plot.series):
        set_bar(one, at)
    if chart.is_lying and len(chart.series) == 1:
        places = "." + "0" * chart.value.places if chart.value.places else ""
        plot.has_data_labels = True
        plot.data_labels.number_format, plot.data_labels.number_format_is_linked = f"#,##0{places};−#,##0{places}", False
        plot.data_labels.position = XL_DATA_LABEL_POSITION.OUTSIDE_END
    set_axis(frame.chart.category_axis, chart.category)
    set_axis(frame.chart.value_axis, chart.value, reach(chart), grid=True)
    if chart.is_lying:
        frame.chart.category_axis.reverse_order = True
        frame.chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    set_legend(frame.chart, len(chart.series))
    return frame


def set_bar(one: Any, at: int) -> None:
    fill, edge, thick = (
        (palette.DATA_1, palette.DATA_1, 0.75),
        ("FFFFFF", palette.DATA_2, 1.75),
        (palette.DATA_FILL, palette.DATA_3, 1.0),
    )[at]
    one.invert_if_negative = False
    one.format.fill.solid()
    one.format.fill.fore_color.rgb = colour(fill)
    one.format.line.color.rgb, one.format.line.width = colour(edge), Pt(thick)
