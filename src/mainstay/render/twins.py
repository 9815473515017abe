"""The data of a chart as a table: what a listener hears, what a sheet holds, what stands beside every drawing."""

from mainstay.render.blocks import Cell, Column, Row, Status, Table
from mainstay.render.charts import Axis, BarChart, Chart, HeatMap, LineChart, Timeline
from mainstay.render.words import Words


def twin(chart: Chart, words: Words) -> Table:
    if isinstance(chart, LineChart):
        return of_lines(chart, words)
    if isinstance(chart, BarChart):
        return of_bars(chart, words)
    if isinstance(chart, HeatMap):
        return of_heat(chart, words)
    return of_timeline(chart, words)


def figures(head: str, axis: Axis) -> Column:
    """A column of the axis' values; the unit stands in the head unless the name tells it."""
    if axis.unit == "%":
        return Column(head, "percent", places=axis.places)
    unit = "" if axis.unit and axis.unit in head else axis.unit
    return Column(head, "number", unit=unit, places=axis.places)


def of_lines(chart: LineChart, words: Words) -> Table:
    positions = sorted({x for line in chart.lines for x, _ in line.points})
    heights = [dict(line.points) for line in chart.lines]
    first = Column(chart.x.name or words.item, "text", heads_row=True) if chart.ticks else figures(chart.x.name or "x", chart.x)
    rows = tuple(Row((tick(chart, x), *(height.get(x) for height in heights))) for x in positions)
    return Table(chart.title, (first, *(figures(line.name, chart.y) for line in chart.lines)), rows, alt=chart.alt)


def tick(chart: LineChart, x: float) -> Cell:
    return chart.ticks[int(x)] if chart.ticks and 0 <= int(x) < len(chart.ticks) else x


def of_bars(chart: BarChart, words: Words) -> Table:
    columns = (
        Column(chart.category.name or words.item, heads_row=True, weight=2),
        *(figures(one.name, chart.value) for one in chart.series),
    )
    rows = tuple(Row((name, *(one.values[at] for one in chart.series))) for at, name in enumerate(chart.categories))
    return Table(chart.title, columns, rows, alt=chart.alt)


def of_heat(chart: HeatMap, words: Words) -> Table:
    columns = (Column(chart.corner or words.item, heads_row=True), *(Column(name) for name in chart.columns))
    rows = tuple(Row((name, *(cell.text for cell in line))) for name, line in zip(chart.rows, chart.cells, strict=True))
    return Table(chart.title, columns, rows, alt=chart.alt)


def of_timeline(chart: Timeline, words: Words) -> Table:
    heads = (words.start, words.baseline, words.finish_p50, words.finish_p80)
    columns = (
        Column(words.item, heads_row=True, weight=2.4),
        Column(words.status, "status", 1.3),
        *(Column(head, "date") for head in heads),
    )
    rows: list[Row] = []
    for span in chart.spans:
        status: Status | None = span.status
        rows.append(Row((span.name, status, span.start, span.baseline, span.p50, span.p80), not span.is_reported))
        rows += [Row((f"{words.milestone}: {one.name}", None, None, one.baseline, one.now, None)) for one in span.milestones]
    return Table(chart.title, columns, tuple(rows), alt=chart.alt)
