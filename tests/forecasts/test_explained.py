"""What explains a forecast: the worth of responses and opportunities, sharing, merges, draw-down; against sums that are known."""

from datetime import date, timedelta
from typing import Any

import pytest

from mainstay.forecasts import contingency, remaking, running
from mainstay.forecasts.answers import answers
from mainstay.forecasts.options import Options
from mainstay.forecasts.outlook import Outlook
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.jobs.progress import Progress
from mainstay.register import actions
from mainstay.risk.response.register import RiskResponseRegister
from tests.forecasts.conftest import Planned
from tests.forecasts.test_running import COST, DELAY

pytestmark = pytest.mark.django_db
CERTAIN = {"probability": 100, "cost_low": 6_000_000, "cost_likely": 6_000_000, "cost_high": 6_000_000}


def told(planned: Planned, **options: Any) -> Outlook:
    run = running.forecast(planned.world.programme, planned.actor, Options(**{"iterations": 1000, **options}), Progress())
    return run.outlook


def test_a_response_is_worth_what_it_saves_and_costs_what_it_costs(planned: Planned) -> None:
    without = told(planned)
    risk = planned.risk("Steel", **CERTAIN, cost_after=2_000_000, response_cost=500_000, response="reduce")
    outlook = told(planned)
    (found,) = outlook.responses
    assert (found.ref, found.cost) == (risk.ref, 500_000)
    assert found.gain.money == pytest.approx(4_000_000, abs=50)
    assert found.net == pytest.approx(3_500_000, abs=50)
    assert outlook.programme.cost is not None
    assert without.programme.cost is not None
    # Two million of the risk and half a million of its response are certain; before responses there are six million and no payment.
    assert outlook.programme.cost.at(50).amount - without.programme.cost.at(50).amount == pytest.approx(2_500_000, abs=50)
    assert outlook.before_responses is not None
    assert outlook.before_responses.cost is not None
    assert outlook.before_responses.cost.at(50).amount - without.programme.cost.at(50).amount == pytest.approx(6_000_000, abs=50)
    assert any("1 response is paid for, £0.50m" in text for text in outlook.provenance.assumptions)


def test_opportunities_and_sharing_are_told(planned: Planned) -> None:
    planned.risk("Cheap sand", nature="opportunity", **CERTAIN)
    cause = planned.cause("A winter of storms", 30)
    for place in (planned.world.project, planned.wall):
        planned.risk(f"Storms at {place.code}", **{**CERTAIN, "probability": 30, "shared_cause": cause.pk, "initiative": place.pk})
    outlook = told(planned, iterations=4000)
    assert outlook.opportunities is not None
    assert outlook.opportunities.count == 1
    assert outlook.opportunities.gain.money == pytest.approx(6_000_000, abs=1000)
    (found,) = outlook.sharing
    # P80: both at once in 30 % of the runs is twelve million; apart, the second comes beside the first in 9 %, so that it is six.
    assert found.gain.money == pytest.approx(6_000_000, abs=1000)
    assert len(found.risks) == 2
    words = " ".join(text for answer in answers(outlook) for text in answer.sentences)
    assert "strikes several risks at once; that alone holds £6.0m of the P80" in words
    assert "Opportunities buy £6.0m of the P80" in words


def test_contingency_falls_as_windows_close(planned: Planned) -> None:
    today = date.today()  # noqa: DTZ011  # only its month matters
    soon, late = today + timedelta(days=40), today + timedelta(days=200)
    planned.risk("Soon over", **CERTAIN, window_to=soon)
    planned.risk("Later", **CERTAIN, window_to=late)
    outlook = told(planned)
    months = {row.day: row.money for row in outlook.drawdown}
    assert outlook.drawdown[0].money == pytest.approx(12_000_000, abs=1000)
    assert all(money == pytest.approx(6_000_000, abs=1000) for day, money in months.items() if soon < day <= late)
    assert [row.day for row in outlook.drawdown] == sorted(months)


def test_held_project_by_project_it_takes_more_than_held_together(planned: Planned) -> None:
    for place in (planned.world.project, planned.wall):
        planned.risk(f"Prices at {place.code}", **{**COST, "probability": 30, "initiative": place.pk})
    outlook = told(planned, iterations=4000)
    summary = contingency.summary(outlook)
    assert summary.sum_p80 is not None
    assert summary.whole.p80 is not None
    assert summary.benefit == pytest.approx(summary.sum_p80 - summary.whole.p80)
    assert summary.reserve is not None
    assert summary.reserve > 0


