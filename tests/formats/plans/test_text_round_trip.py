"""A plan as CSV comes back with its activities, links and staff; its milestones as iCalendar are read by a calendar's own library."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from mainstay.formats.errors import FormatError
from mainstay.formats.plans import read_schedule
from mainstay.formats.plans.text import from_csv, is_plan_table, to_csv
from mainstay.formats.plans.writing import to_icalendar
from mainstay.formats.schedule import Activity, Schedule
from mainstay.formats.terms import ActivityKind, TimeUnit
from tests.formats.plans.staffed import staffed
from tests.formats.plans.test_round_trip import IN_PRIMAVERA, IN_PROJECT, ends, random_plan

CARRIED = sorted({*IN_PRIMAVERA, *IN_PROJECT, "wbs", "outline_level", "parent_uid", "summary", "priority"} - {"calendar_uid"})
HEAD = "uid,name,start,finish,duration (hours),predecessors\r\n"


def named(schedule: Schedule) -> list[tuple[object, ...]]:
    """Who works on what, by name; and the calendar of each activity by its name."""
    names = {row.uid: row.name for row in schedule.resources}
    calendars = {row.uid: row.name for row in schedule.calendars}
    staff = [(row.activity_uid, names[row.resource_uid or 0], row.units) for row in schedule.assignments]
    return [*staff, *((row.uid, calendars[row.calendar_uid or 0]) for row in schedule.activities)]


@pytest.mark.parametrize("seed", range(10))
def test_a_table_is_read_again(seed: int, tmp_path: Path) -> None:
    written = staffed(random_plan(seed, primavera=seed % 2 == 0), seed, primavera=seed % 2 == 0)
    path = tmp_path / "plan.csv"
    path.write_bytes(to_csv(written))
    assert is_plan_table(path)
    read = read_schedule(path).schedule
    assert read.warnings == ()
    for mine, theirs in zip(written.activities, read.activities, strict=True):
        assert {key: getattr(theirs, key) for key in CARRIED} == {key: getattr(mine, key) for key in CARRIED}
    assert [replace(link, lag_unit=in_hours(link.lag_unit, link.lag_minutes)) for link in sorted(written.links, key=ends)] == sorted(
        read.links, key=ends
    )
    assert named(read) == named(written)


def in_hours(unit: TimeUnit, lag: float) -> TimeUnit:
    """A table says lags in hours, whatever unit they were typed in; percentages stay."""
    if unit in (TimeUnit.PERCENT, TimeUnit.ELAPSED_PERCENT):
        return unit
    if not lag:
        return TimeUnit.DAYS
    return TimeUnit.ELAPSED_HOURS if unit.is_elapsed else TimeUnit.HOURS


def test_names_that_a_spreadsheet_would_run_come_back_as_they_were(tmp_path: Path) -> None:
    names = ('=HYPERLINK("x")', "'+1", "-", "a;b,c", 'two\n"lines"', "Straße 🚧")
    written = Schedule(name="Plan", activities=tuple(Activity(uid=k, name=name) for k, name in enumerate(names, 1)))
    path = tmp_path / "plan.csv"
    path.write_bytes(to_csv(written))
    assert [row.name for row in from_csv(path).activities] == list(names)


TOLD = {
    "nothing wrong": ("1,Dig,2026-01-05 08:00:00,2026-01-06,8,\r\n2,Fill,,,8,1FS+4h\r\n", ()),
    "a link to nowhere": ("2,Fill,,,8,7FS\r\n", ("Line 2: a link names activity 7, which the table does not hold; left out.",)),
    "no link": ("2,Fill,,,8,one and two\r\n", ("Line 2: 'one and two' is no link; left out.",)),
    "a negative duration": ("2,Fill,,,-8,\r\n", ("Line 2: the duration is negative; taken as none.",)),
    "no date": ("2,Fill,soon,,8,\r\n", ("Line 2: start says 'soon', which is none; left out.",)),
    "no number": ("2,Fill,,,nan,\r\n", ("Line 2: duration (hours) says 'nan', which is none; left out.",)),
    "a uid twice": ("2,Fill,,,8,\r\n2,Dig,,,8,\r\n", ("Line 3: the uid is missing or stands in another row, too; the row is left out.",)),
}


@pytest.mark.parametrize("name", TOLD)
def test_each_misfit_of_a_table_has_its_line(name: str, tmp_path: Path) -> None:
    rows, told = TOLD[name]
    path = tmp_path / "plan.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    read = read_schedule(path).schedule
    assert read.warnings == told
    assert all((row.duration_minutes or 0) >= 0 for row in read.activities)


def test_another_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "risks.csv"
    path.write_text("title,score\r\nFlood,12\r\n", encoding="utf-8")
    with pytest.raises(FormatError, match="a text file"):
        read_schedule(path)


def test_milestones_are_events_of_whole_days() -> None:
    for seed in range(10):
        plan = random_plan(seed, primavera=True)
        wanted = {
            f"PLAN-{row.uid}@mainstay": (row.name, row.finish.date(), row.finish.date() + timedelta(days=1), bool(row.actual_finish))
            for row in plan.activities
            if row.kind in (ActivityKind.START_MILESTONE, ActivityKind.FINISH_MILESTONE) and row.finish
        }
        found = {
            str(event["uid"]): (str(event["summary"]), event.decoded("dtstart"), event.decoded("dtend"), event["status"] == "CONFIRMED")
            for event in Calendar.from_ical(to_icalendar(plan)).walk("VEVENT")
        }
        assert found == wanted
    assert to_icalendar(plan) == to_icalendar(plan)


def test_a_later_version_moves_the_event_of_a_milestone() -> None:
    gate = Activity(uid=7, name="Gate", milestone=True, finish=random_plan(0, primavera=False).start)
    assert gate.finish is not None
    later = replace(gate, finish=gate.finish + timedelta(days=9))
    (old,), (new,) = (Calendar.from_ical(to_icalendar(Schedule(name="Plan", activities=(row,)))).walk("VEVENT") for row in (gate, later))
    assert old["uid"] == new["uid"]
    assert new.decoded("dtstart") - old.decoded("dtstart") == timedelta(days=9)
