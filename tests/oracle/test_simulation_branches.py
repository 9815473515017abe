"""Branches, windows, factors, weather and prices against figures worked out by hand."""

import math
from datetime import datetime

import numpy as np
import pytest

from mainstay.engine.plan import Activity, ConstraintType, Link, PlanData, Project
from mainstay.engine.simulation import (
    ActivityRate,
    Alternative,
    Branch,
    ConditionalBranch,
    CostImpact,
    CostItem,
    DurationFactor,
    DurationUncertainty,
    Inflation,
    ProjectRate,
    ResourcePrice,
    RiskEvent,
    SimulationError,
    SimulationModel,
    TaskExistence,
    TimeImpact,
    Weather,
    WeatherMonth,
    Window,
    run,
    run_reference,
)
from mainstay.engine.simulation.distributions import Fixed, Triangular, Uniform
from mainstay.engine.worktime import minute_of
from tests.engine.simulation.models import CLOCK, OFFICE, START, by_the_clock

N = 20_000
CHAIN = by_the_clock([("a", 1000), ("b", 2000), ("c", 3000)], [("a", "b"), ("b", "c")])


def near(share: float) -> float:
    return 4 * math.sqrt(share * (1 - share) / N) + 1e-9


def test_a_task_that_exists_sometimes_takes_time_and_money_only_then() -> None:
    model = SimulationModel(
        plan=CHAIN,
        existences=(TaskExistence("rework", 0.3, ("b",)),),
        activity_rates=(ActivityRate("b", 2.0), ActivityRate("a", 1.0)),
        items=(CostItem("fee", "P", Fixed(70.0), activity="b"),),
    )
    found = run(model, iterations=N, seed=1)
    length, cost = found.finish_of().values - START, found.cost_of().values
    assert set(length.tolist()) == {4000, 6000}
    assert (length == 6000).mean() == pytest.approx(0.3, abs=near(0.3))
    assert (cost[length == 6000] == 1000 + 4000 + 70).all()
    assert (cost[length == 4000] == 1000).all()
    assert found.criticality["b"] == pytest.approx((length == 6000).mean())
    assert found.criticality["a"] == 1.0
    # As most likely: without.
    assert (found.planned_finish_of(), found.planned_cost_of()) == (START + 4000, 1000.0)


def test_exactly_one_way_of_a_branch_is_gone() -> None:
    plan = by_the_clock([("a", 1000), ("x", 100), ("y", 200), ("z", 10)], [("a", "x"), ("a", "y"), ("x", "z"), ("y", "z")])
    ways = (Alternative(0.5, ("x",)), Alternative(0.2, ("y",)), Alternative(0.3))
    found = run(SimulationModel(plan=plan, branches=(Branch("ground", ways),)), iterations=N, seed=2)
    length = found.finish_of().values - START
    for expected, share in ((1110, 0.5), (1210, 0.2), (1010, 0.3)):
        assert (length == expected).mean() == pytest.approx(share, abs=near(share))
    assert found.planned_finish_of() == START + 1110


def test_plan_b_begins_where_plan_a_is_late() -> None:
    plan = by_the_clock(
        [("a", 1000), ("slow", 500), ("quick", 100), ("end", 0)], [("a", "slow"), ("a", "quick"), ("slow", "end"), ("quick", "end")]
    )
    model = SimulationModel(
        plan=plan,
        durations=(DurationUncertainty("a", Uniform(500, 1500)),),
        conditions=(ConditionalBranch("plan B", "a", START + 1200, ("quick",), ("slow",)),),
        milestones=("a",),
    )
    found = run(model, iterations=N, seed=3)
    first, whole = found.finish_of("a").values - START, found.finish_of().values - START
    assert (whole == first + np.where(first > 1200, 100, 500)).all()
    assert (first > 1200).mean() == pytest.approx(0.3, abs=near(0.3))
    assert found.planned_finish_of() == START + 1500
    with pytest.raises(SimulationError, match="decided by activity slow, which quick does not wait for"):
        run(SimulationModel(plan=plan, conditions=(ConditionalBranch("B", "slow", START, ("quick",)),)), iterations=64)


