"""Drivers that take another model, and the draw-down of contingency, against sums that are known."""

import pytest

from mainstay.engine.simulation import (
    CostImpact,
    CostItem,
    Driver,
    DurationUncertainty,
    Nature,
    RiskEvent,
    SharedCause,
    SimulationModel,
    TimeImpact,
    run,
)
from mainstay.engine.simulation.alternatives import Alternative, against, before_response, certain_project, unshared, without_opportunities
from mainstay.engine.simulation.distributions import Fixed, Triangular
from mainstay.engine.simulation.drawdown import drawdown
from mainstay.engine.simulation.rerun import Rerun
from tests.engine.simulation.models import START, by_the_clock, random_model

RERUN = Rerun(iterations=20_000, seed=1)
DAY = 1440
ONE = by_the_clock([("a", 10 * DAY), ("b", 5 * DAY)], [("a", "b")])


def one(model: SimulationModel, alternative: Alternative, percent: float = 80.0) -> Driver:
    (found,) = against(model, [alternative], RERUN, percent)
    return found


def test_a_shared_cause_taken_apart_leaves_the_mean_and_takes_the_tail() -> None:
    """Ten risks of 0.2 with one cause of 0.15: P90 is 10, and 4 where they are independent; both have the mean 2."""
    risks = tuple(RiskEvent(f"R{k}", 0.2, cost=(CostImpact("P", Fixed(1.0)),), cause="storm") for k in range(10))
    model = SimulationModel(plan=ONE, risks=risks, causes=(SharedCause("storm", 0.15),))
    found = one(model, unshared(model, "storm"), percent=90)
    assert found.money == pytest.approx(6)
    assert found.mean_money == pytest.approx(0, abs=0.1)
    assert found.deviation_money == pytest.approx(3.43 - 1.2649, abs=0.1)


def test_a_response_is_worth_what_it_takes_off() -> None:
    before = RiskEvent("R", 1.0, time=(TimeImpact("a", Fixed(6.0 * DAY)),), cost=(CostImpact("P", Fixed(10.0)),))
    after = RiskEvent("R", 1.0, time=(TimeImpact("a", Fixed(2.0 * DAY)),), cost=(CostImpact("P", Fixed(4.0)),))
    model = SimulationModel(plan=ONE, risks=(after,), items=(CostItem("response", "P", Fixed(1.0)), CostItem("rest", "P", Fixed(7.0))))
    found = one(model, before_response(model, before, "response"))
    assert [found.days, found.money] == pytest.approx([-4.0, -5.0])


def test_opportunities_buy_what_is_lost_without_them() -> None:
    risks = (
        RiskEvent("R", 1.0, Nature.THREAT, (TimeImpact("a", Fixed(6.0 * DAY)),)),
        RiskEvent("O", 1.0, Nature.OPPORTUNITY, (TimeImpact("a", Fixed(2.0 * DAY)),), (CostImpact("P", Fixed(3.0)),)),
    )
    model = SimulationModel(plan=ONE, risks=risks)
    found = one(model, without_opportunities(model))
    assert (found.days, found.money) == (-2.0, -3.0)


@pytest.mark.parametrize("seed", range(6))
def test_a_certain_project_keeps_its_plan_and_all_certain_is_the_plan(seed: int) -> None:
    model = random_model(seed)
    bare = model
    for project in model.plan.projects:
        bare = certain_project(bare, project.id).model
    found = run(bare, iterations=50, seed=1)
    assert set(found.finish_of().values.tolist()) == {found.planned_finish_of()}
    first = certain_project(model, model.plan.projects[0].id).model
    assert first.classes[0].activities is not None
    again = certain_project(first, model.plan.projects[0].id).model
    assert run(first, iterations=64, seed=1).finish.tolist() == run(again, iterations=64, seed=1).finish.tolist()


def test_contingency_is_drawn_down_as_risks_pass() -> None:
    risks = tuple(RiskEvent(f"R{k}", 1.0, cost=(CostImpact("P", Fixed(10.0 * (k + 1))),)) for k in range(2))
    late = RiskEvent("late", 1.0, time=(TimeImpact("b", Fixed(3.0 * DAY)),))
    model = SimulationModel(plan=ONE, risks=(*risks, late), items=(CostItem("budget", "P", Fixed(100.0)),))
    days = [START, START + 4 * DAY, START + 8 * DAY, START + 20 * DAY]
    told = drawdown(model, days, {"R0": START + 3 * DAY, "R1": START + 15 * DAY, "late": START + 15 * DAY}, RERUN)
    assert [row.money for row in told] == pytest.approx([30.0, 20.0, 20.0, 0.0])
    assert [row.days for row in told] == [3.0, 3.0, 3.0, 0.0]
    assert [row.risks for row in told] == [3, 2, 2, 0]
    assert [row.instant for row in told] == days


def test_work_that_is_over_is_uncertain_no_more() -> None:
    spread = Triangular(8.0 * DAY, 10.0 * DAY, 20.0 * DAY)
    model = SimulationModel(plan=ONE, durations=(DurationUncertainty("a", spread),))
    before, after = drawdown(model, [START, START + 11 * DAY], {}, RERUN)
    # P80 of the triangle: 20 − √(0.2 · 12 · 10) days, less the ten of the plan.
    assert before.days == pytest.approx(20 - (0.2 * 12 * 10) ** 0.5 - 10, abs=0.1)
    assert before.days_error > 0
    assert (after.days, after.days_error) == (0.0, 0.0)
