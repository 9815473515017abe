"""What a file says about calendars, splits, plans of other files and constraints → what the engine makes of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from mainstay.engine.critical_path import ScheduleResult, schedule
from mainstay.engine.worktime import datetime_of
from mainstay.formats.schedule import (
    Activity,
    ActivityKind,
    Assignment,
    Calendar,
    CalendarException,
    ConstraintType,
    ExternalEnd,
    ExternalLink,
    Interval,
    Link,
    Resource,
    Schedule,
    Shift,
)
from mainstay.planning.conventions import FOLLOWS, NOT_RECALCULATED, OTHER_END, SAME_MOMENT, Conventions
from mainstay.planning.conversion import plan_data
from mainstay.planning.conversion.calendars import engine_calendars
from mainstay.planning.conversion.network import FilePlan, plan_of_files

MONDAY = datetime(2026, 1, 5, 8)  # noqa: DTZ001 - a plan's clock has no zone
DAY = (Shift(480, 720), Shift(780, 1020))
OFFICE = Calendar(1, "Office", (DAY,) * 5 + ((), ()))
HOLIDAY = Calendar(
    2, "Ann", (None,) * 7, parent_uid=1, exceptions=(CalendarException(date(2026, 1, 6), date(2026, 1, 6)),), kind="resource"
)
EVENING = Calendar(3, "Bob", ((Shift(1020, 1260),),) * 5 + ((), ()))
CREW = (Resource(uid=1, name="Ann", calendar_uid=2), Resource(uid=2, name="Bob", calendar_uid=3))


def work(uid: int = 1, days: float = 2, **facts: object) -> Activity:
    return Activity(uid=uid, activity_id=f"A{uid}", name=f"Work {uid}", duration_minutes=480 * days, **facts)  # type: ignore[arg-type]  # facts of a test


def result(*activities: Activity, people: tuple[int, ...] = (), links: tuple[Link, ...] = (), **facts: object) -> ScheduleResult:
    given = {"application": "Microsoft", "start": MONDAY} | facts
    assignments = tuple(Assignment(uid=k, activity_uid=1, resource_uid=person) for k, person in enumerate(people))
    return schedule(
        plan_data(
            Schedule(
                name="P", calendars=(OFFICE, HOLIDAY, EVENING), default_calendar_uid=1, resources=CREW, assignments=assignments,
                activities=activities, links=links, **given,  # type: ignore[arg-type]  # facts of a test
            ),
            "",
        )
    )  # fmt: skip


def span(found: ScheduleResult, place: int = 0) -> tuple[str, str]:
    start, finish = datetime_of(int(found.start[place])), datetime_of(int(found.finish[place]))
    return f"{start:%a %H:%M}", f"{finish:%a %H:%M}"


def test_work_goes_on_while_its_resource_works() -> None:
    assert span(result(work(), people=(1,))) == ("Mon 08:00", "Wed 17:00")


def test_of_several_resources_any_one_will_do() -> None:
    assert span(result(work(), people=(1, 2))) == ("Mon 08:00", "Tue 21:00")


def test_fixed_duration_follows_the_activity_alone() -> None:
    assert span(result(work(task_type="fixed_duration"), people=(1,))) == ("Mon 08:00", "Tue 17:00")


def test_an_activitys_own_calendar_narrows_its_resources_unless_it_ignores_them() -> None:
    assert span(result(work(calendar_uid=1), people=(1, 2))) == ("Mon 08:00", "Wed 17:00")
    assert span(result(work(calendar_uid=1, ignore_resource_calendar=True), people=(1,))) == ("Mon 08:00", "Tue 17:00")


def test_lags_into_it_count_in_the_project_s_calendar() -> None:
    found = result(work(), work(2), people=(1,), links=(Link(2, 1, lag_minutes=480),))
    assert span(found, 0)[0] == "Thu 08:00"


def test_primavera_asks_resources_only_for_what_depends_on_them() -> None:
    assert span(result(work(), people=(1,), application="Primavera")) == ("Mon 08:00", "Tue 17:00")
    depending = work(kind=ActivityKind.RESOURCE_DEPENDENT)
    assert span(result(depending, people=(1,), application="Primavera")) == ("Mon 08:00", "Wed 17:00")


def test_split_work_ends_with_its_last_part_and_begun_work_with_what_is_left_of_it() -> None:
    parts = (Interval(MONDAY, MONDAY.replace(hour=17)), Interval(MONDAY + timedelta(days=2), MONDAY + timedelta(days=2, hours=9)))
    assert span(result(work(splits=parts))) == ("Mon 08:00", "Wed 17:00")
    begun = work(splits=parts, actual_start=MONDAY, remaining_duration_minutes=720, resumed=MONDAY.replace(hour=13))
    assert span(result(begun)) == ("Mon 08:00", "Wed 17:00")


def test_a_plan_in_a_plan_stays_on_the_dates_that_are_known_of_it() -> None:
    inner = work(summary=True, subproject_file="inner.mpp", start=MONDAY + timedelta(days=1), finish=MONDAY + timedelta(days=2, hours=9))
    assert span(result(inner, work(2), links=(Link(1, 2),)), 1) == ("Thu 08:00", "Fri 17:00")


def test_a_must_start_of_primavera_is_mandatory_and_one_that_microsoft_does_not_honour_is_not() -> None:
    pinned = work(2, constraint=ConstraintType.MUST_START_ON, constraint_date=MONDAY)
    assert span(result(work(), pinned, links=(Link(1, 2),), application="Primavera"), 1)[0] == "Mon 08:00"
    assert span(result(work(), pinned, links=(Link(1, 2),), honour_constraints=False), 1)[0] == "Wed 08:00"


def test_in_ganttproject_an_activity_stays_on_its_day_until_a_link_moves_it() -> None:
    put = work(2, start=MONDAY + timedelta(days=1))
    assert span(result(work(), put, application="GanttProject"), 1)[0] == "Tue 08:00"
    assert span(result(work(), put, application="GanttProject", links=(Link(1, 2),)), 1)[0] == "Wed 08:00"


def test_dates_that_a_tool_had_of_another_plan_give_way_to_the_plan_itself() -> None:
    waiting = work(external_early_start=MONDAY + timedelta(days=14))
    own = Schedule(
        name="P", application="Primavera", start=MONDAY, calendars=(OFFICE,), default_calendar_uid=1, activities=(waiting,),
        external_links=(ExternalLink(activity_uid=1, external_end=ExternalEnd.PREDECESSOR, project="Q", external_uid=7),),
    )  # fmt: skip
    other = replace(own, name="Q", activities=(work(7),), external_links=())
    alone, both = FilePlan("P", "P.xer", own), FilePlan("Q", "Q.xer", other)
    assert span(schedule(plan_of_files([alone])))[0] == "Mon 08:00"
    assert datetime_of(int(schedule(plan_of_files([alone])).start[0])) == MONDAY + timedelta(days=14)
    assert datetime_of(int(schedule(plan_of_files([alone, both])).start[0])) == MONDAY + timedelta(days=2)


def test_each_difference_has_its_convention() -> None:
    evening, next_day = MONDAY.replace(hour=17), MONDAY + timedelta(days=1)
    odd = work(1, 1, early_start=MONDAY, early_finish=next_day, late_start=MONDAY, late_finish=next_day)
    assert Conventions(result(odd)).reason(0, "early_finish") == SAME_MOMENT
    stale = work(1, 1, early_start=MONDAY + timedelta(days=3), early_finish=evening + timedelta(days=5))
    assert Conventions(result(stale)).reason(0, "early_start") == NOT_RECALCULATED
    follower = work(2, 1, early_start=MONDAY + timedelta(days=7), early_finish=evening + timedelta(days=7))
    assert Conventions(result(stale, follower, links=(Link(1, 2),))).reason(1, "early_start") == FOLLOWS
    other_end = work(1, 1, late_start=MONDAY + timedelta(days=3), late_finish=evening + timedelta(days=3))
    assert Conventions(result(other_end)).reason(0, "late_finish") == OTHER_END


def test_a_default_week_is_taken_for_nothing_only_where_a_file_fills_it_in() -> None:
    filled = Calendar(4, "Cid", (DAY,) * 5 + ((), ()), parent_uid=3, kind="resource")
    plan = Schedule(calendars=(OFFICE, EVENING, filled), file_type="MPP")
    assert engine_calendars(plan)[4].week == engine_calendars(plan)[3].week
    assert engine_calendars(replace(plan, file_type="XER"))[4].week == engine_calendars(plan)[1].week
