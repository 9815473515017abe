"""What a simulation leaves: samples of finishes and costs with their percentiles and standard errors, and how often activities drive."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import MINUTES_PER_DAY
from mainstay.engine.simulation.distributions import BetaPert, Distribution, Triangular
from mainstay.engine.simulation.errors import SimulationError

PERCENTS: Final = (5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 85, 90, 95)
"""The percentiles that reports show."""


class Sample:
    """The values that one quantity took, iteration by iteration.

    Notes
    -----
    The q-quantile is the smallest value that at least the share q of the iterations did not exceed. Its standard error is half the
    distance between the order statistics one binomial standard deviation below and above it: no density need be estimated.

    References
    ----------
    David, Nagaraja: Order Statistics, 3rd edition, Wiley 2003, section 7.1.
    """

    def __init__(self, values: NDArray[Any]) -> None:
        if not values.size:
            raise SimulationError("A sample needs at least one iteration.")
        self.values = values

    @cached_property
    def ordered(self) -> NDArray[Any]:
        return np.sort(self.values)

    @property
    def count(self) -> int:
        return int(self.values.size)

    @property
    def mean(self) -> float:
        return float(self.values.mean(dtype=np.float64))

    @property
    def deviation(self) -> float:
        """Standard deviation."""
        return float(self.values.std(dtype=np.float64, ddof=1)) if self.count > 1 else 0.0

    @property
    def mean_error(self) -> float:
        """Standard error of the mean."""
        return self.deviation / math.sqrt(self.count)

    def percentile(self, percent: float) -> float:
        return float(self.ordered[min(max(math.ceil(percent / 100.0 * self.count - 1e-9), 1), self.count) - 1])

    def percentile_error(self, percent: float) -> float:
        """Standard error of a percentile."""
        q = percent / 100.0
        half = math.sqrt(self.count * q * (1.0 - q))
        low = min(max(math.floor(q * self.count - half), 0), self.count - 1)
        high = min(max(math.ceil(q * self.count + half), 1), self.count) - 1
        return float(self.ordered[high] - self.ordered[low]) / 2.0

    def share_at_most(self, value: float) -> float:
        """Share of the iterations that did not exceed a value."""
        return float(np.searchsorted(self.ordered, value, side="right")) / self.count

    def curve(self, points: int = 101) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Values and the shares at or below them, evenly spread over the shares and with both ends."""
        at = np.unique(np.linspace(0, self.count - 1, min(points, self.count)).round().astype(np.int64))
        values = self.ordered[at].astype(np.float64)
        return values, np.searchsorted(self.ordered, values, side="right") / self.count

    def histogram(self, bins: int = 30) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Counts, and the edges of their equal bins (one more)."""
        counts, edges = np.histogram(self.values, bins=bins)
        return counts.astype(np.int64), edges.astype(np.float64)


@dataclass(frozen=True)
class SimulationResult:
    """One run.

    Attributes
    ----------
    projects, milestones
        Ids, in the order of the model.
    finish
        Minutes from ``origin``: one row a project, one for the programme, one a milestone; one column an iteration. Rows of milestones
        count working minutes of their calendar and are turned into instants by ``instants_of``.
    planned_finish
        Instants of the same rows without uncertainty and risks.
    money, planned_money
        One row a project, and what the projects cost without uncertainty and risks.
    criticality, criticality_in_project
        Activity → share of the iterations in which it drove the finish of the programme, or that of its own project.
    occurred
        Risk → share of the iterations in which it occurred.
    sampling, replicates
        How the iterations were spread (`schemes.Sampling`), and over how many independent replicates.
    error_days, converged
        Standard error reached of the percentile that the run was to converge on, and whether that was enough; None without one.
    seconds, threads
        Time of the run itself by the clock, and how many threads shared it.
    """

    projects: tuple[str, ...]
    milestones: tuple[str, ...]
    iterations: int
    seed: int
    origin: int
    finish: NDArray[np.int32] = field(repr=False)
    planned_finish: NDArray[np.int64] = field(repr=False)
    money: NDArray[np.float64] = field(repr=False)
    planned_money: NDArray[np.float64] = field(repr=False)
    criticality: Mapping[str, float] = field(repr=False)
    criticality_in_project: Mapping[str, float] = field(repr=False)
    occurred: Mapping[str, float] = field(repr=False)
    instants_of: Mapping[int, NDArray[np.int64]] = field(repr=False)
    seconds: float
    threads: int
    activities: int
    links: int
    sampling: str = "random"
    replicates: int = 1
    error_days: float | None = None
    converged: bool | None = None

    def row(self, name: str | None) -> int:
        """Row of a project or milestone; None is the programme."""
        if name is None:
            return len(self.projects)
        if name in self.projects:
            return self.projects.index(name)
        if name in self.milestones:
            return len(self.projects) + 1 + self.milestones.index(name)
        raise SimulationError(f"The run has neither a project nor a milestone {name}; ask for one that its model names.")

    def finish_of(self, name: str | None = None) -> Sample:
        """Instants (minutes since 1970) at which a project or milestone finished; None is the programme."""
        row = self.row(name)
        instants = self.instants_of.get(row)
        return Sample(self.finish[row].astype(np.int64) + self.origin if instants is None else instants)

    def planned_finish_of(self, name: str | None = None) -> int:
        return int(self.planned_finish[self.row(name)])

    def cost_of(self, name: str | None = None) -> Sample:
        """What a project cost; None is the programme."""
        return Sample(self.money.sum(axis=0) if name is None else self.money[self.projects.index(name)])

    def planned_cost_of(self, name: str | None = None) -> float:
        return float(self.planned_money.sum() if name is None else self.planned_money[self.projects.index(name)])

    def gap_days(self, percent: float = 80, name: str | None = None) -> float:
        """Days by the clock between the finish without uncertainty and a percentile."""
        return (self.finish_of(name).percentile(percent) - self.planned_finish_of(name)) / MINUTES_PER_DAY

    def last_to_finish(self) -> Mapping[str, float]:
        """Project → share of the iterations in which it finished last (ties count for each)."""
        rows = self.finish[: len(self.projects)]
        last = rows == self.finish[len(self.projects)]
        return {name: float(last[k].mean()) for k, name in enumerate(self.projects)}

    def all_by(self, instants: Mapping[str, float]) -> float:
        """Share of the iterations in which every project had finished by its own instant."""
        met = np.ones(self.iterations, np.bool_)
        for name, instant in instants.items():
            met &= self.finish[self.row(name)] + self.origin <= instant
        return float(met.mean())

    def within(self, instant: float, amount: float) -> float:
        """Share of the iterations in which the programme finished by an instant and cost no more than an amount, both at once."""
        return float(((self.finish_of().values <= instant) & (self.cost_of().values <= amount)).mean())

    @property
    def correlation(self) -> float:
        """Correlation of the finish and the cost of the programme; 0 where one of them is certain."""
        finish, cost = self.finish_of().values.astype(np.float64), self.cost_of().values
        spread = finish.std() * cost.std()
        return float(((finish - finish.mean()) * (cost - cost.mean())).mean() / spread) if spread > 0 else 0.0


def planned_amount(amount: Distribution) -> float:
    """Return the value that a plan carries for an uncertain amount: the most likely one, or the mean where it has none."""
    return amount.most_likely if isinstance(amount, Triangular | BetaPert) else amount.mean
