"""Merge bias and PERT against exact integrals and a published network."""

from itertools import pairwise

import pytest

from mainstay.engine.simulation import SimulationModel, run
from mainstay.engine.simulation.distributions import Fixed, Normal, Triangular
from mainstay.engine.simulation.inputs import DurationFactor, DurationUncertainty, Nature, RiskEvent, TimeImpact, Window
from mainstay.engine.simulation.merging import MergeBias, merge_bias
from mainstay.engine.simulation.pert import pert
from mainstay.engine.simulation.rerun import Rerun
from mainstay.engine.simulation.translation import Translation, translate
from tests.engine.simulation.models import START, by_the_clock, drawn, random_model

RERUN = Rerun(iterations=20_000, seed=1)
DAY = 1440


def bias(model: SimulationModel) -> MergeBias:
    return merge_bias(model, run(model, iterations=2000, seed=1).criticality, RERUN)


@pytest.mark.parametrize(("paths", "mean"), [(2, 14.45), (3, 15.248214), (5, 16.160968), (10, 17.191374)])
def test_parallel_triangles_delay_a_merge_as_the_integral_says(paths: int, mean: float) -> None:
    """k parallel activities of 8, 11, 20 days: the mean of the latest, by the integral of 1 − F^k."""
    names = [f"A{k}" for k in range(paths)]
    model = drawn({**{name: Triangular(8 * DAY, 11 * DAY, 20 * DAY) for name in names}, "end": Normal(DAY, 0)}, [(n, "end") for n in names])
    (merge,) = bias(model).merges
    # The latest of the paths' sample means lies a little above 13 days; that is the only difference to the exact value.
    assert merge.delay / DAY == pytest.approx(mean - 13, abs=0.06)
    assert (merge.pert - START) / DAY == pytest.approx(13, abs=0.01)
    assert (merge.mean - START) / DAY == pytest.approx(mean, abs=0.06)
    assert [share for _name, share in merge.arrivals] == pytest.approx([1 / paths] * paths, abs=0.02)


def test_a_single_path_has_no_merge_and_pert_is_right() -> None:
    """Four activities in a row (5.1 of the field's textbook): 17.83 and 1.69."""
    points = [(2, 3, 5), (5, 8, 14), (3, 4, 6), (1, 2, 3)]
    names = "abcd"
    durations = {n: Normal((a + 4 * m + b) / 6 * DAY, (b - a) / 6 * DAY) for n, (a, m, b) in zip(names, points, strict=True)}
    found = bias(drawn(dict(durations), list(pairwise(names))))
    assert found.merges == ()
    assert (found.pert.finish - START) / DAY == pytest.approx(17.83, abs=0.01)
    assert found.pert.deviation / DAY == pytest.approx(1.69, abs=0.005)
    assert found.pert.path == tuple(names)
    assert (found.end.mean - START) / DAY == pytest.approx(17.83, abs=0.05)


HOUSE = {
    "A": (5, 5, 7, ""), "B": (1, 2, 5, ""), "C": (5, 5, 5, "A"), "D": (4, 8, 13, "A"), "E": (1, 10, 17, "BC"), "F": (1, 5, 7, "D"),
    "G": (2, 6, 9, "D"), "H": (4, 4, 6, "EF"), "I": (2, 7, 10, "GH"), "J": (2, 4, 7, "I"), "K": (6, 10, 13, "I"), "L": (2, 6, 6, "J"),
    "M": (2, 2, 3, "K"), "N": (7, 7, 12, "LM"),
}  # fmt: skip


def test_the_pert_path_of_fourteen_activities() -> None:
    """Mean 50.83, variance 11.1944, critical A-C-E-H-I-K-M-N; the simulation lies later."""
    durations = {n: Normal((a + 4 * m + b) / 6 * DAY, (b - a) / 6 * DAY) for n, (a, m, b, _) in HOUSE.items()}
    model = drawn(dict(durations), [(before, n) for n, (*_, after) in HOUSE.items() for before in after])
    planned, _ = pert(model, translate(model))
    assert (planned.finish - START) / DAY == pytest.approx(50.83, abs=0.01)
    assert (planned.deviation / DAY) ** 2 == pytest.approx(11.1944, abs=0.001)
    assert "".join(planned.path) == "ACEHIKMN"
    assert (planned.percentile(89.35) - START) / DAY == pytest.approx(55, abs=0.01)
    found = bias(model)
    assert found.end.mean > planned.finish
    assert all(merge.delay > 0 for merge in found.merges)


def test_risks_enter_pert_with_probability_times_delay() -> None:
    risk = RiskEvent("R", 0.25, Nature.THREAT, (TimeImpact("a", Triangular(4 * DAY, 4 * DAY, 4 * DAY)),))
    model = SimulationModel(plan=by_the_clock([("a", 10 * DAY)], []), risks=(risk,))
    planned, _ = pert(model, translate(model))
    assert (planned.finish - START) / DAY == pytest.approx(11)
    assert planned.deviation / DAY == pytest.approx(4 * (0.25 * 0.75) ** 0.5)


@pytest.mark.parametrize(("opens", "closes", "strikes"), [(0, 10, True), (9, 30, True), (11, 30, False), (-9, 0, False), (None, 3, True)])
def test_pert_takes_a_risk_where_its_window_meets_the_plan(opens: int | None, closes: int | None, strikes: bool) -> None:
    window = Window(*(None if day is None else START + day * DAY for day in (opens, closes)))
    risk = RiskEvent("R", 0.25, Nature.THREAT, (TimeImpact("a", Fixed(4 * DAY)),), window=window)
    planned, _ = pert(*with_translation(SimulationModel(plan=by_the_clock([("a", 10 * DAY)], []), risks=(risk,))))
    assert (planned.finish - START) / DAY == pytest.approx(11 if strikes else 10)


def test_pert_takes_factors_as_products_of_independent_values() -> None:
    """10 days, half the time a fifth longer and then certain: mean 11, variance 1; with an uncertain ratio the mean squares multiply."""
    plan = by_the_clock([("a", 10 * DAY)], [])
    certain, _ = pert(
        *with_translation(SimulationModel(plan=plan, risks=(RiskEvent("R", 0.5, factors=(DurationFactor("a", Fixed(1.2)),)),)))
    )
    assert (certain.finish - START) / DAY == pytest.approx(11)
    assert certain.deviation / DAY == pytest.approx(1)
    spread = RiskEvent("R", 1.0, factors=(DurationFactor("a", Normal(1.2, 0.1)),))
    both = SimulationModel(plan=plan, durations=(DurationUncertainty("a", Normal(10 * DAY, DAY)),), risks=(spread,))
    found, _ = pert(*with_translation(both))
    assert (found.finish - START) / DAY == pytest.approx(12)
    assert found.deviation / DAY == pytest.approx(((1.2**2 + 0.1**2) * (10**2 + 1) - 12**2) ** 0.5)


def with_translation(model: SimulationModel) -> tuple[SimulationModel, Translation]:
    return model, translate(model)


@pytest.mark.parametrize("seed", range(6))
def test_watching_merges_changes_nothing(seed: int) -> None:
    """Milestones for the arrivals move neither the programme nor what anybody else waits for."""
    model = random_model(seed)
    whole = run(model, iterations=500, seed=1)
    found = merge_bias(model, whole.criticality, Rerun(iterations=500, seed=1))
    assert found.end.mean == pytest.approx(whole.finish_of().mean)
    assert all(merge.delay >= 0 for merge in found.merges)
