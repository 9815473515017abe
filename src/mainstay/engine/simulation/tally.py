"""A sample that is counted instead of kept: equal bins, as many as the values need, whatever the number of iterations."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.simulation.errors import SimulationError


class Tally:
    """Counts of values by bin, with their exact mean and deviation; reads like `result.Sample`.

    Parameters
    ----------
    width
        Of a bin, in the unit of the values. A percentile is the largest value of its bin that was seen, so that it lies less than a bin
        above that of the whole sample, and never below it.
    """

    def __init__(self, width: float) -> None:
        if not width > 0:
            raise SimulationError(f"Bins need a width above zero, not {width:g}.")
        self.width = width
        self.count = 0
        self._bins = np.zeros(0, np.int64)
        self._counts = np.zeros(0, np.int64)
        self._highest = np.zeros(0)
        self._shift = 0.0
        self._sum = 0.0
        self._squares = 0.0

    def add(self, values: NDArray[Any]) -> None:
        """Count values, shape (values,)."""
        if not values.size:
            return
        data = values.astype(np.float64)
        if not self.count:
            self._shift = float(data.mean())
        centred = data - self._shift
        self.count += data.size
        self._sum += float(centred.sum())
        self._squares += float((centred**2).sum())
        order = np.sort(data)
        bins, first = np.unique(np.floor(order / self.width).astype(np.int64), return_index=True)
        ends = np.append(first[1:], order.size)
        self._merge(bins, np.diff(np.append(first, order.size)), order[ends - 1])

    def _merge(self, bins: NDArray[np.int64], counts: NDArray[np.int64], highest: NDArray[np.float64]) -> None:
        merged = np.union1d(self._bins, bins)
        total, top = np.zeros(merged.size, np.int64), np.full(merged.size, -np.inf)
        for found, number, most in ((self._bins, self._counts, self._highest), (bins, counts, highest)):
            at = np.searchsorted(merged, found)
            total[at] += number
            top[at] = np.maximum(top[at], most)
        self._bins, self._counts, self._highest = merged, total, top

    @property
    def bins(self) -> int:
        """How many bins hold anything: what the memory depends on."""
        return int(self._bins.size)

    @property
    def mean(self) -> float:
        return self._shift + self._sum / self.count

    @property
    def deviation(self) -> float:
        """Standard deviation."""
        if self.count < 2:
            return 0.0
        return math.sqrt(max(0.0, (self._squares - self._sum**2 / self.count) / (self.count - 1)))

    @property
    def mean_error(self) -> float:
        """Standard error of the mean."""
        return self.deviation / math.sqrt(self.count)

    def _ranked(self, rank: int) -> float:
        """The value of this place in the order, 0 the lowest."""
        return float(self._highest[int(np.searchsorted(np.cumsum(self._counts), rank, side="right"))])

    def percentile(self, percent: float) -> float:
        return self._ranked(min(max(math.ceil(percent / 100.0 * self.count - 1e-9), 1), self.count) - 1)

    def percentile_error(self, percent: float) -> float:
        """Standard error of a percentile, from the order statistics around it."""
        q = percent / 100.0
        half = math.sqrt(self.count * q * (1.0 - q))
        low = min(max(math.floor(q * self.count - half), 0), self.count - 1)
        high = min(max(math.ceil(q * self.count + half), 1), self.count) - 1
        return (self._ranked(high) - self._ranked(low)) / 2.0

    def share_at_most(self, value: float) -> float:
        """Share of the iterations in bins whose largest value did not exceed one."""
        return float(self._counts[self._highest <= value].sum()) / self.count

    def curve(self, points: int = 101) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Values and the shares at or below them, evenly spread over the shares and with both ends."""
        ranks = np.unique(np.linspace(0, self.count - 1, min(points, self.count)).round().astype(np.int64))
        cumulated = np.cumsum(self._counts)
        at = np.unique(np.searchsorted(cumulated, ranks, side="right"))
        return self._highest[at], cumulated[at] / self.count

    def histogram(self, bins: int = 30) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Counts, and the edges of their equal bins (one more)."""
        counts, edges = np.histogram(self._highest, bins=bins, weights=self._counts)
        return counts.astype(np.int64), edges.astype(np.float64)


class JointTally:
    """Counts of pairs of values by bins of both."""

    def __init__(self, widths: tuple[float, float]) -> None:
        self.widths = widths
        self.counts: dict[tuple[int, int], int] = {}
        self.count = 0

    def add(self, first: NDArray[Any], second: NDArray[Any]) -> None:
        bins = [np.floor(one / width).astype(np.int64) for one, width in zip((first, second), self.widths, strict=True)]
        across = int(np.ptp(bins[1])) + 1
        lowest = int(bins[0].min()), int(bins[1].min())
        # One number a pair: sorting rows of two takes ten times as long.
        found, counts = np.unique((bins[0] - lowest[0]) * across + (bins[1] - lowest[1]), return_counts=True)
        for code, number in zip(found.tolist(), counts.tolist(), strict=True):
            pair = code // across + lowest[0], code % across + lowest[1]
            self.counts[pair] = self.counts.get(pair, 0) + number
        self.count += bins[0].size

    def share_within(self, first: float, second: float) -> float:
        """Share of the pairs in bins that lie wholly at or below both values."""
        most = (math.floor(first / self.widths[0]), math.floor(second / self.widths[1]))
        return sum(number for (a, b), number in self.counts.items() if a < most[0] and b < most[1]) / self.count