def test_what_does_not_exist_is_held_by_nothing_of_its_own() -> None:
    late = Activity(id="x", duration=100, project="P", constraint=ConstraintType.START_NO_EARLIER_THAN, constraint_date=START + 9000)
    plan = PlanData(
        (Project(id="P", calendar="clock", start=START),),
        (CLOCK,),
        (Activity(id="a", duration=1000, project="P"), late, Activity(id="z", duration=10, project="P")),
        (Link("a", "x"), Link("x", "z")),
    )
    found = run(SimulationModel(plan=plan, existences=(TaskExistence("x", 0.5, ("x",)),)), iterations=640, seed=1)
    assert set((found.finish_of().values - START).tolist()) == {1010, 9110}


@pytest.mark.parametrize(
    ("window", "hit"), [(Window(START + 500, START + 1500), True), (Window(START + 1000), True), (Window(None, START + 1000), False)]
)
def test_a_risk_strikes_what_is_under_way_in_its_window(window: Window, hit: bool) -> None:
    """Activity b works from minute 1000 to 3000."""
    risk = RiskEvent("R", 0.4, time=(TimeImpact("b", Fixed(50)),), cost=(CostImpact("P", Fixed(9.0)),), window=window)
    found = run(SimulationModel(plan=CHAIN, risks=(risk,)), iterations=N, seed=4)
    share = 0.4 if hit else 0.0
    assert (found.finish_of().values == START + 6050).mean() == pytest.approx(share, abs=near(share))
    assert found.occurred["R"] == pytest.approx(share, abs=near(share))
    assert found.cost_of().mean == pytest.approx(9.0 * found.occurred["R"])


def test_money_of_a_window_falls_on_what_has_not_finished_before_it_opens() -> None:
    model = SimulationModel(
        plan=by_the_clock([("a", 1000)], []),
        durations=(DurationUncertainty("a", Uniform(0, 1000)),),
        risks=(RiskEvent("R", 0.5, cost=(CostImpact("P", Fixed(8.0)),), window=Window(START + 750)),),
    )
    found = run(model, iterations=N, seed=4)
    assert found.occurred["R"] == pytest.approx(0.125, abs=near(0.125))
    assert found.cost_of().mean == pytest.approx(8.0 * found.occurred["R"])


def test_factors_multiply_and_minutes_are_added_after() -> None:
    risks = (
        RiskEvent("R", 1.0, factors=(DurationFactor("b", Fixed(1.5)),)),
        RiskEvent("S", 1.0, time=(TimeImpact("b", Fixed(100)),), factors=(DurationFactor("b", Fixed(0.8)),)),
    )
    assert run(SimulationModel(plan=CHAIN, risks=risks), iterations=64).finish_of().values.tolist() == [START + 4000 + 2500] * 64


def test_a_factor_has_one_severity_for_all_that_it_multiplies() -> None:
    risk = RiskEvent("R", 0.5, factors=tuple(DurationFactor(name, Triangular(1.0, 1.2, 1.9)) for name in ("a", "b", "c")))
    found = run(SimulationModel(plan=CHAIN, risks=(risk,)), iterations=N, seed=5).finish_of()
    ratio, p = Triangular(1.0, 1.2, 1.9), 0.5
    excess = ratio.mean - 1.0
    assert found.mean - START == pytest.approx(6000 * (1 + p * excess), abs=4 * found.mean_error)
    # The durations move together: the variance is that of one factor on the whole chain.
    assert found.deviation == pytest.approx(6000 * math.sqrt(p * (ratio.variance + excess**2) - (p * excess) ** 2), rel=0.03)


def test_responses_cost_what_they_cost_whatever_happens() -> None:
    risk = RiskEvent("R", 0.25, cost=(CostImpact("P", Fixed(100.0)),), response_cost=(CostImpact("P", Fixed(30.0)),))
    found = run(SimulationModel(plan=CHAIN, risks=(risk,)), iterations=N, seed=6)
    assert set(found.cost_of().values.tolist()) == {30.0, 130.0}
    assert found.planned_cost_of() == 30.0


