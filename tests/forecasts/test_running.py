"""What a run takes in and says: the same figures for the same seed, what is left out, the whole beside its parts."""

from datetime import date
from typing import Any

import pytest

from mainstay.forecasts import running, viewing
from mainstay.forecasts.options import Options
from mainstay.forecasts.outlook import Outlook
from mainstay.forecasts.run.model import Run
from mainstay.initiatives.models import Initiative
from mainstay.jobs.progress import Progress
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.planning.models import Plan
from mainstay.register import actions
from mainstay.register.errors import Frozen, Invalid, Refused
from mainstay.register.history import Actor
from mainstay.register.models import Change
from mainstay.risk.cause.register import CauseRegister
from tests.forecasts.conftest import Planned

pytestmark = pytest.mark.django_db
DELAY = {"probability": 50, "days_low": 20, "days_likely": 40, "days_high": 80, "activities": "HB-1180"}
COST = {"probability": 40, "cost_low": 1_000_000, "cost_likely": 2_000_000, "cost_high": 6_000_000}


def forecast(planned: Planned, **options: Any) -> Run:
    return running.forecast(planned.world.programme, planned.actor, Options(**{"iterations": 1000, **options}), Progress())


def told(planned: Planned, **options: Any) -> Outlook:
    return forecast(planned, **options).outlook


def days(outlook: Outlook, percent: int = 80) -> date:
    assert outlook.programme.finish is not None
    return outlook.programme.finish.at(percent).day


def test_the_same_input_and_seed_give_the_same_figures(planned: Planned) -> None:
    planned.risk("Gates stick", **DELAY)
    one, two, other = forecast(planned, seed=7), forecast(planned, seed=7), forecast(planned, seed=8)
    assert one.input_digest == two.input_digest == other.input_digest
    assert (one.outlook.programme, one.outlook.projects, one.outlook.drivers) == (
        two.outlook.programme, two.outlook.projects, two.outlook.drivers
    )  # fmt: skip
    assert one.outlook.programme != other.outlook.programme


def test_changed_figures_change_the_digest_of_the_input(planned: Planned) -> None:
    before = forecast(planned)
    planned.risk("Gates stick", **DELAY)
    assert forecast(planned).input_digest != before.input_digest


def test_a_risk_moves_the_finish_and_is_the_strongest_driver(planned: Planned) -> None:
    without = days(told(planned))
    risk = planned.risk("Gates stick", **DELAY)
    outlook = told(planned)
    assert (days(outlook) - without).days > 20
    first = outlook.drivers[0]
    assert (first.kind, first.ref, first.title, first.projects) == ("threat", risk.ref, "Gates stick", ("SCR-HB",))
    assert first.days > 20
    assert first.days_error > 0


def test_an_opportunity_brings_the_finish_forward(planned: Planned) -> None:
    without = days(told(planned))
    planned.risk(
        "Gates come early", nature="opportunity", **{**DELAY, "probability": 90, "days_low": 5, "days_likely": 10, "days_high": 15}
    )
    outlook = told(planned)
    assert days(outlook) < without
    assert next(driver for driver in outlook.drivers if driver.kind == "opportunity").days < 0


def test_a_risk_naming_an_unknown_activity_is_left_out_with_the_reason(planned: Planned) -> None:
    risk = planned.risk("Gates stick", **{**DELAY, "activities": "HB-9999"})
    outlook = told(planned)
    assert [(one.ref, one.title) for one in outlook.left_out] == [(risk.ref, "Gates stick")]
    assert "There is no activity HB-9999" in outlook.left_out[0].reason
    assert outlook.provenance.risks == 0


