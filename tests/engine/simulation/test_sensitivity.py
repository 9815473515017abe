"""Cruciality and sensitivity against closed forms, and the watched durations against the plain reference."""

import math

import numpy as np
import pytest

from mainstay.engine.forward_pass import forward
from mainstay.engine.network import build
from mainstay.engine.schedule_arrays import empty_dates, problem_of
from mainstay.engine.simulation import run
from mainstay.engine.simulation.distributions import Normal, Uniform
from mainstay.engine.simulation.reference import durations
from mainstay.engine.simulation.reference_acts import drawn_acts
from mainstay.engine.simulation.reference_dates import Placer
from mainstay.engine.simulation.reference_numbers import Numbers
from mainstay.engine.simulation.rerun import Rerun
from mainstay.engine.simulation.sensitivity import durations_of, ranks, sensitivity
from mainstay.engine.simulation.translation import origin_of
from mainstay.engine.simulation.uncertainty import uncertain_nodes
from tests.engine.simulation.models import drawn, random_model

RERUN = Rerun(iterations=20_000, seed=3)


def test_two_activities_in_a_row_have_the_cruciality_of_the_normal_sum() -> None:
    """Spearman's correlation of one of two independent normal values with their sum is 6/π · asin(ρ/2)."""
    model = drawn({"a": Normal(20_000, 3000), "b": Normal(20_000, 4000)}, [("a", "b")])
    result = run(model, iterations=RERUN.iterations, seed=RERUN.seed)
    a, b = sensitivity(model, ["a", "b"], result.criticality, RERUN)
    for found, share in ((a, 0.6), (b, 0.8)):
        assert found.criticality == 1.0
        assert found.cruciality == pytest.approx(6 / math.pi * math.asin(share / 2), abs=0.02)
        assert found.index == pytest.approx(share, abs=0.01)
        assert found.deviation == pytest.approx(share * 5000, rel=0.02)


def test_an_activity_that_never_matters_has_no_cruciality() -> None:
    model = drawn({"long": Uniform(9_000, 12_000), "short": Uniform(100, 200)})
    result = run(model, iterations=RERUN.iterations, seed=RERUN.seed)
    long, short = sensitivity(model, ["long", "short"], result.criticality, RERUN)
    assert [long.criticality, long.cruciality, short.criticality, short.index] == pytest.approx([1.0, 1.0, 0.0, 0.0])
    assert abs(short.cruciality) < 0.03


@pytest.mark.parametrize("seed", range(4))
def test_watched_durations_are_those_that_the_reference_draws(seed: int) -> None:
    model = random_model(seed)
    network = build(model.plan)
    problem = problem_of(model.plan, network)
    dates = empty_dates(problem)
    forward(problem, dates, False)
    placer, numbers = Placer(model.plan, network, problem, dates, origin_of(model.plan, dates)), Numbers(9, 200)
    plain = durations(uncertain_nodes(model, placer.facts), model, placer.facts.extra, numbers)
    placed = placer.place(plain, drawn_acts(model, network, placer.facts, placer.clock, numbers, 0))
    found = durations_of(model, [item.activity for item in model.durations], Rerun(iterations=200, seed=9))
    assert found
    for name, minutes in found.items():
        node = model.plan.index[name]
        expected = placed.length[node]
        # Single precision moves a duration of thousands of minutes by a minute now and then.
        assert np.abs(minutes - expected).max() <= 2, name


def test_equal_values_share_a_rank() -> None:
    assert ranks(np.array([5, 1, 5, 9])).tolist() == [1.5, 0.0, 1.5, 3.0]
