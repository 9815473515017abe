"""When a run has gone on long enough: once the standard error of a percentile is small enough to act upon."""

import math
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import MINUTES_PER_DAY
from mainstay.engine.simulation.assembly import instants_of
from mainstay.engine.simulation.errors import SimulationError
from mainstay.engine.simulation.execution import Execution, Progress
from mainstay.engine.simulation.portions import COUNTS
from mainstay.engine.simulation.result import Sample
from mainstay.engine.simulation.schemes import Sampling
from mainstay.engine.simulation.tables import Results

REPLICATES: Final = 10
"""Independent replicates from which an error is measured at least, where iterations are not independent themselves."""


@dataclass(frozen=True, slots=True)
class Convergence:
    """Go on until the finish is known well enough.

    Attributes
    ----------
    percent
        Which percentile of the programme's finish, or that of ``of``: a project or milestone of the model.
    error_days
        Its standard error at most, in days by the clock.
    least, most
        Iterations in any case, and at most; a run that stops at the most has not converged, and its result says so.

    Notes
    -----
    Independent iterations give the error of a percentile by order statistics (`Sample.percentile_error`). A Latin hypercube and a Sobol
    sequence are run as independent replicates instead, and the error is that of the mean of their percentiles.
    """

    percent: float = 80.0
    error_days: float = 1.0
    least: int = 1_000
    most: int = 100_000
    of: str | None = None

    def __post_init__(self) -> None:
        if not 0.0 < self.percent < 100.0:
            raise SimulationError(f"A run converges on a percentile between 0 and 100, not {self.percent:g}.")
        if not self.error_days > 0.0:
            raise SimulationError(f"A run converges to a standard error above 0 days, not {self.error_days:g}.")
        if not 1 <= self.least <= self.most:
            raise SimulationError(f"A run has at least 1 iteration and at most as many as it may: not {self.least:,} and {self.most:,}.")


@dataclass(slots=True)
class Played:
    """What has been played so far."""

    parts: list[Results] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)

    @property
    def iterations(self) -> int:
        return sum(self.counts)

    def whole(self) -> Results:
        """All parts as one."""
        joined = {
            name: np.concatenate([getattr(part, name)[:, :count] for part, count in zip(self.parts, self.counts, strict=True)], axis=1)
            for name in ("finish", "money")
        }
        return Results(**joined, **{name: np.sum([getattr(part, name) for part in self.parts], axis=0) for name in COUNTS})


def play_until(execution: Execution, until: Convergence, progress: Progress | None) -> tuple[Results, int, int, float]:
    """Play until converged; returns the results, the iterations, the replicates, and the standard error in days that was reached."""
    row = _row(execution, until.of)
    block, played = execution.block, Played()
    independent = execution.sampling is Sampling.RANDOM
    size = _blocks(until.least if independent else until.least / REPLICATES, block)
    if not independent:
        size = 1 << (size - 1).bit_length() if execution.sampling is Sampling.SOBOL else size
    total = size if independent else size * REPLICATES
    most = max(_blocks(until.most, block), total) if independent else max(until.most // size * size, total)
    while True:
        while played.iterations < total:
            first = played.iterations
            count = min(total - first, until.most - first) if independent else size
            draw = execution.draw(count, first, len(played.parts))
            played.parts.append(execution.span(draw, first, count, progress))
            played.counts.append(count)
            if count < total - first and independent:
                break
        error = _error(execution, until, row, played)
        if error <= until.error_days or played.iterations >= min(most, until.most if independent else most):
            return played.whole(), played.iterations, 1 if independent else len(played.parts), error
        wanted = played.iterations * min(max((error / until.error_days) ** 2 * 1.05, 1.1), 4.0)
        total = min(most, _blocks(wanted, block if independent else size))


def _blocks(iterations: float, block: int) -> int:
    return max(math.ceil(iterations / block), 1) * block


def _row(execution: Execution, name: str | None) -> int:
    projects, milestones = [project.id for project in execution.model.plan.projects], list(execution.model.milestones)
    if name is None:
        return len(projects)
    if name in projects:
        return projects.index(name)
    if name in milestones:
        return len(projects) + 1 + milestones.index(name)
    raise SimulationError(f"A run cannot converge on {name}, which is neither a project nor a milestone of its model; name one of them.")


def _error(execution: Execution, until: Convergence, row: int, played: Played) -> float:
    """Standard error of the percentile in days by the clock."""
    parts: list[NDArray[np.int64]] = [
        instants_of(execution.translation, row, part.finish[row, :count]) for part, count in zip(played.parts, played.counts, strict=True)
    ]
    if execution.sampling is Sampling.RANDOM:
        return Sample(np.concatenate(parts)).percentile_error(until.percent) / MINUTES_PER_DAY
    found = [Sample(part).percentile(until.percent) for part in parts]
    return float(np.std(found, ddof=1)) / math.sqrt(len(found)) / MINUTES_PER_DAY
