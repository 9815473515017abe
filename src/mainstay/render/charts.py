"""What charts say: points, bars, cells and dates under a title that states the finding. How they are drawn is each walker's affair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mainstay.render.blocks import Shape, Status


@dataclass(frozen=True, slots=True)
class Axis:
    """`name` tells what is measured and in which unit. A scale not from zero is said by its ends. `places` are decimals of the labels."""

    name: str = ""
    unit: str = ""
    places: int = 0
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A point with its label, for instance P80 on a curve."""

    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A straight line across the picture at a value of `along`: what is approved, today, a tolerance."""

    at: float
    label: str
    along: Literal["x", "y"] = "x"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a line chart. It breaks at a None instead of falling to zero."""

    name: str
    points: tuple[tuple[float, float | None], ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over a number axis: an S-curve, an exceedance curve. At most three lines, told apart by dash as well as colour.

    With `ticks` the x values are the positions 0, 1, 2 … and the ticks their names (periods, months).
    """

    title: str
    alt: str
    lines: tuple[Line, ...]
    x: Axis = Axis()
    y: Axis = Axis()
    ticks: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    limits: tuple[Limit, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """One value per category; None is a gap, not zero."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars from zero, over categories. Standing for periods and histograms (`is_histogram` closes the gaps), lying for drivers (a tornado),
    which come sorted with the largest first. Series stand beside one another, or on one another when `is_stacked`. At most three series.
    """

    title: str
    alt: str
    categories: tuple[str, ...]
    series: tuple[Bars, ...]
    value: Axis = Axis()
    category: Axis = Axis()
    is_lying: bool = False
    is_stacked: bool = False
    is_histogram: bool = False
    limits: tuple[Limit, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        for one in self.series:
            if len(one.values) != len(self.categories):
                raise ValueError(f"The series {one.name!r} has {len(one.values)} values for {len(self.categories)} categories.")


@dataclass(frozen=True, slots=True)
class Heat:
    """One cell of a heat map: its words, and how deep it is tinted (0 to 4)."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Cells of rows by columns, for instance probability by impact. Each cell says its value in words; the tint repeats it."""

    title: str
    alt: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: tuple[tuple[Heat, ...], ...]
    corner: str = ""
    shape: Shape = "red"
    source: str = ""

    def __post_init__(self) -> None:
        if len(self.cells) != len(self.rows) or any(len(line) != len(self.columns) for line in self.cells):
            raise ValueError(f"The heat map {self.title!r} needs {len(self.rows)} rows of {len(self.columns)} cells.")


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date on a timeline: approved, and now forecast or met."""

    name: str
    baseline: date | None = None
    now: date | None = None
    is_met: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """One line of a timeline: done to the as-at date, forecast to P50, whisker to P80, and the baseline finish as a diamond."""

    name: str
    start: date | None = None
    p50: date | None = None
    p80: date | None = None
    baseline: date | None = None
    status: Status | None = None
    detail: str = ""
    is_reported: bool = True
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars and milestones of initiatives on one axis of dates, with a line at the as-at date. `axis` are the ends shown, where given."""

    title: str
    alt: str
    spans: tuple[Span, ...]
    as_at: date
    source: str = ""
    axis: tuple[date, date] | None = None


Chart = LineChart | BarChart | HeatMap | Timeline
