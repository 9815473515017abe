"""Plan on a page: a bar per initiative with its baseline, its forecast to P50, its range to P80 and its milestones."""

from collections.abc import Callable
from datetime import date, timedelta

from mainstay.render import typography
from mainstay.render.charts import Span, Timeline
from mainstay.render.drawings.canvas import Canvas, clipped, legend
from mainstay.render.scales import date_ticks
from mainstay.render.widths import width
from mainstay.render.words import Words

X = Callable[[date], float]
LINE = 40
BAR = 12


def ends(chart: Timeline) -> tuple[date, date]:
    """The first and the last date shown, with a little air."""
    if chart.axis:
        return chart.axis
    dates = [chart.as_at]
    for span in chart.spans:
        dates += [day for day in (span.start, span.p50, span.p80, span.baseline) if day]
        dates += [day for one in span.milestones for day in (one.baseline, one.now) if day]
    air = max(20, (max(dates) - min(dates)).days // 40)
    first, last = min(dates), max(dates)
    return (
        first - timedelta(days=min(air, (first - date.min).days)),
        last + timedelta(days=min(air, (date.max - last).days)),
    )


def timeline(chart: Timeline, words: Words, wide: float) -> Canvas:
    first, last = ends(chart)
    names = min(wide * 0.3, 220)
    left, right = names + 10, wide - 76
    canvas = Canvas(wide, 0)

    def x(day: date) -> float:
        return left + (right - left) * (day - first).days / max(1, (last - first).days)

    bottom = 34 + len(chart.spans) * LINE
    told = f"{words.as_at} {typography.day(chart.as_at)}"
    for day, name in date_ticks(first, last, 6):
        canvas.line(x(day), 22, x(day), bottom, "grid")
        canvas.words(x(day) + 3, 31, name, "soft")
    canvas.line(x(chart.as_at), 16, x(chart.as_at), bottom, "now")
    half = width(told, 12, True) / 2
    canvas.words(min(max(x(chart.as_at), left + half), wide - half), 12, told, "strong", "middle")
    for at, span in enumerate(chart.spans):
        drawn_span(canvas, chart, span, 38 + at * LINE, names, x)
    entries = [
        ("box", "done", words.done),
        ("box", "ahead", words.forecast),
        ("range", "range", words.whisker),
        ("diamond", "base", words.baseline),
    ]
    if any(not span.is_reported for span in chart.spans):
        entries.append(("box", "unknown", words.not_reported))
    if any(span.milestones for span in chart.spans):
        entries.append(("diamond", "met", words.milestone))
    canvas.high = legend(canvas, entries, 4, bottom + 22)
    return canvas


def drawn_span(canvas: Canvas, chart: Timeline, span: Span, top: float, names: float, x: X) -> None:
    canvas.words(4, top + 11, clipped(span.name, names, is_bold=True), "strong")
    detail = " ".join(
        word
        for word in (span.status.word + "," if span.status and span.detail else span.status.word if span.status else "", span.detail)
        if word
    )
    if span.status:
        canvas.status(9, top + 22, span.status.shape)
    canvas.words(20 if span.status else 4, top + 26, clipped(detail, names - 16), "soft")
    middle = top + 12
    if span.start:
        done = min(chart.as_at, span.p50 or chart.as_at)
        if done > span.start:
            canvas.box(x(span.start), middle - BAR / 2, x(done) - x(span.start), BAR, "done")
        ahead = max(chart.as_at, span.start)
        if span.p50 and span.p50 > ahead:
            canvas.box(x(ahead), middle - BAR / 2, x(span.p50) - x(ahead), BAR, "ahead" if span.is_reported else "unknown")
    if span.p50 and span.p80:
        a, b = x(span.p50), x(span.p80)
        canvas.path([(a, middle - 9), (a, middle + 9), (a, middle), (b, middle), (b, middle - 6), (b, middle + 6)], "range")
    if span.baseline:
        canvas.diamond(x(span.baseline), middle - 9, 5.5, "base")
    for one in span.milestones:
        if day := one.now or one.baseline:
            canvas.diamond(x(day), middle + 12, 4, "met" if one.is_met else "base")
    if end := span.p80 or span.p50:
        canvas.words(x(end) + 6, middle + 4, f"{typography.MONTHS[end.month - 1]}{typography.NO_BREAK}{end.year}", "soft")