def test_what_can_be_used_of_a_risk_is_used(planned: Planned) -> None:
    planned.risk("Gates stick", **{**DELAY, **COST, "activities": "HB-9999, HB-1180"})
    outlook = told(planned)
    assert outlook.provenance.risks == 1
    assert "HB-9999" in outlook.left_out[0].reason
    assert outlook.drivers[0].days > 20


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, "It has no probability."),
        ({"probability": 20}, "It has no impact in days or pounds."),
        ({**DELAY, "activities": ""}, "it names no activity"),
        ({**DELAY, "activities": "SCR-SW:HB-1180"}, "There is no activity"),
        ({"probability": 20, "cost_low": 0, "cost_likely": 0, "cost_high": 0}, "It has no impact in days or pounds."),
    ],
)
def test_risks_that_say_too_little_are_left_out(planned: Planned, values: dict[str, Any], reason: str) -> None:
    planned.risk("Something", **values)
    outlook = told(planned, iterations=100)
    assert reason in outlook.left_out[0].reason
    assert outlook.provenance.risks == 0


def test_responses_count_where_they_are_asked_for(planned: Planned) -> None:
    planned.risk("Gates stick", **DELAY, probability_after=10, days_after=10)
    after, before = told(planned), told(planned, after=False)
    assert days(after) < days(before)
    assert after.before_responses is not None
    assert after.before_responses.finish == before.programme.finish
    assert before.before_responses is None


def test_a_shared_cause_makes_risks_of_two_projects_strike_together(planned: Planned) -> None:
    cause = planned.cause("A winter of storms", 30)
    common = {**COST, "probability": 30, "shared_cause": cause.pk, "cost_low": 4_000_000, "cost_likely": 5_000_000}
    for place in (planned.world.project, planned.wall):
        planned.risk(f"Storms at {place.code}", **{**common, "initiative": place.pk})
    outlook = told(planned, iterations=4000)
    cost, joint = outlook.programme.cost, outlook.joint
    assert cost is not None
    driver = next(one for one in outlook.drivers if one.kind == "cause")
    assert (driver.ref, driver.projects, len(driver.risks)) == (cause.ref, ("SCR-HB", "SCR-SW"), 2)
    # Both or neither: 10 to 12 million in 30 % of the runs. Apart from each other, both would come in 9 % only.
    assert cost.at(90).amount - cost.budget > 9_500_000
    assert cost.at(50).amount == cost.budget
    assert joint.independent_p80 is not None
    assert joint.independent_p80 < cost.at(80).amount


def test_the_programmes_p80_is_neither_the_latest_nor_the_sum_of_its_projects(planned: Planned) -> None:
    planned.risk("Gates stick", **DELAY, **{name: COST[name] for name in COST if name != "probability"})
    wall = {
        **DELAY,
        **COST,
        "activities": "SW-1140",
        "probability": 40,
        "initiative": planned.wall.pk,
        "days_high": 400,
        "days_likely": 300,
    }
    planned.risk("Drains collapse", **wall)
    outlook = told(planned, iterations=4000)
    joint, cost = outlook.joint, outlook.programme.cost
    assert joint.latest_project_p80 is not None
    assert joint.all_by_then is not None
    assert joint.sum_of_p80 is not None
    assert cost is not None
    assert days(outlook) > joint.latest_project_p80
    assert 0.55 < joint.all_by_then < 0.75  # near 0.8 × 0.8, as the projects share nothing
    assert cost.at(80).amount != pytest.approx(joint.sum_of_p80, abs=100_000)


def test_a_risk_made_rarer_than_its_cause_follows_it_in_proportion(planned: Planned) -> None:
    cause = planned.cause("A winter of storms", 40)
    planned.risk("Storms", **{**COST, "probability": 50, "probability_after": 10, "shared_cause": cause.pk})
    outlook = told(planned)
    cost = outlook.programme.cost
    assert cost is not None
    assert cost.at(85).amount == cost.budget < cost.at(95).amount
    assert any("rarer than its shared cause: when the cause occurs it follows in 25 %" in text for text in outlook.provenance.assumptions)


def test_a_closed_cause_brings_nothing(planned: Planned) -> None:
    cause = planned.cause("A winter of storms", 40)
    planned.risk("Storms", **{**COST, "shared_cause": cause.pk})
    actions.move(CauseRegister, cause.pk, cause.version, "close", planned.actor, reason="Spring came.")
    outlook = told(planned)
    assert (outlook.provenance.risks, outlook.provenance.causes) == (1, 0)


