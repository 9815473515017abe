"""Laws that every schedule keeps, on random plans; and what the result answers."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine.critical_path import ScheduleResult, schedule
from mainstay.engine.errors import UnknownActivityError
from mainstay.engine.plan import Activity, ConstraintType, LagKind, Link, LinkType, Options, PlanData, Project, join
from mainstay.engine.worktime import Calendar, CalendarException, WorkingTime
from tests.engine.case_plans import OFFICE, instant

START = instant("5 08:00")
CALENDARS = (
    Calendar("office", (OFFICE,) * 5 + ((), ()), (CalendarException(date(2026, 1, 14), date(2026, 1, 15)),)),
    Calendar("week", (((360, 960),),) * 7),
    Calendar("night", (((1320, 1800),),) * 4 + ((), (), ())),
)


@st.composite
def plans(draw: st.DrawFn, mixed: bool = True, types: tuple[LinkType, ...] = tuple(LinkType)) -> PlanData:
    count = draw(st.integers(2, 14))
    calendars = st.sampled_from(["office", "week", "night"] if mixed else ["office"])
    activities = [
        Activity(id=str(k), duration=draw(st.integers(0, 40)) * 60, calendar=draw(calendars), project=draw(st.sampled_from(["P", "Q"])))
        for k in range(count)
    ]
    links = [
        Link(
            str(a),
            str(b),
            draw(st.sampled_from(types)) if mixed else LinkType.FS,
            draw(st.integers(0, 20)) * 60,
            draw(st.sampled_from([LagKind.WORKING, LagKind.ELAPSED])) if mixed else LagKind.WORKING,
        )
        for a, b in draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=20))
        if a < b
    ]
    options = Options(each_project_has_own_end=False)
    projects = tuple(Project(id=name, calendar="office", start=START, options=options) for name in "PQ")
    return PlanData(projects, CALENDARS, tuple(activities), tuple(links))


def with_delay(plan: PlanData, place: int, start: int) -> PlanData:
    activities = list(plan.activities)
    row = activities[place]
    activities[place] = Activity(
        id=row.id, duration=row.duration, calendar=row.calendar, project=row.project,
        constraint=ConstraintType.START_NO_EARLIER_THAN, constraint_date=start,
    )  # fmt: skip
    return PlanData(plan.projects, plan.calendars, tuple(activities), plan.links)


def end_of(result: ScheduleResult) -> int:
    return int(result.finish.max())


@settings(max_examples=150, deadline=None)
@given(plans())
def test_floats_are_never_negative_without_constraints(plan: PlanData) -> None:
    result = schedule(plan)
    assert (result.total_float >= 0).all()
    assert (result.free_float >= 0).all()
    assert (result.free_float <= result.total_float).all()
    assert result.critical.any()


@settings(max_examples=100, deadline=None)
@given(plans(types=(LinkType.FS, LinkType.FF)), st.data())
def test_an_activity_that_starts_at_its_late_start_does_not_put_off_the_end(plan: PlanData, data: st.DataObject) -> None:
    """Not so for links at starts between two calendars: float is whole working minutes of the predecessor's own calendar there."""
    result = schedule(plan)
    place = data.draw(st.integers(0, len(plan.activities) - 1))
    moved = schedule(with_delay(plan, place, int(result.late_start[place])))
    assert end_of(moved) == end_of(result)


@settings(max_examples=100, deadline=None)
@given(plans(mixed=False), st.data())
def test_a_minute_more_than_the_total_float_puts_off_the_end(plan: PlanData, data: st.DataObject) -> None:
    result = schedule(plan)
    place = data.draw(st.integers(0, len(plan.activities) - 1))
    office = WorkingTime(CALENDARS[0])
    later = office.start_instant(office.work_before(int(result.start[place])) + int(result.total_float[place]) + 1)
    assert end_of(schedule(with_delay(plan, place, later))) > end_of(result)


@settings(max_examples=100, deadline=None)
@given(plans(mixed=False), st.data())
def test_free_float_moves_nothing_else(plan: PlanData, data: st.DataObject) -> None:
    result = schedule(plan)
    place = data.draw(st.integers(0, len(plan.activities) - 1))
    office = WorkingTime(CALENDARS[0])
    later = office.start_instant(office.work_before(int(result.start[place])) + int(result.free_float[place]))
    moved = schedule(with_delay(plan, place, later))
    others = np.arange(len(plan.activities)) != place
    work = office.work_before_each
    assert (work(moved.start[others]) == work(result.start[others])).all()


