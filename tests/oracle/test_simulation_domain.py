"""Worked examples of the field: PERT networks, expected monetary value, correlation that keeps every distribution, joint confidence."""

import math

import numpy as np
import pytest

from mainstay.engine.simulation import (
    CorrelationGroup,
    CostImpact,
    CostItem,
    DurationUncertainty,
    Loading,
    Nature,
    RiskEvent,
    SimulationModel,
    run,
)
from mainstay.engine.simulation.distributions import BetaPert, Distribution, Fixed, Normal, Triangular, Uniform
from tests.engine.simulation.models import START, by_the_clock, drawn

UNIT = 10_000
SERIES = {"1": (2, 3, 5), "2": (5, 8, 14), "3": (3, 4, 6), "4": (1, 2, 3)}
NETWORK = {
    "A": (5, 5, 7, ""), "B": (1, 2, 5, ""), "C": (5, 5, 5, "A"), "D": (4, 8, 13, "A"), "E": (1, 10, 17, "BC"), "F": (1, 5, 7, "D"),
    "G": (2, 6, 9, "D"), "H": (4, 4, 6, "EF"), "I": (2, 7, 10, "GH"), "J": (2, 4, 7, "I"), "K": (6, 10, 13, "I"), "L": (2, 6, 6, "J"),
    "M": (2, 2, 3, "K"), "N": (7, 7, 12, "LM"),
}  # fmt: skip


def test_four_activities_in_series() -> None:
    durations: dict[str, Distribution] = {name: BetaPert(*points).scaled(UNIT) for name, points in SERIES.items()}
    found = run(drawn(durations, [("1", "2"), ("2", "3"), ("3", "4")]), iterations=40_000, seed=1)
    sample = found.finish_of()
    assert (sample.mean - START) / UNIT == pytest.approx(17.83, abs=0.03)
    # PERT's 1.69 takes a sixth of each range for the deviation; that of the beta distributions themselves is larger.
    exact = math.sqrt(sum(found.variance for found in durations.values())) / UNIT
    assert sample.deviation / UNIT == pytest.approx(exact, rel=0.02)
    assert math.sqrt(sum(((high - low) / 6) ** 2 for low, _, high in SERIES.values())) == pytest.approx(1.69, abs=0.005)


def test_the_network_of_fourteen_activities() -> None:
    durations: dict[str, Distribution] = {name: BetaPert(low, mode, high).scaled(UNIT) for name, (low, mode, high, _) in NETWORK.items()}
    links = [(before, name) for name, (*_, befores) in NETWORK.items() for before in befores]
    found = run(drawn(durations, links), iterations=100_000, seed=1)
    sample = found.finish_of()
    assert (sample.mean - START) / UNIT == pytest.approx(51.63, abs=0.04)
    assert (sample.percentile(50) - START) / UNIT == pytest.approx(51.6, abs=0.06)
    assert (sample.percentile(80) - START) / UNIT == pytest.approx(54.3, abs=0.06)
    assert sample.share_at_most(START + 55 * UNIT) == pytest.approx(0.853, abs=0.005)
    # PERT puts the mean at 50.83, on the one path A-C-E-H-I-K-M-N: merging paths make the true one later.
    assert min(found.criticality[name] for name in "AHIKMN") > 0.9
    assert found.criticality["B"] < 0.01


def money(risks: list[tuple[float, float]], base: float = 0.0) -> SimulationModel:
    """Chances of gains; a loss has a minus."""
    return SimulationModel(
        plan=by_the_clock([("a", 480)], []),
        items=(CostItem("base", "P", Fixed(base)),),
        risks=tuple(
            RiskEvent(f"R{k}", p, Nature.OPPORTUNITY if gain > 0 else Nature.THREAT, cost=(CostImpact("P", Fixed(abs(gain))),))
            for k, (p, gain) in enumerate(risks)
        ),
    )


def test_expected_monetary_value() -> None:
    found = run(money([(0.60, -8_000), (0.30, 20_000)], 100_000), iterations=100_000, seed=2).cost_of()
    assert found.mean == pytest.approx(98_800, abs=4 * found.mean_error)


