"""The measured status: where amber and red begin, and that what cannot be measured has no colour."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from mainstay.reporting.board_pack import wording
from mainstay.reporting.board_pack.facts import StatusFact
from mainstay.reporting.board_pack.limits import EarnedFact
from mainstay.reporting.board_pack.measuring import statuses
from tests.reporting.board import TODAY, dependency, facts, issue, milestone, place, plan, risk

BASELINE = date(2027, 6, 1)


def status(code: str = "NIT-01", **values: Any) -> StatusFact:
    return next(one for one in statuses(facts(**values)) if one.code == code)


def test_without_facts_there_is_no_colour() -> None:
    assert [one.rating for one in statuses(facts())] == ["none", "none", "none"]


@pytest.mark.parametrize(
    ("slip", "tolerance", "rating"),
    [
        (0, 0, "green"),
        (5, 5, "green"),
        (6, 5, "amber"),
        (39, 0, "amber"),
        (40, 0, "red"),
        (45, 45, "green"),
        (46, 45, "red"),
        (-10, 0, "green"),
    ],
)
def test_a_milestone_is_measured_against_its_own_tolerance_first(slip: int, tolerance: int, rating: str) -> None:
    row = milestone(1, "NIT-01", baseline_current=BASELINE, forecast=BASELINE + timedelta(days=slip), tolerance_days=tolerance)
    assert status(milestones=(row,)).rating == rating


def test_a_milestone_that_has_passed_unreached_is_overdue() -> None:
    row = milestone(1, "NIT-01", forecast=TODAY - timedelta(days=3))
    found = status(milestones=(row,))
    assert (found.rating, [(m.name, m.count, m.days) for m in found.measures]) == ("amber", [("overdue", 1, 3)])
    assert [told.ref for told in found.measures[0].evidence] == ["M-001"]


def test_a_reached_milestone_no_longer_counts() -> None:
    row = milestone(1, "NIT-01", state="reached", baseline_current=BASELINE, actual=BASELINE + timedelta(days=90))
    assert status(milestones=(row,)).rating == "none"


@pytest.mark.parametrize(("days", "rating"), [(9, "green"), (10, "amber"), (40, "red")])
def test_the_finish_of_the_plan_against_its_baseline(days: int, rating: str) -> None:
    row = plan(1, "NIT-01", baseline_finish=BASELINE, finishes_on=BASELINE + timedelta(days=days))
    assert status(plans=(row,)).rating == rating


@pytest.mark.parametrize(("days", "rating"), [(50, "green"), (51, "amber"), (100, "amber"), (101, "red")])
def test_time_before_the_approved_finish_is_used_up(days: int, rating: str) -> None:
    row = plan(1, "NIT-01", baseline_finish=BASELINE, finishes_on=BASELINE + timedelta(days=days))
    projects = (place(2, "NIT-01", ends_on=BASELINE + timedelta(days=100)),)
    measure = next(m for m in status(plans=(row,), projects=projects).measures if m.name == "float")
    assert (measure.rating, measure.days) == (rating, 100 - days)


@pytest.mark.parametrize(
    ("criticality", "getter", "giver"),
    [("high", "red", "amber"), ("medium", "amber", "amber"), ("low", "amber", "amber")],
)
def test_a_late_dependency_tells_on_both_sides(criticality: str, getter: str, giver: str) -> None:
    row = dependency(1, "NIT-01", "NIT-02", needed_by=BASELINE, promised_by=BASELINE + timedelta(days=1), criticality=criticality)
    assert status("NIT-02", dependencies=(row,)).rating == getter
    assert status("NIT-01", dependencies=(row,)).rating == giver


def test_the_live_plan_counts_more_than_the_promise() -> None:
    row = dependency(1, "NIT-01", "NIT-02", needed_by=BASELINE, promised_by=BASELINE, forecast=BASELINE + timedelta(days=9))
    assert status("NIT-02", dependencies=(row,)).measures[0].days == 9


@pytest.mark.parametrize(("cost", "rating"), [(499_999, "green"), (500_000, "amber"), (1_000_000, "red")])
def test_expected_cost_of_threats_against_the_budget(cost: int, rating: str) -> None:
    rows = (risk(1, "NIT-01", expected_cost=Decimal(cost)), risk(2, "NIT-01", nature="opportunity", expected_cost=Decimal(-900_000)))
    found = status(risks=rows)
    assert (found.rating, found.measures[0].amount) == (rating, Decimal(cost))


YESTERDAY = TODAY - timedelta(days=1)
ISSUES: list[tuple[dict[str, Any], str]] = [
    ({}, "green"),
    ({"due_on": TODAY}, "green"),
    ({"due_on": YESTERDAY}, "red"),
    ({"due_on": YESTERDAY, "severity": "project"}, "amber"),
    ({"due_on": YESTERDAY, "priority": "could"}, "amber"),
    ({"due_on": YESTERDAY, "state": "resolved"}, "none"),
]


@pytest.mark.parametrize(("values", "rating"), ISSUES)
def test_overdue_issues(values: dict[str, Any], rating: str) -> None:
    assert status(issues=(issue(1, "NIT-01", **values),)).rating == rating


def test_the_programme_is_as_bad_as_its_worst_project() -> None:
    rows = (
        milestone(1, "NIT-01", baseline_current=BASELINE, forecast=BASELINE + timedelta(days=60)),
        milestone(2, "NIT-02", baseline_current=BASELINE, forecast=BASELINE),
    )
    found = statuses(facts(milestones=rows))
    assert [(one.code, one.rating) for one in found] == [("NIT", "red"), ("NIT-01", "red"), ("NIT-02", "green")]
    assert [(m.name, m.subject) for m in found[0].measures] == [("parts", "NIT-01")]


def test_a_closed_project_is_complete_and_spoils_nothing() -> None:
    row = milestone(1, "NIT-01", baseline_current=BASELINE, forecast=BASELINE + timedelta(days=60))
    projects = (place(2, "NIT-01", is_closed=True), place(3, "NIT-02"))
    assert [one.rating for one in statuses(facts(milestones=(row,), projects=projects))] == ["done", "done", "none"]


@pytest.mark.parametrize(
    ("cpi", "spi_t", "rating"), [(0.95, 0.95, "green"), (0.949, 1, "amber"), (1, 0.85, "amber"), (1.2, 0.849, "red"), (0.5, 1, "red")]
)
def test_earned_value_beside_the_dates(cpi: float, spi_t: float, rating: str) -> None:
    row = plan(1, "NIT-01", finishes_on=None, earned=EarnedFact(weight="cost", cpi=cpi, spi_t=spi_t))
    assert status(plans=(row,)).rating == rating


def test_of_several_plans_the_worst_counts_and_what_cannot_be_said_does_not() -> None:
    bare = plan(1, "NIT-01", finishes_on=None, earned=EarnedFact(unsaid=("spi_t no_baseline",)))
    assert status(plans=(bare,)).rating == "none"
    rows = [plan(n, "NIT-01", finishes_on=None, earned=EarnedFact(weight="work", spi_t=spi, idle=n)) for n, spi in ((2, 0.9), (3, 0.7))]
    found = status(plans=(bare, *rows))
    assert [(m.name, m.evidence[0].pk) for m in found.measures] == [("spi_t", 3)]
    assert wording.measure(found.measures[0]) == "SPI(t) 0.70 by work, 3 activities due to earn earn nothing"
