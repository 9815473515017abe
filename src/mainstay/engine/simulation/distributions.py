"""Uncertain quantities by their field's standard names: durations in working minutes, impacts in minutes or money.

Each is a frozen value, checked when made. How the kernels draw from it is in `sampling`.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.simulation.beta import beta_quantile
from mainstay.engine.simulation.errors import DistributionError

Array = NDArray[np.float64]
_normal_quantile = np.vectorize(NormalDist().inv_cdf, otypes=[np.float64])


@runtime_checkable
class Distribution(Protocol):
    """What every distribution knows of itself; values in the unit of its parameters."""

    @property
    def mean(self) -> float: ...
    @property
    def variance(self) -> float: ...
    def quantile(self, u: Array) -> Array:
        """Return the values with cumulative probability u in (0, 1), elementwise, in double precision."""
        ...

    def scaled(self, factor: float) -> "Distribution":
        """Return the distribution of the value times a factor >= 0."""
        ...


def _finite(name: str, *values: float) -> None:
    if not all(math.isfinite(value) for value in values):
        raise DistributionError(f"{name}: every parameter must be a finite number, not {', '.join(f'{v:g}' for v in values)}.")


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value that is certain."""

    value: float

    def __post_init__(self) -> None:
        _finite("Fixed", self.value)

    @property
    def mean(self) -> float:
        return self.value

    @property
    def variance(self) -> float:
        return 0.0

    def quantile(self, u: Array) -> Array:
        return np.full_like(u, self.value)

    def scaled(self, factor: float) -> "Fixed":
        return Fixed(self.value * factor)


@dataclass(frozen=True, slots=True)
class _ThreePoint:
    """Lowest, most likely and highest value."""

    optimistic: float
    most_likely: float
    pessimistic: float

    def __post_init__(self) -> None:
        _finite(type(self).__name__, self.optimistic, self.most_likely, self.pessimistic)
        if not self.optimistic <= self.most_likely <= self.pessimistic:
            raise DistributionError(
                f"Three points must rise from optimistic over most likely to pessimistic, "
                f"not {self.optimistic:g}, {self.most_likely:g}, {self.pessimistic:g}."
            )

    @property
    def spread(self) -> float:
        """Pessimistic less optimistic."""
        return self.pessimistic - self.optimistic

    @property
    def mode_fraction(self) -> float:
        """Where between the ends the most likely value lies, 0 to 1."""
        return (self.most_likely - self.optimistic) / self.spread if self.spread else 0.0


@dataclass(frozen=True, slots=True)
class Triangular(_ThreePoint):
    """Triangular between optimistic and pessimistic with its peak at the most likely value."""

    @property
    def mean(self) -> float:
        return (self.optimistic + self.most_likely + self.pessimistic) / 3.0

    @property
    def variance(self) -> float:
        m = self.mode_fraction
        return self.spread**2 * (1.0 - m + m * m) / 18.0

    def quantile(self, u: Array) -> Array:
        m = self.mode_fraction
        left, right = np.sqrt(u * m), 1.0 - np.sqrt((1.0 - u) * (1.0 - m))
        return np.asarray(self.optimistic + self.spread * np.where(u < m, left, right))

    def scaled(self, factor: float) -> "Triangular":
        return Triangular(self.optimistic * factor, self.most_likely * factor, self.pessimistic * factor)


@dataclass(frozen=True, slots=True)
class BetaPert(_ThreePoint):
    """Beta-PERT with weight four on the most likely value: mean (a + 4m + b) / 6.

    Notes
    -----
    The variance is that of the beta distribution, not the classical ((b - a) / 6)**2, which holds only near symmetry.
    """

    @property
    def mean(self) -> float:
        return (self.optimistic + 4.0 * self.most_likely + self.pessimistic) / 6.0

    @property
    def variance(self) -> float:
        return (self.mean - self.optimistic) * (self.pessimistic - self.mean) / 7.0

    def quantile(self, u: Array) -> Array:
        a = 1.0 + 4.0 * self.mode_fraction
        return np.asarray(self.optimistic + self.spread * beta_quantile(np.full_like(u, a), np.full_like(u, 6.0 - a), u))

    def scaled(self, factor: float) -> "BetaPert":
        return BetaPert(self.optimistic * factor, self.most_likely * factor, self.pessimistic * factor)


@dataclass(frozen=True, slots=True)
class Uniform:
    """Every value between two ends equally likely."""

    low: float
    high: float

    def __post_init__(self) -> None:
        _finite("Uniform", self.low, self.high)
        if self.low > self.high:
            raise DistributionError(f"Uniform: the lower end {self.low:g} is above the upper end {self.high:g}.")

    @property
    def mean(self) -> float:
        return (self.low + self.high) / 2.0

    @property
    def variance(self) -> float:
        return (self.high - self.low) ** 2 / 12.0

    def quantile(self, u: Array) -> Array:
        return np.asarray(self.low + (self.high - self.low) * u)

    def scaled(self, factor: float) -> "Uniform":
        return Uniform(self.low * factor, self.high * factor)


@dataclass(frozen=True, slots=True)
class Normal:
    """Normal by mean and standard deviation. A duration below zero is taken as zero when it is drawn."""

    centre: float
    deviation: float

    def __post_init__(self) -> None:
        _finite("Normal", self.centre, self.deviation)
        if self.deviation < 0:
            raise DistributionError(f"Normal: the standard deviation must not be negative, but is {self.deviation:g}.")

    @property
    def mean(self) -> float:
        return self.centre

    @property
    def variance(self) -> float:
        return self.deviation**2

    def quantile(self, u: Array) -> Array:
        return np.asarray(self.centre + self.deviation * _normal_quantile(u))

    def scaled(self, factor: float) -> "Normal":
        return Normal(self.centre * factor, self.deviation * factor)