def test_a_risk_of_the_programme_itself_costs_the_whole_and_no_project(planned: Planned) -> None:
    planned.risk("Prices rise", **{**COST, "probability": 100, "initiative": planned.world.programme.pk})
    outlook = told(planned)
    assert outlook.programme.cost is not None
    assert outlook.programme.cost.at(5).amount > outlook.programme.cost.budget
    assert all(part.cost and part.cost.deviation == 0 for part in outlook.projects)


def test_budgets_in_different_prices_are_not_added_up(planned: Planned) -> None:
    Initiative.objects.filter(pk=planned.wall.pk).update(price_base="2019/20 real")
    outlook = told(planned, iterations=100)
    assert outlook.programme.cost is None
    assert any("budgets stand in different prices" in text for text in outlook.provenance.assumptions)


def test_plans_that_are_missing_from_the_store_are_told(planned: Planned) -> None:
    Plan.objects.filter(initiative=planned.wall, is_live=True).update(document_digest="0" * 64)
    with pytest.raises(Refused, match="missing from the store"):
        forecast(planned)


def test_milestones_are_told_with_the_chance_of_what_was_promised(planned: Planned) -> None:
    planned.risk("Gates stick", **DELAY)
    values = {"title": "Barrier in service", "initiative": planned.world.project.pk, "owner": planned.owner, "activity": "HB-1230"}
    actions.create(MilestoneRegister, {**values, "baseline_current": date(2027, 1, 1)}, planned.actor)
    actions.create(MilestoneRegister, {**values, "title": "Never promised"}, planned.actor)
    outlook = told(planned)
    one, other = (part for part in outlook.milestones if part.title in ("Barrier in service", "Never promised"))
    barrier = next(part for part in outlook.projects if part.code == "SCR-HB")
    assert one.finish is not None
    assert other.finish is not None
    assert barrier.finish is not None
    assert one.finish.percentiles == other.finish.percentiles == barrier.finish.percentiles
    assert (one.finish.baseline_chance, other.finish.baseline_chance) == (0.0, None)


def test_a_forecast_without_plans_is_refused_in_a_sentence(planned: Planned) -> None:
    with pytest.raises(Refused, match="There is no live plan below OTT"):
        running.forecast(planned.world.other, planned.actor, Options(), Progress())


@pytest.mark.parametrize("options", [{"iterations": 99}, {"iterations": 100_001}, {"seed": -1}, {"seed": 2**63}])
def test_numbers_out_of_range_are_refused(planned: Planned, options: dict[str, int]) -> None:
    with pytest.raises(Invalid):
        forecast(planned, **options)
    assert not Run.objects.filter(title__startswith="Forecast of SCR").exists()


def test_a_run_stands_in_the_history_and_never_changes(planned: Planned) -> None:
    run = forecast(planned)
    assert Change.objects.get(register="forecasts.run", record_id=run.pk, verb="create").ref == run.ref
    with pytest.raises(Frozen):
        run.save()


def test_only_readers_of_the_whole_may_see_it(planned: Planned) -> None:
    programme = planned.world.programme
    forecast(planned)
    assert viewing.latest(programme, planned.world.member) is not None
    assert viewing.latest(programme, planned.world.stranger) is None
    assert not viewing.may_run(planned.world.member, programme)
    assert viewing.may_run(planned.world.owner, programme)


def test_a_cancelled_run_leaves_nothing(planned: Planned) -> None:
    class Stopping(Progress):
        def __call__(self, done: int, total: int, text: str = "") -> None:
            if done:
                raise InterruptedError

    before = Run.objects.count()
    with pytest.raises(InterruptedError):
        running.forecast(planned.world.programme, Actor(planned.world.owner), Options(), Stopping())
    assert Run.objects.count() == before
