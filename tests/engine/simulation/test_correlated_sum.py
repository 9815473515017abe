"""Three correlated tasks in series: the sum has its true mean and deviation, each task keeps its own distribution."""

import math

import numpy as np
import pytest

from mainstay.engine.simulation import DurationUncertainty, Loading, SimulationModel, run
from mainstay.engine.simulation.distributions import Distribution, Normal, Triangular, Uniform
from tests.engine.simulation.models import START, by_the_clock

MINUTES = 10_000
"""One unit of the oracle, so that rounding to minutes does not show."""
TASKS: dict[str, Distribution] = {"A": Normal(10.0, 2.0), "B": Triangular(5.0, 10.0, 15.0), "C": Uniform(8.0, 12.0)}
PAIRS = {("A", "B"): 0.5, ("A", "C"): 0.3, ("B", "C"): 0.4}


def loadings() -> dict[str, tuple[Loading, ...]]:
    """One common factor that gives exactly these three correlations of normal scores."""
    ab, ac, bc = PAIRS.values()
    values = {"A": math.sqrt(ab * ac / bc), "B": math.sqrt(ab * bc / ac), "C": math.sqrt(ac * bc / ab)}
    return {name: (Loading("common", value),) for name, value in values.items()}


@pytest.mark.parametrize(("is_correlated", "deviation"), [(False, 3.082), (True, 4.09)])
def test_the_sum_of_three_tasks(*, is_correlated: bool, deviation: float) -> None:
    shared = loadings() if is_correlated else dict.fromkeys(TASKS, ())
    plan = by_the_clock([(name, 10 * MINUTES) for name in TASKS], [("A", "B"), ("B", "C")])
    model = SimulationModel(
        plan=plan,
        durations=tuple(DurationUncertainty(name, found.scaled(MINUTES), shared[name]) for name, found in TASKS.items()),
        milestones=("A", "B"),
    )
    found = run(model, iterations=200_000, seed=5)
    ends = [(found.finish_of(name).values - START) / MINUTES for name in ("A", "B", None)]
    assert ends[2].mean() == pytest.approx(30.0, abs=0.03)
    assert ends[2].std() == pytest.approx(deviation, abs=0.02)
    tasks = np.diff(np.vstack([np.zeros_like(ends[0]), *ends]), axis=0)
    assert tasks.mean(axis=1) == pytest.approx([10.0, 10.0, 10.0], abs=0.02)
    assert tasks.std(axis=1) == pytest.approx([2.0, math.sqrt(25 / 6), math.sqrt(16 / 12)], abs=0.02)
    realised = np.corrcoef(tasks)[np.triu_indices(3, 1)]
    assert realised == pytest.approx([0.498, 0.294, 0.391] if is_correlated else [0.0, 0.0, 0.0], abs=0.01)