@settings(max_examples=100, deadline=None)
@given(plans(mixed=False))
def test_early_dates_equal_the_longest_path_in_working_minutes(plan: PlanData) -> None:
    result, office = schedule(plan), WorkingTime(CALENDARS[0])
    origin = office.work_before(START)
    finish: dict[str, int] = {}
    for row in plan.activities:
        before = [finish[link.predecessor] + int(link.lag) for link in plan.links if link.successor == row.id]
        finish[row.id] = max([0, *before]) + row.duration
    assert [office.work_before(int(at)) - origin for at in result.finish] == [finish[row.id] for row in plan.activities]


@settings(max_examples=100, deadline=None)
@given(plans())
def test_a_driving_path_leads_from_something_undriven_to_its_end(plan: PlanData) -> None:
    result = schedule(plan)
    pairs = {(link.predecessor, link.successor) for link in plan.links}
    for activity in plan.activities:
        path = result.driving_path(activity.id)
        assert path[-1] == activity.id
        assert all(step in pairs for step in pairwise(path))
        assert result.driver[plan.index[path[0]]] < 0


def test_the_order_of_activities_does_not_matter() -> None:
    plan = PlanData(
        (Project(id="P", calendar="office", start=START),), CALENDARS,
        tuple(Activity(id=str(k), project="P", duration=480 * (k % 3 + 1)) for k in range(40)),
        tuple(Link(str(k), str(k + 3)) for k in range(37)),
    )  # fmt: skip
    turned = PlanData(plan.projects, plan.calendars, plan.activities[::-1], plan.links[::-1])
    first, second = schedule(plan), schedule(turned)
    assert (first.late_start == second.late_start[::-1]).all()
    assert (first.early_finish == second.early_finish[::-1]).all()


def test_joined_plans_are_scheduled_as_one() -> None:
    first = PlanData((Project(id="P", calendar="office", start=START),), CALENDARS, (Activity(id="a", project="P", duration=960),))
    second = PlanData((Project(id="Q", calendar="office", start=START),), CALENDARS, (Activity(id="b", project="Q", duration=480),))
    result = schedule(join([first, second], [Link("a", "b", lag=480)]))
    assert result.finish.tolist() == [instant("6 17:00"), instant("8 17:00")]
    assert result.driving_path("b") == ("a", "b")
    assert result.project_finish("Q") == instant("8 17:00")


def test_a_plan_without_activities_is_no_fault() -> None:
    result = schedule(PlanData((Project(id="P", calendar="office", start=START),), CALENDARS, ()))
    assert result.finish.size == 0
    assert result.ends.tolist() == [START]


def test_a_path_to_nowhere_is_refused() -> None:
    plan = PlanData((Project(id="P", calendar="office", start=START),), CALENDARS, (Activity(id="a", project="P"),))
    with pytest.raises(UnknownActivityError, match="There is no activity z in the plan"):
        schedule(plan).driving_path("z")


def test_inputs_are_left_alone() -> None:
    plan = PlanData((Project(id="P", calendar="office", start=START),), CALENDARS, (Activity(id="a", project="P", duration=60),))
    before = [column.copy() for column in plan.arrays.activities]
    schedule(plan)
    assert all((one == two).all() for one, two in zip(before, plan.arrays.activities, strict=True))


@pytest.mark.slow
def test_time_grows_in_proportion_to_the_plan() -> None:
    """Ten times the activities take at most twenty times as long; the head room is for a busy machine."""
    from time import process_time  # only this test measures

    def seconds(count: int) -> float:
        activities = tuple(
            Activity(id=str(k), project="P", duration=480, calendar=("office", "week", "night")[k % 3]) for k in range(count)
        )
        links = tuple(Link(str(k - step), str(k)) for k in range(count) for step in (1, 7) if k >= step and k % 50)
        plan = PlanData((Project(id="P", calendar="office", start=START),), CALENDARS, activities, links)
        best = float("inf")
        for _ in range(3):
            begun = process_time()
            schedule(plan)
            best = min(best, process_time() - begun)
        return best

    seconds(100)
    assert seconds(50_000) < 20 * max(seconds(5_000), 0.005)
