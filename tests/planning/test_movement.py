"""What moved between two versions of a plan, on plans made here: which activity is which, and each kind of change."""

from dataclasses import replace
from datetime import datetime

import pytest

from mainstay.formats.schedule import Activity, Baseline, Calendar, CalendarException, Link, LinkType, Schedule, Shift
from mainstay.formats.terms import TimeUnit
from mainstay.planning.movement import Change, Kind, baselines, movement
from mainstay.planning.movement.explaining import Explanation
from mainstay.planning.movement.likeness import likenesses
from mainstay.planning.movement.matching import pairs

DAY = (Shift(480, 720), Shift(780, 1020))
MONDAY_OFF = CalendarException(datetime(2026, 1, 12).date(), datetime(2026, 1, 12).date(), (), "Closed")  # noqa: DTZ001  # a plan's clock has no zone
SITE = Calendar(1, "Site", (DAY,) * 5 + ((), ()), None, (MONDAY_OFF,))
SEVEN = Calendar(2, "Seven days", (DAY,) * 7)


def at(day: int, hour: int = 8) -> datetime:
    return datetime(2026, 1, day, hour)  # noqa: DTZ001  # a plan's clock has no zone


def task(uid: int, code: str, name: str, first: int = 5, last: int = 9, **facts: object) -> Activity:
    facts = {"duration_minutes": 480.0 * 5, "start": at(first), "finish": at(last, 17), **facts}
    return Activity(uid=uid, activity_id=code, name=name, **facts)  # type: ignore[arg-type]  # facts of a test


def plan(*activities: Activity, links: tuple[Link, ...] = ()) -> Schedule:
    return Schedule(name="Tunnel", calendars=(SITE, SEVEN), default_calendar_uid=1, activities=activities, links=links)


DIG, POUR = task(1, "D", "Dig"), task(2, "P", "Pour")


def only(then: Schedule, now: Schedule) -> Change:
    (change,) = movement(then, now).changes
    return change


def test_the_same_plan_twice_has_not_moved() -> None:
    found = movement(plan(DIG, POUR), plan(DIG, POUR))
    assert (found.changes, found.unchanged, found.slip_days, set(found.counts.values())) == ((), 2, 0.0, {0})


@pytest.mark.parametrize(
    ("last", "calendar", "days", "kinds"),
    [
        (13, None, 1, (Kind.LATER,)),  # Friday to Tuesday, Monday closed
        (13, 2, 4, (Kind.LATER,)),
        (8, None, -1, (Kind.EARLIER,)),
        (6, 2, -3, (Kind.EARLIER,)),
    ],
)
def test_a_slip_counts_the_working_days_of_the_activitys_calendar(
    last: int, calendar: int | None, days: float, kinds: tuple[Kind, ...]
) -> None:
    then, now = (task(1, "D", "Dig", last=day, calendar_uid=calendar) for day in (9, last))
    change = only(plan(then), plan(now))
    assert (change.slip_days, change.kinds) == (days, kinds)
    assert movement(plan(then), plan(now)).slip_days == (1 if last == 13 else days)


def test_an_evening_and_the_next_morning_are_the_same() -> None:
    assert movement(plan(DIG), plan(replace(DIG, finish=at(13)))).changes == ()


def test_added_and_deleted_activities_are_told_with_their_dates() -> None:
    deleted, added = sorted(
        movement(plan(DIG, POUR), plan(DIG, task(3, "C", "Cure"))).changes, key=lambda change: change.kinds[0], reverse=True
    )
    assert (deleted.code, deleted.kinds, deleted.finish_then, deleted.finish_now) == ("P", (Kind.DELETED,), at(9, 17), None)
    assert (added.code, added.kinds, added.finish_then, added.days_now) == ("C", (Kind.ADDED,), None, 5)


def test_estimate_progress_and_name_are_told_of_one_activity() -> None:
    change = only(plan(DIG), plan(replace(DIG, name="Dig deep", duration_minutes=480.0 * 7, percent_complete=40.0, actual_start=at(5))))
    assert change.kinds == (Kind.ESTIMATED, Kind.PROGRESSED, Kind.RENAMED)
    assert (change.days_then, change.days_now, change.percent_then, change.percent_now, change.was_called) == (5, 7, 0, 40, "D Dig")


