"""Earned value and earned schedule: what was planned, earned and spent up to one day, and the indices of it.

Values are in one unit (money, or minutes of work); times are in one unit of working time, counted from any origin. An index that
cannot be said is None: no cost recorded gives no CPI, never infinity and never nought.
Sources: Project Management Institute, The Standard for Earned Value Management (2019); W. Lipke, Schedule is different,
The Measurable News, March 2003, 10-15, for the earned schedule; worked figures in M. Vanhoucke and S. Vandevoorde,
J. Operational Research Society 58 (2007), 1361-1374.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import Ints
from mainstay.engine.errors import EngineError

Floats = NDArray[np.float64]
ROUNDING = 1e-9
"""As a share of the budget: less than this apart is the same."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Planned value against time: straight between its points, level after the last. A jump has two points at one time."""

    times: Floats
    values: Floats

    @property
    def budget(self) -> float:
        """Budget at completion."""
        return float(self.values[-1])

    @property
    def start(self) -> float:
        return float(self.times[0])

    @property
    def finish(self) -> float:
        """When the whole budget is planned to be earned."""
        return float(self.times[int(np.searchsorted(self.values, self.budget * (1 - ROUNDING)))])

    def planned(self, at: float) -> float:
        """Planned value at a time."""
        after = int(np.searchsorted(self.times, at, side="right"))
        if after == 0:
            return 0.0
        if after == len(self.times):
            return self.budget
        share = (at - self.times[after - 1]) / (self.times[after] - self.times[after - 1])
        return float(self.values[after - 1] + share * (self.values[after] - self.values[after - 1]))

    def reached(self, value: float) -> float:
        """The time at which `value` was planned: C + (EV - PV of C) / (PV of C+1 - PV of C), C the last point not above it."""
        if value >= self.budget * (1 - ROUNDING):
            return self.finish
        after = int(np.searchsorted(self.values, value, side="right"))
        if after == 0:
            return self.start
        share = (value - self.values[after - 1]) / (self.values[after] - self.values[after - 1])
        return float(self.times[after - 1] + share * (self.times[after] - self.times[after - 1]))


def curve_of_periods(values: Sequence[float]) -> Curve:
    """From cumulative planned values at 0, 1, 2 … periods."""
    found = np.asarray(values, np.float64)
    if found.size < 2 or not np.all(np.diff(found) >= 0) or found[-1] <= 0:
        raise EngineError("Planned values must not fall from period to period and must come to more than nothing.")
    return Curve(np.arange(found.size, dtype=np.float64), found)


def curve_of_work(starts: Sequence[float] | Ints, finishes: Sequence[float] | Ints, budgets: Sequence[float]) -> Curve:
    """From pieces of work, each of which is planned to earn its budget evenly between its start and its finish."""
    first, last, worth = (np.asarray(row, np.float64) for row in (starts, finishes, budgets))
    if not worth.sum() > 0 or np.any(worth < 0) or np.any(last < first):
        raise EngineError("Each piece of work needs a budget of nothing or more and a finish not before its start; one must have a budget.")
    first, last, worth = first[worth > 0], last[worth > 0], worth[worth > 0]
    times = np.unique(np.concatenate([first, last]))
    begun, ended = np.searchsorted(times, first), np.searchsorted(times, last)
    long = last > first
    rates, jumps = np.zeros(times.size), np.zeros(times.size)
    rate = worth[long] / (last[long] - first[long])
    np.add.at(rates, begun[long], rate)
    np.subtract.at(rates, ended[long], rate)
    np.add.at(jumps, begun[~long], worth[~long])
    straight = np.concatenate([[0.0], np.cumsum(np.cumsum(rates)[:-1] * np.diff(times))])
    after = straight + np.cumsum(jumps)
    values = np.maximum.accumulate(np.clip(np.column_stack([after - jumps, after]).ravel(), 0.0, worth.sum()))
    values[-1] = worth.sum()
    kept = np.column_stack([np.ones(times.size, bool), jumps > 0]).ravel()
    kept[-1], kept[-2] = True, bool(jumps[-1] > 0)
    return Curve(np.repeat(times, 2)[kept], values[kept])


@dataclass(frozen=True, slots=True)
class Performance:
    """Where a project stands. `actual_time` and `earned_schedule` are counted from the planned start, as `planned_duration` is."""

    budget: float
    planned: float
    earned: float
    actual: float | None = None
    earned_schedule: float | None = None
    actual_time: float | None = None
    planned_duration: float | None = None

    @property
    def cost_variance(self) -> float | None:
        return None if self.actual is None else self.earned - self.actual

    @property
    def schedule_variance(self) -> float:
        return self.earned - self.planned

    @property
    def cpi(self) -> float | None:
        return self.earned / self.actual if self.actual else None

    @property
    def spi(self) -> float | None:
        return self.earned / self.planned if self.planned > 0 else None

    @property
    def spi_t(self) -> float | None:
        """Earned schedule over actual time; unlike the SPI it does not come back to 1 for what is finished late."""
        if self.earned_schedule is None or self.actual_time is None or self.actual_time <= 0:
            return None
        return self.earned_schedule / self.actual_time

    @property
    def cost_at_completion(self) -> float | None:
        """Estimate at completion, where cost goes on as so far."""
        return self.budget / self.cpi if self.cpi else None

    @property
    def cost_at_completion_as_budgeted(self) -> float | None:
        """Estimate at completion, where the rest costs what was planned."""
        return None if self.actual is None else self.actual + self.budget - self.earned

    @property
    def cost_at_completion_by_both(self) -> float | None:
        """Estimate at completion, where the rest suffers from cost and schedule performance alike."""
        if self.actual is None or not self.cpi or not self.spi:
            return None
        return self.actual + (self.budget - self.earned) / (self.cpi * self.spi)

    @property
    def to_complete(self) -> float | None:
        """The CPI with which the rest meets the budget; None where the budget is spent and cannot be met."""
        if self.actual is None or self.budget - self.actual <= 0:
            return None
        return (self.budget - self.earned) / (self.budget - self.actual)

    @property
    def time_at_completion(self) -> float | None:
        """Planned duration over SPI(t)."""
        return self.planned_duration / self.spi_t if self.planned_duration and self.spi_t else None

    @property
    def to_complete_schedule(self) -> float | None:
        """The SPI(t) with which the rest meets the planned duration; None where that is over."""
        if self.planned_duration is None or self.actual_time is None or self.earned_schedule is None:
            return None
        left = self.planned_duration - self.actual_time
        return (self.planned_duration - self.earned_schedule) / left if left > 0 else None


def performance(curve: Curve, earned: float, at: float, actual: float | None = None) -> Performance:
    """Where work with this planned value stands at a time `at`, having earned `earned` at the cost of `actual`."""
    return Performance(
        budget=curve.budget,
        planned=curve.planned(at),
        earned=earned,
        actual=actual,
        earned_schedule=curve.reached(earned) - curve.start,
        actual_time=at - curve.start,
        planned_duration=curve.finish - curve.start,
    )
