"""How the runs of one analysis are made, so that all of them see the same random numbers."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.simulation.execution import Execution
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.result import Sample, SimulationResult
from mainstay.engine.simulation.run import BLOCK, available_threads, check, run_translated
from mainstay.engine.simulation.schemes import Sampling
from mainstay.engine.simulation.tables import ModelTables
from mainstay.engine.simulation.translation import Translation, translate
from mainstay.engine.simulation.variants import Ends, each_end

BATCHES: Final = 20
"""Parts of the iterations by which the standard error of a difference is estimated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerun:
    """Iterations, seed and the rest of `run`, held fixed over all runs of an analysis."""

    iterations: int = 4096
    seed: int = 1
    threads: int | None = None
    cancelled: Callable[[], bool] | None = None

    def of(self, model: SimulationModel, translation: Translation | None = None, *, criticality: bool = False) -> SimulationResult:
        """Run a model, translated before or now."""
        return run_translated(
            model,
            translation or translate(model),
            iterations=self.iterations,
            seed=self.seed,
            threads=self.threads,
            cancelled=self.cancelled,
            criticality=criticality,
        )

    def ends(self, model: SimulationModel, translation: Translation | None = None) -> Ends:
        """Run a model and keep the finish and the cost of the programme."""
        found = self.of(model, translation)
        return Ends(found.finish_of(), found.cost_of())

    def each_end(self, model: SimulationModel, translation: Translation, variants: Iterable[ModelTables]) -> Iterator[Ends]:
        """The ends of a model, then those with each of some other tables made from the translation's; see `variants.each_end`."""
        check(self.iterations, self.seed, BLOCK)
        threads = self.threads or available_threads()
        execution = Execution(model, translation, self.seed, Sampling.RANDOM, threads, BLOCK, False, self.cancelled)
        return each_end(execution, variants, self.iterations)


@dataclass(frozen=True, slots=True)
class Difference:
    """What one sample's percentile, mean and standard deviation exceed another's by; ``error`` is the standard error of the first."""

    value: float
    error: float
    mean: float
    deviation: float


def difference(one: Sample, other: Sample, percent: float) -> Difference:
    """Compare two runs on the same random numbers.

    Notes
    -----
    The error is estimated from the differences within `BATCHES` parts of the iterations: both sides saw the same draws there, so that
    it is far smaller than the error of either side.
    """
    batches = min(BATCHES, one.count // 20)
    error = 0.0
    if batches >= 2:
        apart = [
            _percentile(a, percent) - _percentile(b, percent) for a, b in zip(_parts(one, batches), _parts(other, batches), strict=True)
        ]
        error = float(np.std(apart, ddof=1)) / batches**0.5
    return Difference(one.percentile(percent) - other.percentile(percent), error, one.mean - other.mean, one.deviation - other.deviation)


def _parts(sample: Sample, batches: int) -> list[NDArray[np.generic]]:
    return list(np.array_split(sample.values, batches))


def _percentile(values: NDArray[np.generic], percent: float) -> float:
    return Sample(values).percentile(percent)
