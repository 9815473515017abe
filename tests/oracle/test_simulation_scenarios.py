"""Scenario by scenario: the finish that is simulated is the longest path that networkx finds through the same durations."""

import random

import networkx as nx
import numpy as np
import pytest

from mainstay.engine.plan import Activity, Link, LinkType, PlanData, Project
from mainstay.engine.simulation import DurationUncertainty, SimulationModel, run
from mainstay.engine.simulation.distributions import Distribution, Triangular, Uniform
from mainstay.engine.simulation.random import Stream
from mainstay.engine.simulation.reference_numbers import Numbers
from tests.engine.simulation.models import CLOCK, START

SCENARIOS = 128


def network(seed: int, size: int = 60) -> tuple[SimulationModel, dict[str, Distribution]]:
    """A network of links from finish to start and start to start, with lags, in which every minute is worked."""
    rnd = random.Random(seed)
    names = [f"A{k}" for k in range(size)]
    durations: dict[str, Distribution] = {}
    for name in names:
        low, mode, high = sorted(rnd.uniform(100, 5000) for _ in range(3))
        durations[name] = rnd.choice([Triangular(low, mode, high), Uniform(low, high)])
    links = {}
    for k in range(1, size):
        for before in rnd.sample(range(k), min(k, rnd.randint(0, 3))):
            kind = rnd.choice([LinkType.FS, LinkType.FS, LinkType.SS])
            links[before, k] = Link(names[before], names[k], kind, rnd.choice([0, 0, 300]))
    plan = PlanData(
        (Project(id="P", calendar="clock", start=START),),
        (CLOCK,),
        tuple(Activity(id=name, duration=round(found.mean), project="P") for name, found in durations.items()),
        tuple(links.values()),
    )
    return SimulationModel(plan=plan, durations=tuple(DurationUncertainty(name, found) for name, found in durations.items())), durations


@pytest.mark.parametrize("seed", range(3))
def test_every_scenario_ends_with_its_longest_path(seed: int) -> None:
    model, durations = network(seed)
    found = run(model, iterations=SCENARIOS, seed=seed)
    numbers = Numbers(seed, SCENARIOS)
    drawn = {name: np.floor(found_.quantile(numbers.uniform(name, Stream.DURATION)) + 0.5) for name, found_ in durations.items()}
    critical = dict.fromkeys(durations, 0)
    for scenario in range(SCENARIOS):
        graph = nx.DiGraph()
        for name in durations:
            graph.add_edge(name, "end", weight=drawn[name][scenario])
        for link in model.plan.links:
            length = drawn[link.predecessor][scenario] if link.type == LinkType.FS else 0.0
            graph.add_edge(link.predecessor, link.successor, weight=length + link.lag)
        path = nx.dag_longest_path(graph)
        expected = nx.path_weight(graph, path, "weight")
        # Durations are drawn in single precision: one of them may round to the next minute.
        assert abs(found.finish_of().values[scenario] - START - expected) <= 3
        for name in path[:-1]:
            critical[name] += 1
    shares = {name: count / SCENARIOS for name, count in critical.items()}
    assert found.criticality == pytest.approx(shares, abs=0.05)
