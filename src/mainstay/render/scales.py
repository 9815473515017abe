"""Round numbers and dates for the ticks of an axis."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, isfinite, log10

from mainstay.render import typography
from mainstay.render.charts import Axis


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from `low` to `high` in steps of `step`."""

    low: float
    high: float
    step: float

    def share(self, value: float) -> float:
        """Where the value lies, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)

    @property
    def ticks(self) -> list[float]:
        count = round((self.high - self.low) / self.step)
        return [round(self.low + self.step * at, 10) for at in range(count + 1)]


def round_step(span: float, most: int) -> float:
    rough = span / most
    size = 10.0 ** floor(log10(rough))
    return next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough * 0.999)


def scale(values: Iterable[float | None], axis: Axis, *, from_zero: bool = False, most: int = 6) -> Scale:
    """A scale with round ends around the values, or the ends that the axis asks for."""
    known = [value for value in values if value is not None and isfinite(value)] or [0.0, 1.0]
    low = axis.low if axis.low is not None else min(known + [0.0] * from_zero)
    high = axis.high if axis.high is not None else max(known + [0.0] * from_zero)
    if high <= low:
        high = low + (abs(low) or 1.0)
    step = round_step(high - low, most)
    if axis.low is None:
        low = floor(round(low / step, 9)) * step
    if axis.high is None:
        high = low + ceil(round((high - low) / step, 9)) * step
    return Scale(low, high, step)


def label(value: float, axis: Axis, step: float = 1) -> str:
    """A value of the axis in words, with enough decimals for its step."""
    if axis.unit == "%":
        return typography.percent(value, axis.places)
    places = max(axis.places, 0 if step >= 1 else min(6, ceil(-log10(step) - 1e-9) + (1 if str(step).rstrip("0").endswith("25") else 0)))
    text = typography.number(value, places)
    if axis.unit and axis.unit in axis.name:
        return text  # the name of the axis tells the unit
    if axis.unit[:1] in {"£", "€", "$"}:
        sign, bare = (typography.MINUS, text[1:]) if text.startswith(typography.MINUS) else ("", text)
        return f"{sign}{axis.unit[0]}{bare}{axis.unit[1:]}"
    return text


def months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def date_ticks(first: date, last: date, most: int = 9) -> list[tuple[date, str]]:
    """First days of years, quarters or months between two dates, with their names; at most `most` or so."""
    step = next((size for size in (1, 3, 6, 12, 24, 60, 120) if months_between(first, last) / size <= most), 240)
    month = (first.month - 1) // min(step, 12) * min(step, 12)
    at = date(first.year, month + 1, 1)
    found = []
    while at <= last:
        if at >= first:
            found.append((at, str(at.year) if step >= 12 else f"{typography.MONTHS[at.month - 1]}{typography.NO_BREAK}{at.year}"))
        total = at.year * 12 + at.month - 1 + step
        at = date(total // 12, total % 12 + 1, 1)
    return found
