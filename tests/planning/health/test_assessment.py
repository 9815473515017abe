"""The fourteen points by their published formulas and figures (docs: domain sources on DCMA 14), and GAO's ten practices."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mainstay.formats.schedule import ConstraintType, Link, LinkType, Schedule
from mainstay.planning.health.assessment import Health, assess
from mainstay.planning.health.point import Limits, Point, limits
from tests.planning.health.plans import DAY, MONDAY, assigned, chain, done, due, plan, work

STATUS = MONDAY + timedelta(days=28)


def point(found: Health, code: str) -> Point:
    (one,) = (point for point in found.points if point.code == code)
    return one


def holds(found: Health, number: int) -> bool | None:
    return next(one.holds for one in found.practices if one.number == number)


def sound() -> Schedule:
    """Start milestone, twenty steps of a week, end milestone; all assigned and in the baseline, nothing due yet."""
    rows = [work(0, 0), *(work(uid) for uid in range(1, 21)), work(21, 0)]
    found = plan([due(row, MONDAY + timedelta(days=7 * row.uid + 5)) for row in rows], chain(range(22)), status_date=MONDAY)
    return replace(found, assignments=assigned(rows[1:-1]))


def test_a_sound_plan_holds_in_every_point_that_can_be_judged() -> None:
    found = assess(sound())
    assert {one.code for one in found.points if one.holds is False} == set()
    assert {one.code for one in found.points if one.holds is None} == {"resources", "missed", "bei"}
    assert [one.number for one in found.points] == list(range(1, 15))
    assert (found.judged, found.held, found.score) == (11, 11, 100)
    assert {one.number for one in found.practices if one.holds is False} == set()
    assert holds(found, 8) is None
    assert holds(assess(sound(), has_risk_analysis=True), 8) is True
    assert holds(assess(sound(), has_risk_analysis=False), 8) is False


def test_missing_logic_forgives_the_two_ends_and_no_third() -> None:
    rows = [work(0, 0), *(work(uid) for uid in range(1, 20)), work(20, 0)]
    links = chain(range(21))
    assert point(assess(plan(rows, links)), "missing_logic").count == 0
    loose = [*rows, work(30), work(31)]
    found = point(assess(plan(loose, (*links, Link(1, 30)))), "missing_logic")
    assert (found.count, found.of, found.activities, found.holds) == (2, 23, ("A30", "A31"), False)
    assert found.value == pytest.approx(100 * 2 / 23)
    finished = [done(row, MONDAY + timedelta(hours=9)) if row.uid in (30, 31) else row for row in loose]
    assert point(assess(plan(finished, (*links, Link(1, 30)))), "missing_logic").count == 0


def test_dangling_ends_are_told_beside_it() -> None:
    rows = [work(0, 0), *(work(uid) for uid in range(1, 5)), work(5, 0)]
    links = (Link(0, 1), Link(1, 2, LinkType.SS), Link(2, 3, LinkType.FF), Link(3, 4), Link(4, 5))
    found = point(assess(plan(rows, links)), "missing_logic")
    assert (found.count, "2." in found.note) == (0, True), "1 drives nothing with its finish; nothing drives the start of 3"


def test_leads_lags_and_kinds_count_links_not_activities() -> None:
    rows = [work(uid) for uid in range(11)]
    links = [Link(uid, 10) for uid in range(10)]
    links[0] = Link(0, 10, LinkType.FS, -DAY)
    links[1] = Link(1, 10, LinkType.FS, 2 * DAY)
    links[2] = Link(2, 10, LinkType.SS)
    found = assess(plan(rows, links))
    leads, lags, kinds = (point(found, code) for code in ("leads", "lags", "finish_to_start"))
    assert (leads.count, leads.of, leads.holds) == (1, 10, False)
    assert (lags.count, lags.value, lags.holds) == (1, 10.0, False)
    assert (kinds.count, kinds.value, kinds.holds) == (9, 90.0, True), "exactly nine of ten is enough"
    assert point(assess(plan(rows, links[2:])), "finish_to_start").holds is False


def test_ends_of_links_at_summaries_count_nowhere() -> None:
    rows = [work(1, 5, summary=True), work(2, 5, parent_uid=1, outline_level=2), work(3)]
    found = assess(plan(rows, (Link(2, 3), Link(1, 3))))
    assert point(found, "finish_to_start").of == 1


@pytest.mark.parametrize(
    ("constraint", "is_hard"),
    [
        (ConstraintType.MUST_START_ON, True),
        (ConstraintType.MUST_FINISH_ON, True),
        (ConstraintType.START_NO_LATER_THAN, True),
        (ConstraintType.FINISH_NO_LATER_THAN, True),
        (ConstraintType.START_NO_EARLIER_THAN, False),
        (ConstraintType.FINISH_NO_EARLIER_THAN, False),
        (ConstraintType.AS_LATE_AS_POSSIBLE, False),
    ],
)
def test_four_constraints_are_hard(constraint: ConstraintType, *, is_hard: bool) -> None:
    pinned = work(2, constraint=constraint, constraint_date=MONDAY + timedelta(days=60))
    found = point(assess(plan([work(1), pinned], [Link(1, 2)])), "hard_constraints")
    assert (found.count, found.of) == (int(is_hard), 2)


def test_float_and_length_are_counted_in_working_days() -> None:
    rows = [work(1, 45), work(2, 44), work(3, 1), work(4, 0)]
    found = assess(plan(rows, (Link(1, 4), Link(2, 4), Link(3, 4))))
    long = point(found, "long_duration")
    assert (long.count, long.activities) == (1, ("A1",))
    assert point(found, "high_float").count == 0, "44 days of float are not over 44"
    rows[0] = work(1, 46)
    found = assess(plan(rows, (Link(1, 4), Link(2, 4), Link(3, 4))))
    assert point(found, "high_float").activities == ("A3",)
    late = replace(rows[3], deadline=MONDAY + timedelta(days=10))
    assert point(assess(plan([*rows[:3], late], (Link(1, 4), Link(2, 4), Link(3, 4)))), "negative_float").count == 3


def test_invalid_dates_on_either_side_of_the_status_date() -> None:
    ahead = done(work(1), STATUS + timedelta(days=3))
    behind = replace(work(2), start=STATUS - timedelta(days=3), finish=STATUS + timedelta(days=3))
    right = replace(work(3), start=STATUS + timedelta(days=1), finish=STATUS + timedelta(days=3))
    found = point(assess(plan([ahead, behind, right], status_date=STATUS)), "invalid_dates")
    assert (found.count, found.activities, found.holds) == (2, ("A1", "A2"), False)
    assert point(assess(plan([right])), "invalid_dates").holds is None


def portfolio() -> Schedule:
    """Two hundred pieces of work: 80 due by the status date, of which 68 are done; 3 of the later ones are done; 129 unfinished."""
    rows = []
    for uid in range(200):
        finish = STATUS - timedelta(days=2) if uid < 80 else STATUS + timedelta(days=30)
        row = due(work(uid, 1), finish)
        rows.append(done(row, STATUS - timedelta(days=1)) if uid < 68 or 80 <= uid < 83 else row)
    return plan(rows, status_date=STATUS)


def test_bei_in_both_published_forms() -> None:
    found = point(assess(portfolio()), "bei")
    assert (found.count, found.of) == (71, 80)
    assert found.value == 0.8875
    assert found.holds is False
    assert "0.85" in found.note


def test_missed_work_by_each_of_the_three_denominators() -> None:
    found = point(assess(portfolio()), "missed")
    assert (found.count, found.of, found.value, found.holds) == (12, 80, 15.0, False)
    assert "9.3 %" in found.note
    assert "6.0 %" in found.note


@pytest.mark.parametrize(("spare", "value", "is_good"), [(20, 1.08, True), (0, 1.0, True), (-10, 0.96, True), (-20, 0.92, False)])
def test_cpli_by_its_published_figures(spare: int, value: float, *, is_good: bool) -> None:
    agreed = after_days(250 + spare)
    found = point(assess(plan([work(1, 250)], status_date=MONDAY, must_finish_by=agreed)), "cpli")
    assert found.value == pytest.approx(value)
    assert found.holds is is_good


@pytest.mark.parametrize(("length", "spare", "value"), [(80, 20, 1.25), (800, 20, 1.025), (720, -60, 0.9167)])
def test_cpli_of_the_handbooks(length: int, spare: int, value: float) -> None:
    found = point(assess(plan([work(1, length)], status_date=MONDAY, must_finish_by=after_days(length + spare))), "cpli")
    assert found.value == pytest.approx(value, abs=5e-5)


def after_days(days: int) -> datetime:
    """The end of the working day so many working days on, the first Monday being the first."""
    weeks, rest = divmod(days - 1, 5)
    return MONDAY + timedelta(days=7 * weeks + rest, hours=9)


def test_without_a_date_to_finish_by_there_is_no_cpli() -> None:
    found = point(assess(plan([work(1, 250)], status_date=MONDAY)), "cpli")
    assert (found.value, found.holds) == (None, None)
    assert "neither" in found.note


def test_the_path_test_fails_where_a_date_holds_the_end() -> None:
    moving = assess(plan([work(1), work(2), work(3, 0)], chain((1, 2, 3))))
    assert (point(moving, "path_test").holds, point(moving, "path_test").count) == (True, 600)
    fixed = replace(work(3, 0), constraint=ConstraintType.MUST_FINISH_ON, constraint_date=MONDAY + timedelta(days=14))
    by_hand = replace(work(2), manual=True, start=MONDAY + timedelta(days=7), finish=MONDAY + timedelta(days=11, hours=9))
    held = point(assess(plan([work(1), by_hand, fixed], chain((1, 2, 3)))), "path_test")
    assert held.holds is False
    assert point(assess(plan([done(work(1), MONDAY + timedelta(hours=9))])), "path_test").holds is None


def test_limits_are_data() -> None:
    told = limits({"lags": 10, "float_days": 20, "bei": 0.8, "nonsense": 3, "leads": "many", "missed": -1})
    assert told == Limits(lags=10, float_days=20, bei=0.8)
    assert limits(None) == Limits()
    assert point(assess(portfolio(), told), "bei").holds is True


def test_a_plan_that_goes_round_is_told_and_judged_in_nothing() -> None:
    found = assess(plan([work(1), work(2)], (Link(1, 2), Link(2, 1))))
    assert (found.points, found.practices, found.score) == ((), (), None)
    assert "Step 1" in found.fault


def test_an_empty_plan_says_nothing() -> None:
    found = assess(plan([]))
    assert found.held == 0
    assert all(one.holds is not True for one in found.points)
