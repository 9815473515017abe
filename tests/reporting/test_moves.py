"""What moved between two sets of facts: each difference once, with its reason, and small ones told apart."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from mainstay.reporting.board_pack.facts import Move
from mainstay.reporting.board_pack.moves import Reason, compare, working_days
from tests.reporting.board import decision, dependency, facts, later, milestone, place, plan, risk

DAY = date(2027, 6, 1)


def one(found: tuple[Move, ...]) -> Move:
    assert len(found) == 1
    return found[0]


def test_the_same_facts_differ_in_nothing() -> None:
    held = facts(milestones=(milestone(1, "NIT-01", forecast=DAY),), risks=(risk(1, "NIT-01"),), plans=(plan(1, "NIT-01"),))
    assert compare(held, later(held), {}) == ()


def test_a_forecast_that_slips_is_told_with_its_reason() -> None:
    before = facts(milestones=(milestone(1, "NIT-01", forecast=DAY),))
    after = later(before, milestones=(milestone(1, "NIT-01", forecast=DAY + timedelta(days=34)),))
    reasons = {
        ("planning.milestone", 1): [
            Reason(frozenset({"forecast"}), "The operator moved the slot.", "Callum Reyes", 150),
            Reason(frozenset({"owner"}), "Left the project.", "Jonah Pike", 160),
        ]
    }
    move = one(compare(before, after, reasons))
    assert (move.item, move.before, move.after, move.days, move.sense, move.is_small) == (
        "forecast", "1\u00a0Jun\u00a02027", "5\u00a0Jul\u00a02027", 34, "worse", False,
    )  # fmt: skip
    assert (move.reason, move.by, move.change) == ("The operator moved the slot.", "Callum Reyes", 150)


def test_a_reason_for_another_field_is_no_reason() -> None:
    before = facts(milestones=(milestone(1, "NIT-01", forecast=DAY),))
    after = later(before, milestones=(milestone(1, "NIT-01", forecast=DAY + timedelta(days=34)),))
    reasons = {("planning.milestone", 1): [Reason(frozenset({"owner"}), "Left the project.", "Jonah Pike", 160)]}
    assert one(compare(before, after, reasons)).reason == ""


@pytest.mark.parametrize(("days", "is_small"), [(6, True), (7, False), (-6, True), (-7, False)])
def test_less_than_five_working_days_is_small(days: int, is_small: bool) -> None:
    before = facts(milestones=(milestone(1, "NIT-01", forecast=DAY),))
    after = later(before, milestones=(milestone(1, "NIT-01", forecast=DAY + timedelta(days=days)),))
    assert one(compare(before, after, {})).is_small is is_small


@pytest.mark.parametrize(
    ("first", "last", "is_small"),
    [(50_000_000, 50_099_999, True), (50_000_000, 50_100_000, False), (1_000_000, 1_010_000, False), (1_000_000, 1_009_999, True)],
)
def test_money_is_told_from_one_per_cent_or_a_tenth_of_a_million(first: int, last: int, is_small: bool) -> None:
    before = facts(risks=(risk(1, "NIT-01", expected_cost=Decimal(first)),))
    after = later(before, risks=(risk(1, "NIT-01", expected_cost=Decimal(last)),))
    assert one(compare(before, after, {})).is_small is is_small


def test_a_risk_that_occurred_is_worse_and_one_closed_is_better() -> None:
    before = facts(risks=(risk(1, "NIT-01"), risk(2, "NIT-01")))
    after = later(before, risks=(risk(1, "NIT-01", state="occurred"), risk(2, "NIT-01", state="closed")))
    assert {(move.item, move.sense) for move in compare(before, after, {})} == {("occurred", "worse"), ("closed", "better")}


def test_a_decision_is_explained_by_its_outcome() -> None:
    before = facts(decisions=(decision(1, "NIT"),))
    after = later(
        before, decisions=(decision(1, "NIT", state="decided", outcome="Approved with a report in January.", forum="Programme board"),)
    )
    move = one(compare(before, after, {}))
    assert (move.item, move.reason, move.by) == ("decided", "Approved with a report in January.", "Programme board")


def test_a_dependency_renegotiated() -> None:
    before = facts(dependencies=(dependency(1, "NIT-01", "NIT-02", needed_by=DAY, promised_by=DAY, state="offered"),))
    row = dependency(1, "NIT-01", "NIT-02", needed_by=DAY, promised_by=DAY - timedelta(days=14))
    found = compare(before, later(before, dependencies=(row,)), {})
    assert {(move.item, move.days, move.sense) for move in found} == {("hand-over", -14, "better"), ("agreement", None, "better")}


def test_a_new_version_of_a_plan_tells_its_finish() -> None:
    before = facts(plans=(plan(1, "NIT-01", finishes_on=DAY),))
    after = later(before, plans=(plan(2, "NIT-01", number=2, finishes_on=DAY + timedelta(days=21)),))
    assert [(move.item, move.days) for move in compare(before, after, {})] == [("finish of the plan", 21), ("version", None)]


def test_projects_come_and_go() -> None:
    before = facts()
    found = compare(before, later(before, projects=(before.projects[0], place(9, "NIT-09"))), {})
    assert {(move.item, move.record.ref) for move in found} == {("new", "NIT-09"), ("gone", "NIT-02")}


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [("2026-10-30", "2026-11-02", 1), ("2026-10-30", "2026-11-06", 5), ("2026-11-06", "2026-10-30", -5), ("2026-10-31", "2026-11-01", 0)],
)
def test_working_days_leave_out_weekends(first: str, last: str, count: int) -> None:
    assert working_days(date.fromisoformat(first), date.fromisoformat(last)) == count
