"""A plan that contradicts itself is told so, each fault in a sentence with its activities."""

from dataclasses import replace
from datetime import date, datetime

from mainstay.formats.schedule import Activity, Calendar, Link, Schedule, Shift
from mainstay.planning.checking import check, check_between

DAY = (Shift(480, 1020),)
OFFICE, IDLE = Calendar(1, "Office", (DAY,) * 5 + ((), ())), Calendar(2, "Never", ((),) * 7)
START = datetime(2026, 1, 5, 8)  # noqa: DTZ001 - a plan's clock has no zone
GOOD = Activity(uid=1, activity_id="A", name="Dig", duration_minutes=480, start=START, finish=START.replace(hour=17))


def plan(*activities: Activity, links: tuple[Link, ...] = ()) -> Schedule:
    return Schedule(
        name="Tunnel",
        project_id="T1",
        start=START,
        status_date=START,
        default_calendar_uid=1,
        calendars=(OFFICE, IDLE),
        activities=activities,
        links=links,
    )


def found(schedule: Schedule, today: date | None = None) -> dict[str, tuple[str, ...]]:
    return {finding.code: finding.activities for finding in check(schedule, today)}


def test_a_plan_in_order_has_none_of_these() -> None:
    faults = {
        "no_activity",
        "negative_duration",
        "idle_calendar",
        "finished_before_start",
        "dangling_link",
        "status_ahead",
        "unschedulable",
    }
    assert not faults & set(found(plan(GOOD), date(2026, 2, 1)))


def test_negative_durations_are_named_and_the_plan_is_scheduled_all_the_same() -> None:
    told = found(plan(GOOD, replace(GOOD, uid=2, activity_id="B", duration_minutes=-480)))
    assert told["negative_duration"] == ("B",)
    assert "unschedulable" not in told


def test_a_calendar_without_working_time_is_named_by_who_works_by_it() -> None:
    assert found(plan(GOOD, replace(GOOD, uid=2, activity_id="B", calendar_uid=2)))["idle_calendar"] == ("B",)
    assert found(replace(plan(GOOD), default_calendar_uid=2))["idle_calendar"] == ("A",)


def test_links_that_name_nothing_are_counted() -> None:
    (finding,) = [one for one in check(plan(GOOD, links=(Link(1, 7), Link(8, 1)))) if one.code == "dangling_link"]
    assert (finding.count, finding.of) == (2, 2)


def test_a_status_date_in_the_future_is_told_with_its_day() -> None:
    (finding,) = [one for one in check(plan(GOOD), date(2026, 1, 4)) if one.code == "status_ahead"]
    assert finding.text == "The status date 05/01/2026 lies in the future; set it to the day up to which progress is known."
    assert "status_ahead" not in found(plan(GOOD), date(2026, 1, 5))


def test_a_plan_without_activities_says_so() -> None:
    assert "no_activity" in found(plan())


def test_a_finish_before_the_start_is_named() -> None:
    late = replace(GOOD, actual_start=START.replace(day=7), actual_finish=START.replace(day=6))
    assert found(plan(late))["finished_before_start"] == ("A",)


def test_two_files_with_the_same_project_are_told_of_each_other() -> None:
    other = replace(plan(replace(GOOD, uid=5)), project_id="T2")
    told = check_between([("may.xer", plan(GOOD)), ("june.xer", plan(GOOD)), ("other.xer", other)])
    assert [[finding.code for finding in findings] for findings in told] == [["same_project"], ["same_project"], []]
    assert told[0][0].text == (
        "Another of these files holds the project T1, too; give versions of one project one by one, or each project its own id."
    )


def test_a_constraint_against_the_logic_shows_as_what_cannot_meet_its_date() -> None:
    from_links = plan(GOOD, replace(GOOD, uid=2, activity_id="B", deadline=START.replace(hour=12)), links=(Link(1, 2),))
    assert found(from_links)["negative_float"] == ("A", "B")
