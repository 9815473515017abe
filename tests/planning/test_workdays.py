"""Slips in working days of a project's calendar: counted again day by day, and on the pages."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.engine.worktime import Calendar, CalendarException
from mainstay.exchange.demo.schedules import schedule_of
from mainstay.planning.calculations import calculated
from mainstay.planning.milestone.dating import milestones
from mainstay.planning.models import Milestone
from mainstay.planning.programme import from_bytes, to_bytes
from mainstay.planning.receiving import receive
from mainstay.planning.viewing import day_of, visible_projects
from mainstay.planning.workdays import STANDARD, workdays
from tests.contract.worlds import TODAY, World, actor

SHIFT = ((480, 1020),)
SIX = Calendar(
    "six",
    (SHIFT,) * 6 + ((),),
    (
        CalendarException(date(2026, 12, 24), date(2027, 1, 3), ()),
        CalendarException(date(2026, 12, 27), date(2026, 12, 27), SHIFT),  # a Sunday in the middle of it that is worked
        CalendarException(date(2027, 1, 10), date(2027, 1, 10), SHIFT),
        CalendarException(date(2027, 1, 17), date(2027, 1, 17), ()),  # a Sunday, closed anyway
    ),
)
FIRST, LAST = date(2026, 12, 1), date(2027, 1, 31)


def is_worked(day: date) -> bool:
    """As the calendar says it, the later exception before the earlier."""
    for exception in reversed(SIX.exceptions):
        if exception.first <= day <= exception.last:
            return bool(exception.shifts)
    return bool(SIX.week[day.weekday()])


@pytest.mark.parametrize("start", range(0, 50, 7))
@pytest.mark.parametrize("length", [0, 1, 6, 7, 8, 30, 45])
def test_working_days_are_those_counted_one_by_one(start: int, length: int) -> None:
    days = workdays(SIX, FIRST, LAST + timedelta(days=60))
    first = FIRST + timedelta(days=start)
    counted = sum(is_worked(first + timedelta(days=day)) for day in range(1, length + 1))
    assert days.between(first, first + timedelta(days=length)) == counted
    assert days.between(first + timedelta(days=length), first) == -counted


def test_what_lies_in_no_plan_is_counted_from_monday_to_friday() -> None:
    assert STANDARD.between(date(2026, 11, 27), date(2026, 11, 30)) == 1
    assert STANDARD.between(date(2026, 11, 27), date(2026, 11, 29)) == 0


def test_a_milestone_slips_by_working_days_of_its_plan(world: World, signed_in: Callable[[Account | None], Client]) -> None:
    """Two calendar weeks are ten to twelve working days of a site that works six days a week and closes at Christmas."""
    schedule = schedule_of("SCR-HB", "Barrier", "Somebody", TODAY)
    receive(world.project, schedule, "b.xml", b"b", actor(world.owner))
    found = calculated(world.project)
    assert from_bytes(to_bytes(found.programme)) == found.programme
    finish = day_of(next(line.finish for line in found.programme.lines if line.code == "HB-1230"))
    assert finish is not None
    baseline = finish - timedelta(days=14)
    row = Milestone.objects.filter(initiative__path__startswith=world.programme.path)[0]
    dates = {"baseline_current": baseline, "actual": None}
    Milestone.objects.filter(pk=row.pk).update(initiative=world.project, ref="M-901", activity="HB-1230", state="planned", **dates)
    (calendar,) = schedule.calendars
    closed = {exception.first for exception in calendar.exceptions}
    days = [baseline + timedelta(days=number) for number in range(1, 15)]
    counted = sum(bool(calendar.week[day.weekday()]) and day not in closed for day in days)
    line = next(
        line for line in milestones(world.owner, world.project, found, visible_projects(world.owner, found)) if line.record.pk == row.pk
    )
    assert (line.calculated, line.slip_days) == (finish, counted)
    page = unescape(signed_in(world.owner).get(reverse("planning.integrated", args=[world.project.pk])).content.decode())
    assert f"{counted}\u00a0wd" in page