def test_links_are_told_with_type_and_lag() -> None:
    then, now = (plan(DIG, POUR, links=(link,)) for link in (Link(1, 2), Link(1, 2, LinkType.SS, 2400, TimeUnit.DAYS)))
    change = only(then, now)
    assert (change.code, change.kinds, change.links_removed, change.links_added) == ("P", (Kind.LINKED,), ("D",), ("D SS +5 d",))


def test_a_link_stays_the_same_when_the_predecessor_is_renumbered() -> None:
    then = plan(DIG, POUR, links=(Link(1, 2),))
    now = plan(replace(DIG, uid=7), replace(POUR, uid=8), links=(Link(7, 8),))
    assert movement(then, now).changes == ()


def test_a_summary_is_not_told_for_what_lies_below_it() -> None:
    phase = task(9, "S", "Phase", summary=True)
    later = replace(DIG, finish=at(14, 17))
    (change,) = movement(plan(phase, DIG), plan(replace(phase, finish=at(14, 17), duration_minutes=9999.0), later)).changes
    assert change.code == "D"


def test_a_guid_is_the_strongest_name() -> None:
    then = plan(task(1, "A", "One", guid="x-1"), task(2, "B", "Two", guid="x-2"))
    now = plan(task(1, "A", "One", guid="x-2"), task(2, "B", "Two", guid="x-1"))
    assert pairs(then, now) == {1: 2, 2: 1}


def test_an_activity_id_outlasts_unique_numbers() -> None:
    assert pairs(plan(task(1, "A", "One"), task(2, "B", "Two")), plan(task(1, "B", "Two"), task(2, "A", "One"))) == {1: 2, 2: 1}


def test_a_unique_number_used_again_for_another_activity_pairs_nothing() -> None:
    assert pairs(plan(task(1, "", "Dig", wbs="1.1")), plan(task(1, "", "Landscaping", wbs="1.1"))) == {}
    assert pairs(plan(task(1, "", "Dig", wbs="1.1")), plan(task(1, "", "Dig", wbs="1.2"))) == {1: 1}


def test_without_lasting_ids_name_and_wbs_pair_and_then_the_summaries_above() -> None:
    then = plan(task(1, "", "Dig", wbs="1.1"), task(2, "", "Pour", wbs="1.2"))
    now = plan(task(11, "", "Pour", wbs="1.2"), task(12, "", "Dig", wbs="1.1"))
    assert pairs(then, now) == {1: 12, 2: 11}
    north, south = (task(uid, "", name, summary=True, wbs=wbs) for uid, name, wbs in ((1, "North", "1"), (2, "South", "2")))
    then = plan(north, task(3, "", "Dig", parent_uid=1, wbs="1.1"), south, task(4, "", "Dig", parent_uid=2, wbs="2.1"))
    now = plan(
        task(21, "", "South", summary=True, wbs="3"), task(22, "", "Dig", parent_uid=21, wbs="3.1"),
        task(23, "", "North", summary=True, wbs="4"), task(24, "", "Dig", parent_uid=23, wbs="4.1"),
    )  # fmt: skip
    assert pairs(then, now) == {1: 23, 3: 24, 2: 21, 4: 22}


def test_a_row_without_name_and_number_is_itself() -> None:
    nameless = task(0, "", "", wbs="0")
    assert movement(plan(nameless), plan(nameless)).changes == ()
    assert pairs(plan(nameless), plan(task(0, "", "Dig", wbs="0"))) == {}


CURE, PAVE, PAINT = task(3, "C", "Cure"), task(4, "V", "Pave"), task(5, "T", "Paint")
CHAIN = (Link(1, 2), Link(2, 3), Link(4, 5))


def explained(now: Schedule, uid: int) -> str:
    return Explanation(lambda: plan(DIG, POUR, CURE, PAVE, PAINT, links=CHAIN), now).of(uid)


def test_only_what_lies_on_the_way_to_an_activity_explains_it() -> None:
    longer = replace(DIG, duration_minutes=480.0 * 8)
    now = plan(longer, POUR, replace(CURE, finish=at(15, 17)), PAVE, PAINT, links=CHAIN)
    assert explained(now, 3) == " On the way to it: D re-estimated from 5 to 8 d."
    assert explained(now, 5) == ""