def test_ten_threats_and_opportunities() -> None:
    rows = [
        (0.25, 8_000), (0.70, 3_800), (0.15, -3_000), (0.60, 25_000), (0.40, -18_500), (0.65, -6_000), (0.40, 7_500), (0.35, 30_000),
        (0.50, 45_000), (0.45, -28_750),
    ]  # fmt: skip
    found = run(money(rows), iterations=100_000, seed=2).cost_of()
    assert found.mean == pytest.approx(-30_972.5, abs=4 * found.mean_error)
    assert found.deviation == pytest.approx(math.sqrt(sum(p * (1 - p) * gain**2 for p, gain in rows)), rel=0.01)


TASKS: dict[str, Distribution] = {"A": Normal(10.0, 2.0), "B": Triangular(5.0, 10.0, 15.0), "C": Uniform(8.0, 12.0)}
MATRIX = ((1.0, 0.5, 0.3), (0.5, 1.0, 0.4), (0.3, 0.4, 1.0))


def ranks(values: np.ndarray) -> np.ndarray:
    return np.argsort(np.argsort(values, axis=1), axis=1).astype(float)


def test_rank_correlation_keeps_every_distribution() -> None:
    plan = by_the_clock([(name, 10 * UNIT) for name in TASKS], [("A", "B"), ("B", "C")])
    model = SimulationModel(
        plan=plan,
        durations=tuple(DurationUncertainty(name, found.scaled(UNIT)) for name, found in TASKS.items()),
        milestones=("A", "B"),
        correlations=(CorrelationGroup("tasks", tuple(TASKS), (), MATRIX),),
    )
    result = run(model, iterations=200_000, seed=5)
    ends = [(result.finish_of(name).values - START) / UNIT for name in ("A", "B", None)]
    tasks = np.diff(np.vstack([np.zeros_like(ends[0]), *ends]), axis=0)
    # Multiplying raw values by a Cholesky factor would move the means to 10.0, 13.7 and 15.0, and their sum to 38.64.
    assert ends[2].mean() == pytest.approx(30.0, abs=0.03)
    for row, (name, found) in zip(tasks, TASKS.items(), strict=True):
        shares = (np.arange(1, 20)) / 20
        assert np.quantile(row, shares) == pytest.approx(found.quantile(shares), abs=0.04), name
    assert np.corrcoef(ranks(tasks))[np.triu_indices(3, 1)] == pytest.approx([0.5, 0.3, 0.4], abs=0.01)
    # Linear correlations of these values would give 4.105, normal scores 4.09, ranks slightly more.
    assert ends[2].std() == pytest.approx(4.12, abs=0.03)


def test_second_moments_of_a_correlated_sum() -> None:
    means, variances = (10.0, 15.0, 20.0), (4.0, 9.0, 16.0)
    scores = 6 / math.pi * np.arcsin(np.array(MATRIX) / 2)
    np.fill_diagonal(scores, 1.0)
    items = tuple(
        CostItem(f"I{k}", "P", Normal(mean, math.sqrt(variance))) for k, (mean, variance) in enumerate(zip(means, variances, strict=True))
    )
    plan = by_the_clock([("a", 480)], [])
    alone = run(SimulationModel(plan=plan, items=items), iterations=200_000, seed=4).cost_of()
    assert alone.deviation == pytest.approx(5.3852, rel=0.01)
    group = CorrelationGroup("items", (), ("I0", "I1", "I2"), tuple(map(tuple, scores.tolist())))
    joined = run(SimulationModel(plan=plan, items=items, correlations=(group,)), iterations=200_000, seed=4).cost_of()
    assert joined.mean == pytest.approx(45.0, abs=0.08)
    assert joined.deviation**2 == pytest.approx(49.4, rel=0.02)


@pytest.mark.parametrize(("correlation", "joint"), [(0.0, 0.49), (0.6, 0.5727), (1.0, 0.70)])
def test_two_seventy_per_cents_are_no_joint_seventy(correlation: float, joint: float) -> None:
    shared = (Loading("scope", math.sqrt(correlation)),) if correlation else ()
    model = SimulationModel(
        plan=by_the_clock([("a", 100_000)], []),
        durations=(DurationUncertainty("a", Normal(100_000, 10_000), shared),),
        items=(CostItem("cost", "P", Normal(1e6, 1e5), loadings=shared),),
    )
    found = run(model, iterations=100_000, seed=8)
    both = found.within(found.finish_of().percentile(70), found.cost_of().percentile(70))
    assert both == pytest.approx(joint, abs=4 * math.sqrt(joint * (1 - joint) / 100_000))
