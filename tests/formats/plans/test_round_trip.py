"""A plan written and read again is equal in what the format can carry, for random plans and every writer."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mainstay.engine.worktime import WorkingTime, datetime_of, minute_of
from mainstay.formats.plans import SchedulePool
from mainstay.formats.plans.writing import to_mspdi, to_pmxml, to_xer
from mainstay.formats.schedule import Activity, Calendar, CalendarException, Link, Resource, Schedule, Shift
from mainstay.formats.terms import ActivityKind, ConstraintType, LinkType, ProgressLogic, TimeUnit
from mainstay.planning.comparison import schedule_file
from mainstay.planning.conversion.calendars import engine_calendars
from tests.formats.plans.staffed import staffed

START = datetime(2026, 1, 5, 8)  # noqa: DTZ001 - a plan's clock has no zone
DAY = (Shift(480, 720), Shift(780, 1020))
CALENDARS = (
    Calendar(1, "Office", (DAY,) * 5 + ((), ()), exceptions=(CalendarException(START.date(), START.date(), (Shift(540, 600),)),)),
    Calendar(2, "Nights", ((Shift(0, 360), Shift(1320, 1440)),) * 7),
)
PRIMAVERA = [kind for kind in ConstraintType if kind != ConstraintType.AS_SOON_AS_POSSIBLE]
MICROSOFT = [kind for kind in PRIMAVERA if kind not in (ConstraintType.START_ON, ConstraintType.FINISH_ON)]
BOTH = ("name", "duration_minutes", "actual_start", "actual_finish", "constraint", "constraint_date", "calendar_uid", "start", "finish")
IN_PRIMAVERA = (
    *BOTH,
    "activity_id",
    "kind",
    "secondary_constraint",
    "secondary_constraint_date",
    "expected_finish",
    "remaining_duration_minutes",
)
IN_PROJECT = (*BOTH, "deadline", "manual", "milestone", "percent_complete")
OPTIONS = (
    "progress_logic",
    "lag_calendar",
    "total_float_kind",
    "open_ends_are_critical",
    "use_expected_finish",
    "start_lag_from_early_start",
)
RESOURCES = ("uid", "name", "code", "kind", "email", "calendar_uid", "active")
ASSIGNMENTS = (
    *("uid", "activity_uid", "resource_uid", "units", "start", "finish", "actual_start", "actual_finish"),
    *("work_minutes", "actual_work_minutes", "remaining_work_minutes"),
)
Writer = Callable[[Schedule], bytes]
WRITERS: dict[str, tuple[Writer, str, tuple[str, ...], tuple[str, ...]]] = {
    "MSPDI": (to_mspdi, ".xml", IN_PROJECT, ("honour_constraints", "open_ends_are_critical")),
    "XER": (to_xer, ".xer", IN_PRIMAVERA, OPTIONS),
    "P6 XML": (to_pmxml, ".xml", IN_PRIMAVERA, OPTIONS),
}


@pytest.fixture(scope="module")
def pool() -> Iterator[SchedulePool]:
    with SchedulePool() as found:
        yield found


def random_plan(seed: int, primavera: bool) -> Schedule:
    rnd = random.Random(seed)
    status = START + timedelta(days=rnd.randint(3, 20))
    activities = tuple(random_activity(rnd, uid, status, primavera) for uid in range(1, rnd.randint(5, 12)))
    pairs = {(rnd.randint(1, len(activities) - 1), len(activities)) for _ in range(6)} | {(k, k + 1) for k in range(1, len(activities) - 1)}
    units = [TimeUnit.HOURS] if primavera else [TimeUnit.DAYS, TimeUnit.ELAPSED_HOURS, TimeUnit.PERCENT]
    links = tuple(random_link(rnd, pair, rnd.choice(units), activities) for pair in sorted(pairs) if pair[0] != pair[1])
    return Schedule(
        name="Plan", title="Plan", project_id="PLAN", start=START, status_date=status, default_calendar_uid=1, calendars=CALENDARS,
        activities=activities, links=links, honour_constraints=rnd.random() < 0.5, open_ends_are_critical=rnd.random() < 0.5,
        progress_logic=rnd.choice(list(ProgressLogic)[:2]) if primavera else None, use_expected_finish=rnd.random() < 0.5,
        lag_calendar=rnd.choice(["predecessor", "successor", "twenty_four_hour", "project_default"]) if primavera else "",
        total_float_kind=rnd.choice(["start_slack", "finish_slack", "smallest_slack"]) if primavera else "",
        start_lag_from_early_start=rnd.random() < 0.5,
    )  # fmt: skip


def random_activity(rnd: random.Random, uid: int, status: datetime, primavera: bool) -> Activity:
    calendar = rnd.choice((1, 1, 2))
    working = WorkingTime(engine_calendars(Schedule(calendars=CALENDARS))[calendar])
    begin = working.next_working(minute_of(START) + rnd.randint(0, 20 * 1440))
    length = 60 * rnd.randint(1, 60)
    end = working.add(begin, length)
    made = Activity(
        uid=uid, id=uid, activity_id=f"A{uid}", wbs="" if primavera else f"1.{uid}", name=f"Work & <{uid}>", outline_level=1,
        calendar_uid=calendar, duration_minutes=length, remaining_duration_minutes=length,
        start=datetime_of(begin), finish=datetime_of(end), percent_complete=0,
        duration_unit=TimeUnit.HOURS, constraint=None if primavera else ConstraintType.AS_SOON_AS_POSSIBLE,
    )  # fmt: skip
    if end <= minute_of(status) and rnd.random() < 0.7:
        return replace(made, actual_start=made.start, actual_finish=made.finish, remaining_duration_minutes=0, percent_complete=100)
    if rnd.random() < 0.3:
        kinds = PRIMAVERA if primavera else MICROSOFT
        kind = rnd.choice(kinds)
        moment = START + timedelta(days=rnd.randint(0, 30)) if kind != ConstraintType.AS_LATE_AS_POSSIBLE else None
        made = replace(made, constraint=kind, constraint_date=moment)
    if primavera and rnd.random() < 0.3:
        shape = rnd.choice([ActivityKind.START_MILESTONE, ActivityKind.FINISH_MILESTONE, ActivityKind.LEVEL_OF_EFFORT])
        size = 0 if shape != ActivityKind.LEVEL_OF_EFFORT else length
        finish = made.finish if size else made.start
        return replace(made, kind=shape, duration_minutes=size, remaining_duration_minutes=size, finish=finish)
    if primavera:
        second = replace(made, secondary_constraint=ConstraintType.FINISH_NO_LATER_THAN, secondary_constraint_date=datetime_of(end))
        return replace(second, expected_finish=datetime_of(end)) if rnd.random() < 0.3 else made
    return replace(made, deadline=datetime_of(end), manual=rnd.random() < 0.2)


def random_link(rnd: random.Random, pair: tuple[int, int], unit: TimeUnit, activities: tuple[Activity, ...]) -> Link:
    kind = rnd.choice(list(LinkType))
    if unit == TimeUnit.PERCENT:
        share = rnd.randint(1, 150)
        return Link(*pair, kind, (activities[pair[0] - 1].duration_minutes or 0) * share / 100, unit, float(share))
    lag = 60 * rnd.randint(-20, 40)
    return Link(*pair, kind, lag, unit if lag else TimeUnit.DAYS)


def ends(link: Link) -> tuple[int, int]:
    return link.predecessor_uid, link.successor_uid


def working_days(schedule: Schedule) -> dict[int, object]:
    """Week and single days of each calendar as it is worked by; Primavera says days one by one, and weeks of resources in full."""
    found: dict[int, object] = {}
    for uid, calendar in engine_calendars(schedule).items():
        days = {row.first + timedelta(days=k): row.shifts for row in calendar.exceptions for k in range((row.last - row.first).days + 1)}
        found[uid] = (calendar.week, days)
    return found


def values(rows: Sequence[object], members: Sequence[str]) -> list[list[object]]:
    return [[getattr(row, key) for key in members] for row in rows]


def offers(resource: Resource) -> list[tuple[object, ...]]:
    """Amounts by date; one amount for ever is said in either of two ways."""
    dated: list[tuple[object, ...]] = [(row.units, row.start, row.finish) for row in resource.availability]
    return dated or [(resource.max_units, None, None)]


def prices(resource: Resource) -> list[tuple[object, ...]]:
    return [(row.amount, row.unit, row.table, row.start, row.finish) for row in resource.rates]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", WRITERS)
def test_what_is_written_is_read_again(name: str, seed: int, tmp_path: Path, pool: SchedulePool) -> None:
    writer, ending, members, options = WRITERS[name]
    written = staffed(random_plan(seed, primavera=name != "MSPDI"), seed, primavera=name != "MSPDI")
    path = tmp_path / f"plan{ending}"
    path.write_bytes(writer(written))
    read = pool.read(path).schedule
    found = {row.uid: row for row in read.activities}
    for activity in written.activities:
        row = found[activity.uid]
        assert {key: getattr(row, key) for key in members} == {key: getattr(activity, key) for key in members}
    assert {key: getattr(read, key) for key in options} == {key: getattr(written, key) for key in options}
    assert read.status_date == written.status_date
    assert working_days(read) == working_days(written)
    assert [(row.uid, row.name, row.parent_uid) for row in read.calendars] == [
        (row.uid, row.name, row.parent_uid) for row in written.calendars
    ]
    assert sorted(read.links, key=ends) == sorted(written.links, key=ends)
    assert values(read.resources, RESOURCES) == values(written.resources, RESOURCES)
    assert values(read.assignments, ASSIGNMENTS) == values(written.assignments, ASSIGNMENTS)
    assert list(map(offers, read.resources)) == list(map(offers, written.resources))
    assert list(map(prices, read.resources)) == list(map(prices, written.resources))


@pytest.mark.parametrize("seed", range(3))
def test_both_of_primaveras_formats_give_the_same_dates(seed: int, tmp_path: Path, pool: SchedulePool) -> None:
    written = random_plan(seed, primavera=True)
    dates = []
    for number, writer in enumerate((to_xer, to_pmxml)):
        path = tmp_path / f"plan{number}.{'xer' if writer is to_xer else 'xml'}"
        path.write_bytes(writer(written))
        result = schedule_file(pool.read(path).schedule).result
        order = sorted(range(len(result.plan.activities)), key=lambda k: result.plan.activities[k].id)
        places = [k for k in order if int(result.plan.activities[k].id.split(":")[1]) <= len(written.activities)]
        dates.append([(result.start[k], result.finish[k], result.total_float[k]) for k in places])
    assert dates[0] == dates[1]
