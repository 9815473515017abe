"""Charts drawn as SVG of our own, for the screen (coloured by the page's stylesheet) and for PDF (coloured by `LIGHT`)."""

from mainstay.render.charts import BarChart, LineChart, Timeline
from mainstay.render.drawings.bars import bars
from mainstay.render.drawings.canvas import LIGHT, Canvas
from mainstay.render.drawings.lines import lines
from mainstay.render.drawings.timeline import timeline
from mainstay.render.words import Words

__all__ = ["LIGHT", "Canvas", "drawn"]


def drawn(chart: LineChart | BarChart | Timeline, words: Words, wide: float = 720) -> Canvas:
    """The chart on a canvas `wide` units wide; its height follows from what it shows."""
    if isinstance(chart, LineChart):
        return lines(chart, wide)
    if isinstance(chart, BarChart):
        return bars(chart, wide)
    return timeline(chart, words, wide)