def test_new_activities_and_links_explain_too_and_the_rest_is_counted() -> None:
    rows = [replace(row, duration_minutes=480.0 * (6 + row.uid)) for row in (DIG, POUR, CURE)]
    now = plan(
        *rows,
        PAVE,
        PAINT,
        task(6, "E", "Extra", duration_minutes=960.0),
        links=(Link(1, 2), Link(6, 2), Link(2, 3), Link(4, 5), Link(3, 5)),
    )
    assert explained(now, 5) == (
        " On the way to it: C re-estimated from 5 to 9 d, P re-estimated from 5 to 8 d, D re-estimated from 5 to 7 d, and 2 more."
    )
    assert explained(plan(DIG, POUR, CURE, PAVE, PAINT, links=(Link(1, 2), Link(1, 3), Link(4, 5))), 3) == (
        " On the way to it: C now after D and no longer after P."
    )


def test_what_followed_from_a_change_explains_nothing_and_a_first_version_has_nothing_to_explain() -> None:
    assert explained(plan(DIG, POUR, replace(CURE, finish=at(15, 17)), PAVE, PAINT, links=CHAIN), 3) == ""
    assert Explanation(lambda: None, plan(DIG)).of_last_finish() == ""


def test_the_last_finish_is_explained_by_the_activity_that_finishes_last() -> None:
    then = plan(DIG, POUR, links=(Link(1, 2),))
    now = plan(replace(DIG, duration_minutes=480.0 * 6), replace(POUR, finish=at(20, 17)), links=(Link(1, 2),))
    assert Explanation(lambda: then, now).of_last_finish() == " On the way to its last finish: D re-estimated from 5 to 6 d."


def based(row: Activity, *finishes: int) -> Activity:
    """With a baseline for each day on which it was to finish, numbered from 0."""
    return replace(row, baselines=tuple(Baseline(n, at(day - 4), at(day, 17), 480.0 * 5) for n, day in enumerate(finishes)))


def test_from_a_baseline_only_dates_and_lengths_can_have_moved() -> None:
    late = based(replace(DIG, finish=at(14, 17), percent_complete=30.0, actual_start=at(6), duration_minutes=480.0 * 8), 9, 8)
    now = plan(late, POUR, links=(Link(1, 2),))
    assert baselines.numbers(now) == [0, 1]
    found = movement(baselines.as_baselined(now, 0), now)
    slipped, added = found.changes
    assert (slipped.code, slipped.kinds, slipped.slip_days) == ("D", (Kind.LATER, Kind.ESTIMATED), 2)
    assert (slipped.days_then, slipped.days_now) == (5, 8)
    assert (added.code, added.kinds) == ("P", (Kind.ADDED,))
    assert movement(baselines.as_baselined(now, 1), now).changes[0].slip_days == 3
    assert baselines.numbers(plan(DIG)) == []


def test_what_no_id_joins_may_be_the_same_by_name_neighbours_and_length() -> None:
    before, after = task(8, "B", "Set out"), task(9, "A", "Backfill")
    then = plan(before, task(1, "D", "Dig the east shaft"), after, links=(Link(8, 1), Link(1, 9)))
    new = task(40, "N1", "Excavate the east shaft")
    other = task(41, "N2", "Paint the pump house")
    now = plan(before, new, other, after, links=(Link(8, 40), Link(40, 9)))
    found = pairs(then, now)
    (one,) = likenesses(then, now, found)
    assert (one.then.uid, one.now.uid) == (1, 40)
    assert one.share == pytest.approx(0.55 * 3 / 5 + 0.25 + 0.1 + 0.1)
    moved = movement(then, now, {1: 40})
    (added,) = (change for change in moved.changes if Kind.ADDED in change.kinds)
    assert added.code == "N2"
    assert [change.was_called for change in moved.changes if Kind.RENAMED in change.kinds] == ["D Dig the east shaft"]
    assert likenesses(then, now, pairs(then, now, {1: 40})) == []
    assert pairs(then, now, {1: 99}) == found, "said of an activity that is not there"