def test_amounts_are_exact_to_the_penny() -> None:
    items = (CostItem("grant", "P", Fixed(123_456_789.01)), CostItem("plant", "P", Triangular(987_654_321.0, 987_654_321.5, 987_654_322.0)))
    found = run(SimulationModel(plan=CHAIN, items=items), iterations=640)
    assert found.planned_cost_of() == pytest.approx(1_111_111_110.51, abs=1e-6)
    assert np.abs(found.cost_of().values - found.planned_cost_of()).max() < 0.5001


def test_the_price_of_a_resource_is_one_for_all_its_work() -> None:
    model = SimulationModel(
        plan=CHAIN,
        activity_rates=(ActivityRate("a", 1.0, resource="crane"), ActivityRate("b", 2.0, resource="crane"), ActivityRate("c", 0.5)),
        project_rates=(ProjectRate("P", 1440.0, START, resource="crane"),),
        prices=(ResourcePrice("crane", Uniform(0.8, 1.6)),),
    )
    found = run(model, iterations=N, seed=7).cost_of()
    assert found.mean == pytest.approx(1.2 * (1000 + 4000 + 6000) + 1500, abs=4 * found.mean_error)
    assert found.deviation == pytest.approx(11_000 * 0.8 / math.sqrt(12), rel=0.02)


def test_inflation_of_rates_by_the_day_and_of_a_payment() -> None:
    year = 365.25 * 1440
    plan = by_the_clock([("a", round(2 * year))], [])
    begins = START + round(year / 2)
    model = SimulationModel(
        plan=plan,
        inflation=Inflation(0.10, begins),
        project_rates=(ProjectRate("P", 1000.0, START),),
        items=(CostItem("final payment", "P", Fixed(500.0), activity="a"), CostItem("grant", "P", Fixed(1.0))),
    )
    found = run(model, iterations=64)
    grown = 1.1**1.5
    by_day = 1000 * 365.25 * (0.5 + (grown - 1) / math.log(1.1))
    assert found.cost_of().values == pytest.approx(np.full(64, by_day + 500 * grown + 1), rel=1e-6)
    assert found.planned_cost_of() == pytest.approx(by_day + 500 * grown + 1, rel=1e-6)


def office_work(days: int) -> PlanData:
    first = minute_of(datetime(2026, 1, 5, 8))  # noqa: DTZ001 - a plan's clock has no zone
    return PlanData(
        (Project(id="P", calendar="office", start=first),), (OFFICE,), (Activity(id="a", duration=480 * days, project="P"),), ()
    )


def test_weather_takes_its_days_and_no_more() -> None:
    """Work of January and February 2026, of which every month loses four of its working days for certain."""
    months = tuple(WeatherMonth(month, 1.0, Fixed(4)) for month in range(1, 13))
    plan = office_work(32)  # 40 working days from 5 January to the end of February, less 8
    found = run(SimulationModel(plan=plan, weather=(Weather("site", ("a",), months, 16),)), iterations=640, seed=3)
    ends = found.finish_of().values
    last = minute_of(datetime(2026, 3, 1))  # noqa: DTZ001 - the same
    # Two days of January's spell may lie before the work began, and February's spell after it has ended: six working days sooner.
    assert (ends <= last).all()
    assert (ends > minute_of(datetime(2026, 2, 19))).all()  # noqa: DTZ001 - the same
    assert found.planned_finish_of() < ends.min()
    assert len(np.unique(ends)) <= 16


def test_weather_is_the_same_for_all_that_work_under_it_and_rare_where_it_is_rare() -> None:
    plan = office_work(10)
    place = Weather("site", ("a",), (WeatherMonth(1, 0.25, Fixed(20)),), 400)
    found = run(SimulationModel(plan=plan, weather=(place,)), iterations=N, seed=5)
    # Twenty of twenty-two days of January: whenever they come, ten days of work are not done in it.
    assert (found.finish_of().values > minute_of(datetime(2026, 2, 1))).mean() == pytest.approx(0.25, abs=0.09)  # noqa: DTZ001 - the same
    plain = run_reference(SimulationModel(plan=plan, weather=(place,)), iterations=640, seed=5)
    assert (plain.finish_of().values == found.finish_of().values[:640]).all()
