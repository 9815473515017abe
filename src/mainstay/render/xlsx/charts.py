"""Native charts over the rows that stand beside them: a reader can take the numbers, change the kind, copy the picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from mainstay.render import palette
from mainstay.render.blocks import Column, Row, Table
from mainstay.render.charts import Axis, BarChart, LineChart, Span, Timeline
from mainstay.render.cleaning import clean, one_line
from mainstay.render.drawings.lines import along
from mainstay.render.drawings.timeline import ends
from mainstay.render.scales import scale
from mainstay.render.twins import figures, twin
from mainstay.render.xlsx.sheet import Sheet
from mainstay.render.xlsx.tables import of_table

DASHES = ("solid", "dash", "round_dot")
HIGH, SOURCE_COLUMNS = 19, 6
MOST_LINES = 3
START = 2
"""The column of the starts in the rows of a timeline."""
FONT: dict[str, Any] = {"name": palette.OFFICE_FONT, "size": 10, "color": f"#{palette.INK}"}
FILLS: tuple[dict[str, Any], ...] = (
    {"fill": {"color": f"#{palette.DATA_1}"}, "border": {"color": f"#{palette.DATA_1}"}},
    {"fill": {"color": "#FFFFFF"}, "border": {"color": f"#{palette.DATA_2}", "width": 1.5}},
    {"fill": {"color": f"#{palette.DATA_FILL}"}, "border": {"color": f"#{palette.DATA_3}"}},
)

LIMIT: dict[str, Any] = {"line": {"color": f"#{palette.INK}", "width": 1.5, "dash_type": "round_dot"}, "marker": {"type": "none"}}
MARK: dict[str, Any] = {
    "line": {"none": True},
    "marker": {"type": "circle", "size": 8, "fill": {"color": f"#{palette.DATA_1}"}, "border": {"color": "#FFFFFF"}},
    "data_labels": {"series_name": True, "value": False, "position": "right", "font": {**FONT, "bold": True}},
}


def of_chart(chart: LineChart | BarChart | Timeline, sheet: Sheet) -> None:
    """The chart, where it comes from, and under it the table that it draws."""
    top = sheet.row
    if top > 3:
        sheet.page_breaks.append(top)
    sheet.words(top, 0, chart.title, sheet.formats.caption())
    sheet.row = top + 1 + HIGH
    if chart.source:
        sheet.note(chart.source, SOURCE_COLUMNS)
    table = bars_of(chart, sheet) if isinstance(chart, Timeline) else twin(chart, sheet.report.words)
    first, last = of_table(Table("", table.columns, table.rows), sheet)
    if last < first:
        return
    if isinstance(chart, LineChart):
        made = of_lines(chart, sheet, first, last)
    elif isinstance(chart, BarChart):
        made = of_bars(chart, sheet, first, last)
    else:
        made = of_timeline(chart, sheet, first, first + len(chart.spans) - 1)
    if isinstance(chart, LineChart) and not chart.ticks:
        add_marks(made, chart, sheet)
        shown = min(MOST_LINES, len(chart.lines)) + len(chart.limits)
        hidden = list(range(shown, shown + len(chart.marks)))  # their labels stand beside them
        made.set_legend({"position": "top", "font": FONT, "delete_series": hidden} if shown > 1 else {"none": True})
    made.set_title({"none": True})
    made.set_chartarea({"border": {"none": True}})
    made.set_size({"width": 860, "height": HIGH * 20 - 14})
    sheet.paper.insert_chart(top + 1, 0, made, {"description": clean(chart.alt or chart.title), "object_position": 2})


def series(sheet: Sheet, first: int, last: int, column: int, **more: Any) -> dict[str, Any]:
    """A series of the rows of the sheet; its name is its column's head."""
    return {
        "name": [sheet.name, first - 1, column],
        "categories": [sheet.name, first, 0, last, 0],
        "values": [sheet.name, first, column, last, column],
        **more,
    }


def of_lines(chart: LineChart, sheet: Sheet, first: int, last: int) -> Any:
    made = sheet.book.add_chart({"type": "line"} if chart.ticks else {"type": "scatter", "subtype": "straight"})
    for at in range(min(MOST_LINES, len(chart.lines))):
        look = {"color": f"#{palette.SERIES[at]}", "width": 2.5 if at == 0 else 2, "dash_type": DASHES[at]}
        made.add_series(series(sheet, first, last, at + 1, line=look, marker={"type": "none"}))
    made.set_x_axis(axis(chart.x, grid=False))
    made.set_y_axis(axis(chart.y))
    made.show_blanks_as("gap")
    made.set_legend({"position": "top", "font": FONT} if len(chart.lines) > 1 else {"none": True})
    return made


def add_marks(made: Any, chart: LineChart, sheet: Sheet) -> None:
    """Limits and marks as rows of their own, drawn as further series."""
    points = marked_points(chart)
    if not points:
        return
    columns = (
        Column(sheet.report.words.item, heads_row=True),
        figures(chart.x.name or "x", chart.x),
        figures(chart.y.name or "y", chart.y),
    )
    first, _ = of_table(Table("", columns, tuple(Row(point) for point in points)), sheet)
    for at, (label, _, _) in enumerate(points):
        is_line = at < 2 * len(chart.limits)
        if is_line and at % 2:
            continue  # the second end of a line
        last = first + at + (1 if is_line else 0)
        place = {"categories": [sheet.name, first + at, 1, last, 1], "values": [sheet.name, first + at, 2, last, 2]}
        made.add_series({"name": one_line(label), **place, **(LIMIT if is_line else MARK)})


