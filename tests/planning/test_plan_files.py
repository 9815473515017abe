"""What is read from, found in and compared with a plan file, on plans made here."""

import json
from datetime import datetime
from pathlib import Path

from mainstay.formats.kinds import PLANS
from mainstay.formats.plans import ReadResult
from mainstay.formats.schedule import Activity, Calendar, ConstraintType, ExternalEnd, ExternalLink, Link, Resource, Schedule, Shift
from mainstay.planning.checking import check, check_between
from mainstay.planning.comparison import compare, schedule_file, scheduled_rows
from mainstay.planning.reading import document

DAY = (Shift(480, 720), Shift(780, 1020))
OFFICE = Calendar(1, "Office", (DAY,) * 5 + ((), ()))


def at(day: int, hour: int = 8) -> datetime:
    return datetime(2026, 1, day, hour)  # noqa: DTZ001 - a plan's clock has no zone


def plan(*activities: Activity, links: tuple[Link, ...] = (), **facts: object) -> Schedule:
    return Schedule(
        name="Tunnel", application="Microsoft", start=at(5), calendars=(OFFICE,), default_calendar_uid=1,
        activities=activities, links=links, **facts,  # type: ignore[arg-type]  # facts of a test
    )  # fmt: skip


DIG = Activity(uid=1, activity_id="D", name="Dig", duration_minutes=960, start=at(5), finish=at(6, 17), early_start=at(5))
POUR = Activity(uid=2, activity_id="P", name="Pour", duration_minutes=480, start=at(8), finish=at(8, 17), total_slack_minutes=480)


def test_equal_and_differing_values_are_counted_and_named() -> None:
    compared = {row.field: row for row in compare(schedule_file(plan(DIG, POUR, links=(Link(1, 2),))))}
    assert (compared["start"].compared, compared["start"].equal) == (2, 1)
    assert [(d.activity, d.ours, d.stored) for d in compared["start"].differences] == [("P", "2026-01-07T08:00", "2026-01-08T08:00")]
    assert (compared["early_start"].compared, compared["early_start"].equal) == (1, 1)
    assert [(d.ours, d.stored) for d in compared["total_float"].differences] == [(0, 480)]
    assert "late_start" not in compared


def test_scheduled_rows_carry_all_dates() -> None:
    rows = list(scheduled_rows(schedule_file(plan(DIG, POUR, links=(Link(1, 2),)))))
    assert [(row["activity"], row["finish"], row["total_float"], row["critical"]) for row in rows] == [
        ("D", "2026-01-06T17:00", 0, True),
        ("P", "2026-01-07T17:00", 0, True),
    ]


def test_faults_of_a_plan_are_found_with_their_activities() -> None:
    pinned = Activity(uid=3, activity_id="X", name="Hand over", duration_minutes=480, constraint=ConstraintType.MUST_FINISH_ON,
                      constraint_date=at(6, 17), start=at(6), finish=at(6, 17))  # fmt: skip
    found = {finding.code: finding for finding in check(plan(DIG, POUR, pinned, links=(Link(1, 2, lag_minutes=-60), Link(2, 3))))}
    assert found["lead"].activities == ("P",)
    assert found["hard_constraint"].activities == ("X",)
    assert found["negative_float"].count == 3
    assert found["no_predecessor"].activities == ("D",)
    assert found["no_status_date"].count == 1
    assert (found["no_resource"].count, found["no_resource"].of, found["no_resource"].share) == (3, 3, 100)
    assert "lag" not in found


def test_dates_are_checked_against_the_status_date() -> None:
    late = Activity(uid=1, activity_id="A", duration_minutes=480, start=at(5), finish=at(5, 17))
    ahead = Activity(
        uid=2, activity_id="B", duration_minutes=480, start=at(5), finish=at(9, 17), actual_start=at(5), actual_finish=at(9, 17)
    )
    found = {finding.code: finding.activities for finding in check(plan(late, ahead, status_date=at(7)))}
    assert (found["past_forecast"], found["future_actual"]) == (("A",), ("B",))


def test_a_circle_is_one_finding_in_one_sentence() -> None:
    (finding,) = check(plan(DIG, POUR, links=(Link(1, 2), Link(2, 1))))
    assert finding.code == "unschedulable"
    assert finding.text == "These activities wait for each other: D Dig → P Pour → D Dig; remove one of the links between them."


def test_a_document_has_every_list_and_is_json() -> None:
    schedules = (plan(DIG, POUR, links=(Link(1, 2),), resources=(Resource(uid=1, name="Crew"),), warnings=("One view was left out.",)),)
    read = document(ReadResult(Path("tunnel.mpp"), next(iter(PLANS)), schedules, 0.1))
    assert [row["name"] for row in read["activities"]] == ["Dig", "Pour"]
    assert [read[name] for name in ("links", "warnings")] == [[{"predecessor_uid": 1, "successor_uid": 2}], ["One view was left out."]]
    assert [len(read[name]) for name in ("resources", "assignments", "calendars", "projects")] == [1, 0, 1, 1]
    assert json.loads(json.dumps(read)) == read


def test_rows_of_several_projects_name_their_own() -> None:
    read = document(ReadResult(Path("two.xer"), next(iter(PLANS)), (plan(DIG), plan(POUR)), 0.1))
    assert [row["project"] for row in read["activities"]] == [0, 1]


def outside(uid: int, end: ExternalEnd, project: str, other: int) -> ExternalLink:
    return ExternalLink(activity_uid=uid, external_end=end, project=project, external_uid=other)


def test_files_that_wait_for_each_other_have_a_finding_each_and_the_others_none() -> None:
    there = plan(DIG, POUR, links=(Link(1, 2),), external_links=(outside(1, ExternalEnd.PREDECESSOR, "b.mpp", 2),))
    back = plan(DIG, POUR, links=(Link(1, 2),), external_links=(outside(1, ExternalEnd.PREDECESSOR, "a.mpp", 2),))
    alone = plan(DIG, POUR, links=(Link(1, 2),))
    first, second, third = check_between([("a.mpp", there), ("b.mpp", back), ("c.mpp", alone)])
    assert ([finding.code for finding in first], [finding.code for finding in second], third) == (
        ["circle_between"],
        ["circle_between"],
        (),
    )
    circle = "D Dig (a) → P Pour (a) → D Dig (b) → P Pour (b) → D Dig (a)"
    text = f"These activities wait for each other: {circle}; remove one of the links between them."
    assert first[0].text == second[0].text == text
    assert (first[0].count, first[0].of, first[0].activities) == (1, 2, ("D", "P"))


def test_files_whose_links_go_one_way_have_no_finding_between_them() -> None:
    there = plan(DIG, POUR, links=(Link(1, 2),), external_links=(outside(1, ExternalEnd.PREDECESSOR, "b.mpp", 2),))
    alone = plan(DIG, POUR, links=(Link(1, 2),))
    assert check_between([("a.mpp", there), ("b.mpp", alone)]) == [(), ()]
    assert check_between([("a.mpp", alone), ("a.mpp", alone)]) == [(), ()]
