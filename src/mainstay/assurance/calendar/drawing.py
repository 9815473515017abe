"""The calendar and the board of reviewers drawn on one axis of months or weeks."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from django.utils.html import escape

from mainstay.assurance.calendar.board import Line
from mainstay.assurance.calendar.period import Period
from mainstay.assurance.plan.drawing import Row, review_part
from mainstay.planning.drawing.ruled import ROW, Drawing, ruled
from mainstay.planning.drawing.scale import MARGIN, Scale

WIDTH = 720


def scale_of(period: Period) -> Scale:
    days = (period.last - period.first).days + 1
    return Scale(period.first, days, (WIDTH - 2 * MARGIN) / days, "week" if period.is_by_week else "month")


def calendar(rows: Sequence[Row], wrong: Collection[int], closed: Iterable[date], period: Period, today: date) -> Drawing:
    """Windows dashed, days full, a frame around what is wrong; closed days as bands behind."""
    scale = scale_of(period)
    marks = bands(scale, closed, period, len(rows) * ROW)
    for number, row in enumerate(rows):
        marks += [review_part(scale, number * ROW, one, is_wrong=one.pk in wrong) for one in row.reviews]
    return ruled(scale, len(rows), marks, today)


def bands(scale: Scale, closed: Iterable[date], period: Period, height: int) -> list[str]:
    width = max(round(scale.day_width, 1), 2)
    days = (day for day in sorted(closed) if period.first <= day <= period.last and day.weekday() < 5)
    return [f'<rect class="band" x="{scale.x_of(day)}" y="0" width="{width}" height="{height}"/>' for day in days]


def board(lines: Sequence[Line], period: Period, today: date) -> Drawing:
    """Days of each reviewer in each step, the fuller the darker; more than the limit, and two places at once, framed."""
    scale, marks = scale_of(period), []
    for number, line in enumerate(lines):
        top = number * ROW
        for (begin, end), cell in zip(period.steps(), line.cells, strict=True):
            left, right = scale.x_of(begin) + 1, scale.x_of(min(end, period.last) + timedelta(days=1)) - 1
            if cell.away:
                marks.append(f'<rect class="band" x="{left}" y="{top + 3}" width="{round(right - left, 1)}" height="{ROW - 6}"/>')
            if not cell.text:
                continue
            frame = f'<rect class="{cell.shade}" x="{left}" y="{top + 4}" width="{round(right - left, 1)}" height="{ROW - 8}"/>'
            if cell.is_wrong:
                frame += f'<rect class="clash" x="{left}" y="{top + 4}" width="{round(right - left, 1)}" height="{ROW - 8}"/>'
            middle = round((left + right) / 2, 1)
            told = f'<text class="small" text-anchor="middle" x="{middle}" y="{top + ROW / 2 + 4}">{escape(cell.text)}</text>'
            marks.append(f"<g><title>{escape(cell.told)}</title>{frame}{told}</g>")
    return ruled(scale, len(lines), marks, today)
