"""Runs that stop by themselves, runs of any length in the same memory, and what a run would take."""

import tracemalloc

import numpy as np
import pytest

from mainstay.engine.simulation import (
    Cancelled,
    Convergence,
    RiskEvent,
    Sampling,
    SimulationError,
    SimulationModel,
    Tally,
    TimeImpact,
    Told,
    estimate,
    run,
    run_streamed,
    with_time_left,
)
from mainstay.engine.simulation.distributions import Fixed, Triangular
from mainstay.engine.simulation.result import Sample
from tests.engine.simulation.models import by_the_clock, drawn, whole_model

DAY = 1440
MODEL = drawn({"a": Triangular(20 * DAY, 30 * DAY, 60 * DAY), "b": Triangular(20 * DAY, 30 * DAY, 70 * DAY)})


@pytest.mark.parametrize("sampling", list(Sampling))
def test_a_run_stops_once_its_percentile_is_known_well_enough(sampling: Sampling) -> None:
    found = run(MODEL, seed=3, sampling=sampling, until=Convergence(percent=80, error_days=0.2, least=1000, most=200_000))
    assert found.converged
    assert found.error_days is not None
    assert found.error_days <= 0.2
    assert found.finish.shape[1] == found.iterations
    assert 1000 <= found.iterations < 50_000
    exact = run(MODEL, iterations=300_000, seed=1).finish_of().percentile(80)
    assert abs(found.finish_of().percentile(80) - exact) / DAY < 5 * 0.2


def test_spread_points_need_fewer_iterations_for_the_same_error() -> None:
    until = Convergence(percent=80, error_days=0.08, least=640, most=500_000)
    assert run(MODEL, seed=3, sampling="latin_hypercube", until=until).iterations < run(MODEL, seed=3, until=until).iterations


def test_a_run_that_may_not_go_on_says_that_it_has_not_converged() -> None:
    found = run(MODEL, seed=3, until=Convergence(error_days=0.001, least=1000, most=3000))
    assert (found.iterations, found.converged) == (3000, False)
    # It is the same run as one of so many iterations from the outset.
    assert (found.finish == run(MODEL, seed=3, iterations=3000).finish).all()


@pytest.mark.parametrize("wrong", [{"percent": 0.0}, {"percent": 100.0}, {"error_days": 0.0}, {"least": 0}, {"least": 5, "most": 4}])
def test_what_nothing_converges_to_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(SimulationError):
        Convergence(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("sampling", list(Sampling))
def test_a_streamed_run_is_the_kept_one_in_bins(sampling: Sampling) -> None:
    model = whole_model(3)
    kept, counted = (play(model, iterations=5000, seed=4, sampling=sampling) for play in (run, run_streamed))
    assert counted.planned_finish.tolist() == kept.planned_finish.tolist()
    assert counted.planned_money == pytest.approx(kept.planned_money)
    assert counted.criticality == kept.criticality
    assert counted.occurred == kept.occurred
    for name in (None, *kept.projects, *kept.milestones):
        whole, binned = kept.finish_of(name), counted.finish_of(name)
        assert binned.mean == pytest.approx(whole.mean)
        assert binned.deviation == pytest.approx(whole.deviation)
        for percent in (1, 50, 80, 99, 100):
            assert 0 <= binned.percentile(percent) - whole.percentile(percent) < 15
        assert binned.percentile_error(80) == pytest.approx(whole.percentile_error(80), abs=15)
    for name in (None, *kept.projects):
        spread = np.ptp(kept.cost_of(name).values)
        assert abs(counted.cost_of(name).percentile(80) - kept.cost_of(name).percentile(80)) <= spread / 1000
    instant, amount = kept.finish_of().percentile(70), kept.cost_of().percentile(70)
    assert counted.within(instant, amount) == pytest.approx(kept.within(instant, amount), abs=0.06)


def test_memory_does_not_grow_with_the_iterations() -> None:
    model = drawn({"a": Triangular(2000, 3000, 6000), "b": Triangular(2000, 3000, 7000)})
    run_streamed(model, iterations=100_000, seed=1)
    highest = []
    for iterations in (600_000, 1_500_000):  # both longer than one part
        tracemalloc.start()
        run_streamed(model, iterations=iterations, seed=1)
        highest.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert highest[1] < 1.1 * highest[0]


def test_a_tally_of_odd_values() -> None:
    tally, values = Tally(10.0), np.array([-25.0, 3.0, 3.0, 9.0, 40.0, 12.5])
    tally.add(values[:2])
    tally.add(values[2:])
    tally.add(values[:0])
    whole = Sample(values)
    assert (tally.count, tally.bins) == (6, 4)
    assert (tally.mean, tally.deviation) == pytest.approx((whole.mean, whole.deviation))
    assert [tally.percentile(p) for p in (0, 10, 50, 70, 100)] == [-25.0, -25.0, 9.0, 12.5, 40.0]
    assert tally.share_at_most(9.0) == pytest.approx(4 / 6)
    assert tally.histogram(5)[0].sum() == 6
    with pytest.raises(SimulationError):
        Tally(0.0)


def test_an_estimate_tells_before_a_run_is_begun() -> None:
    small, large = estimate(MODEL, 10_000, threads=1), estimate(MODEL, 10_000_000, threads=1)
    assert large.seconds > 100 * small.seconds
    # Three rows of finishes and money of one project, kept for each iteration.
    assert large.bytes > 10_000_000 * 8
    assert large.streamed_bytes < 200e6
    assert "10,000,000 iterations take about" in str(large)
    with pytest.raises(SimulationError):
        estimate(MODEL, 0)


def test_the_time_left_is_told_and_a_run_can_be_stopped() -> None:
    told: list[Told] = []
    moments = iter(range(100))
    progress = with_time_left(4096, told.append, lambda: float(next(moments)))
    run(MODEL, iterations=4096, seed=1, threads=1, progress=progress)
    assert (told[-1].done, told[-1].seconds_left) == (4096, 0.0)
    assert told[0].seconds_left == pytest.approx((4096 - told[0].done) / told[0].done)
    with pytest.raises(Cancelled):
        run(MODEL, iterations=100_000, seed=1, cancelled=lambda: True)
    with pytest.raises(Cancelled):
        run_streamed(MODEL, iterations=100_000, seed=1, cancelled=lambda: True)


def test_more_iterations_than_any_run_has_are_refused() -> None:
    model = SimulationModel(plan=by_the_clock([("a", 480)], []), risks=(RiskEvent("R", 0.1, time=(TimeImpact("a", Fixed(10)),)),))
    with pytest.raises(SimulationError, match="1 to 1,000,000,000 iterations"):
        run_streamed(model, iterations=2_000_000_000)