@dataclass(frozen=True, slots=True)
class Lognormal:
    """Lognormal by the mean and standard deviation of the value itself (not of its logarithm)."""

    centre: float
    deviation: float

    def __post_init__(self) -> None:
        _finite("Lognormal", self.centre, self.deviation)
        if self.centre <= 0 or self.deviation < 0:
            raise DistributionError(
                f"Lognormal: the mean must be above zero and the standard deviation not negative, "
                f"but they are {self.centre:g} and {self.deviation:g}."
            )

    @property
    def mean(self) -> float:
        return self.centre

    @property
    def variance(self) -> float:
        return self.deviation**2

    @property
    def log_deviation(self) -> float:
        """Standard deviation of the logarithm."""
        return math.sqrt(math.log1p((self.deviation / self.centre) ** 2))

    @property
    def median(self) -> float:
        return self.centre * math.exp(-0.5 * self.log_deviation**2)

    def quantile(self, u: Array) -> Array:
        return np.asarray(self.median * np.exp(self.log_deviation * _normal_quantile(u)))

    def scaled(self, factor: float) -> "Distribution":
        return Lognormal(self.centre * factor, self.deviation * factor) if factor > 0 else Fixed(0.0)


@dataclass(frozen=True, slots=True)
class Exponential:
    """Exponential by its mean: a wait without memory."""

    centre: float

    def __post_init__(self) -> None:
        _finite("Exponential", self.centre)
        if self.centre < 0:
            raise DistributionError(f"Exponential: the mean must not be negative, but is {self.centre:g}.")

    @property
    def mean(self) -> float:
        return self.centre

    @property
    def variance(self) -> float:
        return self.centre**2

    def quantile(self, u: Array) -> Array:
        return np.asarray(-self.centre * np.log1p(-u))

    def scaled(self, factor: float) -> "Exponential":
        return Exponential(self.centre * factor)


@dataclass(frozen=True, slots=True)
class Discrete:
    """A few values, each with its probability."""

    values: tuple[float, ...]
    probabilities: tuple[float, ...]

    def __post_init__(self) -> None:
        _finite("Discrete", *self.values, *self.probabilities)
        if not self.values or len(self.values) != len(self.probabilities):
            raise DistributionError(f"Discrete: {len(self.values)} values need as many probabilities, not {len(self.probabilities)}.")
        if any(p < 0 for p in self.probabilities) or abs(math.fsum(self.probabilities) - 1.0) > 1e-9:
            raise DistributionError(
                f"Discrete: the probabilities must not be negative and must add up to 1, not {math.fsum(self.probabilities):g}."
            )
        if list(self.values) != sorted(self.values):
            raise DistributionError("Discrete: list the values from the lowest to the highest.")

    @property
    def mean(self) -> float:
        return math.fsum(v * p for v, p in zip(self.values, self.probabilities, strict=True))

    @property
    def variance(self) -> float:
        return math.fsum((v - self.mean) ** 2 * p for v, p in zip(self.values, self.probabilities, strict=True))

    def quantile(self, u: Array) -> Array:
        steps = np.cumsum(self.probabilities)[:-1]
        return np.asarray(np.asarray(self.values)[np.searchsorted(steps, u, side="left")])

    def scaled(self, factor: float) -> "Discrete":
        return Discrete(tuple(v * factor for v in self.values), self.probabilities)


@dataclass(frozen=True, slots=True)
class Cumulative:
    """A curve through points: values that rise, and the share of cases at or below each, from 0 to 1; straight lines between them.

    For percentiles that somebody has stated, and for reference classes: the ratios that past projects have shown.
    """

    values: tuple[float, ...]
    shares: tuple[float, ...]

    def __post_init__(self) -> None:
        _finite("Cumulative", *self.values, *self.shares)
        if len(self.values) < 2 or len(self.values) != len(self.shares):
            raise DistributionError(f"Cumulative: {len(self.values)} values and {len(self.shares)} shares; give two or more of each.")
        if list(self.values) != sorted(self.values) or list(self.shares) != sorted(set(self.shares)):
            raise DistributionError("Cumulative: list values and shares from the lowest to the highest, each share once.")
        if self.shares[0] != 0.0 or self.shares[-1] != 1.0:
            raise DistributionError(f"Cumulative: the shares go from 0 to 1, not from {self.shares[0]:g} to {self.shares[-1]:g}.")

    @property
    def mean(self) -> float:
        return math.fsum(p * (a + b) / 2.0 for p, a, b in self._pieces())

    @property
    def variance(self) -> float:
        centre = self.mean
        return math.fsum(p * (((a + b) / 2.0 - centre) ** 2 + (b - a) ** 2 / 12.0) for p, a, b in self._pieces())

    def _pieces(self) -> list[tuple[float, float, float]]:
        shares, values = self.shares, self.values
        return [(shares[k + 1] - shares[k], values[k], values[k + 1]) for k in range(len(values) - 1)]

    def quantile(self, u: Array) -> Array:
        return np.asarray(np.interp(u, self.shares, self.values))

    def scaled(self, factor: float) -> "Cumulative":
        return Cumulative(tuple(v * factor for v in self.values), self.shares)
