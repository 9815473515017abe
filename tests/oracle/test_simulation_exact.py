"""Simulated networks against values that are known exactly: exponential bridges, enumerated discrete ones, Clark's maximum, merge bias.

References
----------
Kulkarni, Adlakha: Markov and Markov-regenerative PERT networks. Operations Research 34, 1986, pages 769-781.
Clark: The greatest of a finite set of random variables. Operations Research 9, 1961, pages 145-162.
"""

import math
from itertools import pairwise

import pytest

from mainstay.engine.simulation import Loading, SimulationResult, run
from mainstay.engine.simulation.distributions import Discrete, Distribution, Exponential, Normal, Triangular
from tests.engine.simulation.models import START, drawn

UNIT = 10_000
"""Minutes that stand for one unit of time, so that rounding to minutes does not show."""
ITERATIONS = 60_000
BRIDGE = [("A", "C"), ("A", "D"), ("B", "E"), ("C", "E")]


def simulated(
    durations: dict[str, Distribution], links: list[tuple[str, str]], loadings: dict[str, tuple[Loading, ...]] | None = None
) -> SimulationResult:
    return run(drawn({name: found.scaled(UNIT) for name, found in durations.items()}, links, loadings), iterations=ITERATIONS, seed=7)


def holds(found: SimulationResult, mean: float, variance: float) -> None:
    """Mean and variance within four standard errors; that of the variance by its own fourth moment."""
    values = (found.finish_of().values - START) / UNIT
    assert values.mean() == pytest.approx(mean, abs=4 * math.sqrt(variance / ITERATIONS))
    fourth = float(((values - values.mean()) ** 4).mean())
    assert values.var() == pytest.approx(variance, abs=4 * math.sqrt((fourth - variance**2) / ITERATIONS))


def bridge(prefix: str, means: tuple[float, ...] = (1, 1, 1, 1, 1)) -> tuple[dict[str, Distribution], list[tuple[str, str]]]:
    durations: dict[str, Distribution] = {prefix + name: Exponential(mean) for name, mean in zip("ABCDE", means, strict=True)}
    return durations, [(prefix + a, prefix + b) for a, b in BRIDGE]


@pytest.mark.parametrize(("count", "mean", "variance"), [(2, 3 / 2, 5 / 4), (5, 137 / 60, 5269 / 3600)])
def test_parallel_exponential_activities(count: int, mean: float, variance: float) -> None:
    holds(simulated({f"A{k}": Exponential(1.0) for k in range(count)}, []), mean, variance)


@pytest.mark.parametrize(
    ("means", "mean", "variance"),
    [((1, 1, 1, 1, 1), 83 / 24, 1663 / 576), ((1, 2, 3, 4, 5), 384311 / 36855, 45676246451 / 1358291025)],
)
def test_the_bridge_of_exponential_activities(means: tuple[float, ...], mean: float, variance: float) -> None:
    holds(simulated(*bridge("", means)), mean, variance)


def test_two_bridges_in_series() -> None:
    first, links = bridge("1")
    second, more = bridge("2")
    between = [(f"1{end}", f"2{start}") for end in "DE" for start in "AB"]
    holds(simulated(first | second, links + more + between), 83 / 12, 1663 / 288)


def test_three_stages_of_three_parallel_activities() -> None:
    names = [[f"{stage}{k}" for k in range(3)] for stage in "ABC"]
    links = [(a, b) for before, after in pairwise(names) for a in before for b in after]
    holds(simulated({name: Exponential(1.0) for stage in names for name in stage}, links), 11 / 2, 49 / 12)


def test_the_discrete_bridge_by_full_enumeration() -> None:
    values = {"A": (2, 4, 6), "B": (5, 6, 10), "C": (1, 3, 5), "D": (5, 6, 9), "E": (2, 3, 4)}
    found = simulated({name: Discrete(points, (0.25, 0.5, 0.25)) for name, points in values.items()}, BRIDGE)
    finish = (found.finish_of().values - START) / UNIT
    assert finish.mean() == pytest.approx(6003 / 512, abs=4 * finish.std() / ITERATIONS**0.5)
    for most, share in ((10, 315 / 1024), (12, 601 / 1024), (14, 237 / 256)):
        assert (finish <= most + 1e-3).mean() == pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / ITERATIONS))
    expected = {"A": 0.739258, "B": 0.335938, "C": 0.365234, "D": 0.489258, "E": 0.679688}
    assert found.criticality == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    ("correlation", "mean", "deviation", "critical"),
    [
        (0.0, 104.966891, 9.966945, 0.609244),
        (0.3, 103.938117, 10.550801, 0.627850),
        (0.5, 103.150051, 10.882003, 0.647272),
        (0.8, 101.706081, 11.193011, 0.706203),
    ],
)
def test_clark_s_maximum_of_two_correlated_paths(correlation: float, mean: float, deviation: float, critical: float) -> None:
    shared = (Loading("common", math.sqrt(correlation)),) if correlation else ()
    found = run(
        drawn({"1": Normal(100 * 400, 10 * 400), "2": Normal(95 * 400, 15 * 400)}, [], {"1": shared, "2": shared}),
        iterations=ITERATIONS,
        seed=3,
    )
    values = (found.finish_of().values - START) / 400
    assert values.mean() == pytest.approx(mean, abs=4 * deviation / ITERATIONS**0.5)
    assert values.std() == pytest.approx(deviation, abs=4 * deviation / (2 * ITERATIONS) ** 0.5)
    assert found.criticality["1"] == pytest.approx(critical, abs=0.01)


@pytest.mark.parametrize(
    ("count", "mean", "eighty"),
    [
        (1, 13.0, 15.352420),
        (2, 14.45, 16.623335),
        (3, 15.248214, 17.217612),
        (5, 16.160968, 17.828841),
        (10, 17.191374, 18.456219),
        (20, 17.978229, 18.905341),
    ],
)
def test_merge_bias_of_parallel_activities(count: int, mean: float, eighty: float) -> None:
    found = simulated({f"A{k}": Triangular(8, 11, 20) for k in range(count)}, [])
    sample = found.finish_of()
    assert (sample.mean - START) / UNIT == pytest.approx(mean, abs=4 * sample.mean_error / UNIT)
    assert (sample.percentile(80) - START) / UNIT == pytest.approx(eighty, abs=4 * sample.percentile_error(80) / UNIT + 1e-3)
    # All finish by the sum of their modes with a quarter of a chance each.
    assert sample.share_at_most(START + 11 * UNIT) == pytest.approx(0.25**count, abs=4 * math.sqrt(0.25**count / ITERATIONS) + 1e-4)