def marked_points(chart: LineChart) -> list[tuple[str, float, float]]:
    """Both ends of each limit, then the marks."""
    across, up = along(chart), scale((value for line in chart.lines[:3] for _, value in line.points), chart.y)
    points: list[tuple[str, float, float]] = []
    for limit in chart.limits:
        ends = ((limit.at, up.low), (limit.at, up.high)) if limit.along == "x" else ((across.low, limit.at), (across.high, limit.at))
        points += [(limit.label, x, y) for x, y in ends]
    return points + [(mark.label, mark.x, mark.y) for mark in chart.marks]


def axis(told: Axis, *, grid: bool = True) -> dict[str, Any]:
    places = "." + "0" * told.places if told.places else ""
    number = f"0{places}%" if told.unit == "%" else f"#,##0{places}"
    made: dict[str, Any] = {
        "name": one_line(told.name),
        "name_font": {**FONT, "bold": False},
        "num_font": FONT,
        "num_format": number,
        "line": {"color": f"#{palette.DATA_3}"},
        "major_gridlines": {"visible": grid, "line": {"color": f"#{palette.GRID}"}},
    }
    if told.low is not None:
        made["min"] = told.low
    if told.high is not None:
        made["max"] = told.high
    return made


def of_bars(chart: BarChart, sheet: Sheet, first: int, last: int) -> Any:
    kind: dict[str, str] = {"type": "bar" if chart.is_lying else "column"}
    if chart.is_stacked:
        kind["subtype"] = "stacked"
    made = sheet.book.add_chart(kind)
    labels = {"data_labels": {"value": True, "font": FONT}} if chart.is_lying and len(chart.series) == 1 else {}
    for at in range(min(3, len(chart.series))):
        made.add_series(series(sheet, first, last, at + 1, gap=4 if chart.is_histogram else 50, **FILLS[at], **labels))
    category = {**axis(chart.category, grid=False), "label_position": "low", "num_format": "General"}
    if chart.is_lying:
        made.set_y_axis({**category, "reverse": True})
        made.set_x_axis({**axis(chart.value), "label_position": "high"})
    else:
        made.set_x_axis(category)
        made.set_y_axis(axis(chart.value))
    made.set_legend({"position": "top", "font": FONT} if len(chart.series) > 1 else {"none": True})
    return made


def bars_of(chart: Timeline, sheet: Sheet) -> Table:
    """The initiatives first, with the lengths of their bars in days at the end; then their milestones, which the bars leave out."""
    words = sheet.report.words
    bare = Timeline(chart.title, chart.alt, tuple(replace(span, milestones=()) for span in chart.spans), chart.as_at, chart.source)
    table, whole = twin(bare, words), twin(chart, words)
    columns = (*table.columns, *(Column(head, "number", unit="d") for head in (words.done, words.forecast, words.whisker)))
    rows = [Row((*row.cells, *lengths(span, chart.as_at)), row.is_last_known) for row, span in zip(table.rows, chart.spans, strict=True)]
    known = {row.cells for row in table.rows}
    rows += [Row((*row.cells, None, None, None)) for row in whole.rows if row.cells not in known]
    return Table("", columns, tuple(rows))


def lengths(span: Span, as_at: date) -> tuple[int, int, int]:
    """Days done, days ahead to P50, days from there to P80."""
    start = span.start or as_at
    done = max(0, (min(as_at, span.p50 or as_at) - start).days)
    ahead = max(0, (span.p50 - max(as_at, start)).days) if span.p50 else 0
    return done, ahead, max(0, (span.p80 - span.p50).days) if span.p50 and span.p80 else 0


def of_timeline(chart: Timeline, sheet: Sheet, first: int, last: int) -> Any:
    """Bars on one another after a clear stretch up to their start; the axis counts days and shows dates."""
    made = sheet.book.add_chart({"type": "bar", "subtype": "stacked"})
    clear = {"fill": {"none": True}, "border": {"none": True}}
    ahead = {"fill": {"color": f"#{palette.DATA_FILL}"}, "border": {"color": f"#{palette.DATA_1}"}}
    likely = {"fill": {"color": "#FFFFFF"}, "border": {"color": f"#{palette.DATA_2}", "width": 1.5}}
    for column, look in ((START, clear), (6, FILLS[0]), (7, ahead), (8, likely)):
        one = series(sheet, first, last, column, gap=60, **look)
        made.add_series({**one, "name": " "} if column == START else one)  # nothing is seen of it, nor said in the key
    low, high = ends(chart)
    made.set_x_axis(
        {
            **axis(Axis()),
            "num_format": "mmm yyyy",
            "min": serial(low),
            "max": serial(high),
            "major_unit": max(90, (high - low).days // 6),
            "label_position": "high",
        }
    )
    made.set_y_axis({**axis(Axis(), grid=False), "reverse": True, "num_format": "General"})
    made.set_legend({"position": "top", "font": FONT})
    return made


def serial(day: date) -> int:
    """The day as the spreadsheet counts it."""
    return (day - date(1899, 12, 30)).days