def test_a_tranche_is_over_with_its_last_project(planned: Planned) -> None:
    values = {"code": "SCR-T1", "title": "Tranche 1", "kind": "tranche", "parent": planned.world.programme.pk}
    tranche = actions.create(InitiativeRegister, values, planned.actor)
    wall = planned.wall
    wall.refresh_from_db()
    actions.change(InitiativeRegister, wall.pk, wall.version, {"parent": tranche.pk}, planned.actor)
    outlook = told(planned)
    (group,) = outlook.groups
    only = next(part for part in outlook.projects if part.code == "SCR-SW")
    assert (group.kind, group.code) == ("tranche", "SCR-T1")
    assert group.finish is not None
    assert only.finish is not None
    assert group.finish.percentiles == only.finish.percentiles


def test_critical_work_and_merges_are_named_as_the_plans_name_them(planned: Planned) -> None:
    planned.risk("Gates stick", **DELAY)
    outlook = told(planned)
    first = max(outlook.critical, key=lambda row: row.index or 0.0)
    assert first.project in ("SCR-HB", "SCR-SW")
    assert first.index is not None
    assert 0 < first.index <= 1.5
    assert all(row.cruciality is not None and -1 <= row.cruciality <= 1 for row in outlook.critical)
    assert outlook.pert is not None
    assert outlook.programme.finish is not None
    assert outlook.pert.finish <= outlook.programme.finish.mean
    assert outlook.pert.end is not None
    assert {arrival.project for arrival in outlook.pert.end.arrivals} <= {"SCR-HB", "SCR-SW"}
    assert all(point.delay > 0 and len(point.arrivals) >= 1 for point in outlook.merges)


def test_a_risk_whose_window_has_passed_is_left_out(planned: Planned) -> None:
    planned.risk("Last winter", **CERTAIN, window_to=date(2020, 3, 1))
    outlook = told(planned, iterations=100)
    assert "It could occur until 1\u00a0Mar\u00a02020, which has passed." in outlook.left_out[0].reason
    assert outlook.provenance.risks == 0


def test_responses_of_the_register_are_paid_for_where_the_risk_names_no_cost(planned: Planned) -> None:
    risk = planned.risk("Steel", **CERTAIN, cost_after=2_000_000)
    for title, cost in (("Buy early", 300_000), ("Buy elsewhere", 200_000), ("Do nothing", None)):
        told_values = {"title": title, "initiative": risk.initiative_id, "risk": risk.pk, "cost": cost, "owner": planned.owner}
        actions.create(RiskResponseRegister, told_values, planned.actor)
    (found,) = told(planned, iterations=100).responses
    assert found.cost == 500_000


def test_a_window_spares_work_that_is_not_under_way_in_it(planned: Planned) -> None:
    """The activity runs through 2027; a window long after it strikes nothing, one about it strikes as if there were none."""
    plain = {"activities": "HB-1180", "probability": 100, "days_low": 40, "days_likely": 40, "days_high": 40}
    without = told(planned, iterations=200)
    risk = planned.risk("Gates stick", **plain, window_from=date(2060, 1, 1), window_to=date(2061, 1, 1))
    missed = told(planned, iterations=200)
    assert missed.programme.finish == without.programme.finish
    assert any("1 risk has a window" in text for text in missed.provenance.assumptions)
    type(risk).objects.filter(pk=risk.pk).update(window_from=date(2020, 1, 1), window_to=date(2060, 1, 1))
    met = told(planned, iterations=200)
    type(risk).objects.filter(pk=risk.pk).update(window_from=None, window_to=None)
    assert met.programme.finish == told(planned, iterations=200).programme.finish
    assert met.programme.finish != without.programme.finish


@pytest.mark.parametrize("sampling", ["latin_hypercube", "sobol"])
def test_a_run_stops_where_it_is_steady_and_can_be_made_again(planned: Planned, sampling: str) -> None:
    planned.risk("Gates stick", **DELAY)
    options = Options(iterations=8000, sampling=sampling, stop_days=5.0)
    run = running.forecast(planned.world.programme, planned.actor, options, Progress())
    assert run.iterations < 8000
    assert run.outlook.provenance.converged is True
    assert (run.sampling, run.stop_days, run.outlook.provenance.asked) == (sampling, 5.0, 8000)
    assert remaking.remake(run, Progress()).is_equal
