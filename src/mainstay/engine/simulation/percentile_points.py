"""Three-point distributions from percentiles: people name a P10 and a P90 more readily than the very ends. The ends are solved for."""

import math
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.simulation.beta import REACH, pert_polynomials
from mainstay.engine.simulation.distributions import BetaPert, Triangular
from mainstay.engine.simulation.errors import DistributionError

_GRID = 4_001


def trigen(low: float, most_likely: float, high: float, low_percent: float = 10.0, high_percent: float = 90.0) -> Triangular:
    """Return the triangle with this mode whose percentiles lie at `low` and `high` ("Trigen").

    Raises
    ------
    DistributionError
        When the three values do not rise, or the percentages are not 0 <= low < high <= 100.

    Notes
    -----
    With the share r of the width that lies below the mode, both percentiles give the width; r is where they agree, found by bisection. The
    lower end can come out below zero; a duration below zero is taken as zero when it is drawn.
    """
    below, above = _checked(low, most_likely, high, low_percent, high_percent)
    p, q = low_percent / 100.0, 1.0 - high_percent / 100.0
    if below == above == 0.0:
        return Triangular(most_likely, most_likely, most_likely)
    least, most = p, 1.0 - q
    for _ in range(200):
        r = 0.5 * (least + most)
        gap = below * ((1.0 - r) - math.sqrt(q * (1.0 - r))) - above * (r - math.sqrt(p * r))
        least, most = (r, most) if gap > 0.0 else (least, r)
    r = 0.5 * (least + most)
    inside = (r - math.sqrt(p * r)) + ((1.0 - r) - math.sqrt(q * (1.0 - r)))
    width = (below + above) / inside
    return Triangular(most_likely - r * width, most_likely, most_likely + (1.0 - r) * width)


def pert_from_percentiles(low: float, most_likely: float, high: float, low_percent: float = 10.0, high_percent: float = 90.0) -> BetaPert:
    """Return the beta-PERT with this mode whose percentiles lie at `low` and `high`, to 1e-4 of its width; errors as for `trigen`."""
    below, above = _checked(low, most_likely, high, low_percent, high_percent)
    if below == above == 0.0:
        return BetaPert(most_likely, most_likely, most_likely)
    modes, first, last = _percentiles(low_percent, high_percent)
    share = (modes - first) / (last - first)
    mode = float(np.interp(below / (below + above), share, modes))
    width = (below + above) / float(np.interp(mode, modes, last - first))
    return BetaPert(most_likely - mode * width, most_likely, most_likely + (1.0 - mode) * width)


def _checked(low: float, most_likely: float, high: float, low_percent: float, high_percent: float) -> tuple[float, float]:
    if not all(math.isfinite(value) for value in (low, most_likely, high)) or not low <= most_likely <= high:
        raise DistributionError(
            f"Three points must rise from P{low_percent:g} over most likely to P{high_percent:g}, not {low:g}, {most_likely:g}, {high:g}."
        )
    if not 0.0 <= low_percent < high_percent <= 100.0:
        raise DistributionError(f"The percentages of two points must rise within 0 to 100, not {low_percent:g} and {high_percent:g}.")
    return most_likely - low, high - most_likely


@cache
def _percentiles(low_percent: float, high_percent: float) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Mode fractions, and both percentiles of beta-PERT on [0, 1] at each."""
    modes = np.linspace(0.0, 1.0, _GRID)
    powers = pert_polynomials(modes).astype(np.float64)
    found = [np.clip(_at(powers, percent / 100.0), 0.0, 1.0) for percent in (low_percent, high_percent)]
    return modes, found[0], found[1]


def _at(powers: NDArray[np.float64], p: float) -> NDArray[np.float64]:
    if p in (0.0, 1.0):
        return np.full(powers.shape[0], p)
    s = np.clip(NormalDist().inv_cdf(p) / REACH, -1.0, 1.0)
    return np.asarray(powers @ s ** np.arange(powers.shape[1]))
