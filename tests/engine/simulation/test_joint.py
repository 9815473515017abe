"""Time and cost at once, against bivariate normal probabilities and against counting."""

import math

import numpy as np
import pytest

from mainstay.engine.simulation import CostItem, ProjectRate, SimulationModel, run
from mainstay.engine.simulation.distributions import Normal
from mainstay.engine.simulation.errors import SimulationError
from mainstay.engine.simulation.inputs import DurationUncertainty
from mainstay.engine.simulation.joint import frontier, scattered, share_error, share_within
from mainstay.engine.simulation.result import Sample
from tests.engine.simulation.models import START, by_the_clock

ITERATIONS = 40_000


@pytest.mark.parametrize(("correlation", "joint"), [(0.0, 0.49), (0.6, 0.5727), (1.0, 0.70)])
def test_two_seventieth_percentiles_are_no_joint_confidence_of_seventy(correlation: float, joint: float) -> None:
    """Cost is a rate on the duration and a part of its own; the shares are those of the bivariate normal distribution."""
    days = 10.0
    own = 1000.0 * math.sqrt(1.0 - correlation**2)
    model = SimulationModel(
        plan=by_the_clock([("a", 144_000)], []),
        durations=(DurationUncertainty("a", Normal(144_000, days * 1440)),),
        items=(CostItem("rest", "P", Normal(50_000, own)),),
        project_rates=(ProjectRate("P", 1000.0 * correlation / days, START),),
    )
    result = run(model, iterations=ITERATIONS, seed=1)
    finish, cost = result.finish_of(), result.cost_of()
    share = share_within(finish, cost, finish.percentile(70), cost.percentile(70))
    assert share == pytest.approx(joint, abs=4 * share_error(joint, ITERATIONS))
    assert result.correlation == pytest.approx(correlation, abs=0.02)


def test_each_pair_of_the_frontier_is_met_by_the_share_and_by_no_less() -> None:
    rnd = np.random.default_rng(5)
    finish, cost = Sample(rnd.integers(0, 30, 400)), Sample(np.round(rnd.normal(100, 20, 400), 1))
    pairs = frontier(finish, cost, 0.7)
    assert len(pairs) > 3
    for pair in pairs:
        assert share_within(finish, cost, pair.finish, pair.cost) >= 0.7
        assert share_within(finish, cost, pair.finish - 1, pair.cost) < 0.7
        assert share_within(finish, cost, pair.finish, pair.cost - 0.05) < 0.7
    assert [pair.finish for pair in pairs] == sorted({pair.finish for pair in pairs})
    assert [pair.cost for pair in pairs] == sorted({pair.cost for pair in pairs}, reverse=True)


def test_the_ends_of_the_frontier_are_the_percentiles_where_the_other_is_free() -> None:
    rnd = np.random.default_rng(6)
    finish, cost = Sample(rnd.normal(0, 1, 5000)), Sample(rnd.normal(0, 1, 5000))
    pairs = frontier(finish, cost, 0.7, points=5000)
    assert pairs[0].finish == finish.percentile(70)
    assert pairs[-1].cost == cost.percentile(70)


def test_a_certain_cost_leaves_one_pair() -> None:
    finish, cost = Sample(np.arange(100)), Sample(np.full(100, 5.0))
    assert [(pair.finish, pair.cost) for pair in frontier(finish, cost, 0.7)] == [(69.0, 5.0)]


@pytest.mark.parametrize("share", [0.0, -0.1, 1.01, math.nan])
def test_an_impossible_share_is_refused(share: float) -> None:
    sample = Sample(np.arange(10))
    with pytest.raises(SimulationError, match="above 0 and is at most 1"):
        frontier(sample, sample, share)


def test_the_scatter_keeps_iterations_whole() -> None:
    finish, cost = Sample(np.arange(10)), Sample(np.arange(10) * 2.0)
    assert [(pair.finish, pair.cost) for pair in scattered(finish, cost, 3)] == [(0, 0), (1, 2), (2, 4)]
    assert len(scattered(finish, cost, 99)) == 10
    with pytest.raises(SimulationError, match="same iterations"):
        scattered(finish, Sample(np.arange(9)), 3)
