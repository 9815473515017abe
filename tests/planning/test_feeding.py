"""Milestones fed by activities of several projects: which one drives the date, who is shown what, and what a missing feeder does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from django.test import Client

from mainstay.accounts.models import Account
from mainstay.exchange.demo.schedules import schedule_of
from mainstay.formats.schedule import Schedule
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.planning.calculations import calculated
from mainstay.planning.feeding import feeding
from mainstay.planning.milestone.dating import milestones
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.planning.models import Milestone
from mainstay.planning.receiving import receive
from mainstay.register import actions
from mainstay.register.errors import Invalid
from mainstay.register.models import Change
from tests.contract.worlds import TODAY, World, actor

SignedIn = Callable[[Account | None], Client]
BARRIER, WALL = "SCR-HB:HB-1230", "SCR-SW:SW-1130"


def without(schedule: Schedule, code: str) -> Schedule:
    gone = next(row for row in schedule.activities if row.activity_id == code)
    return replace(
        schedule,
        activities=tuple(row for row in schedule.activities if row.uid != gone.uid),
        links=tuple(link for link in schedule.links if gone.uid not in (link.predecessor_uid, link.successor_uid)),
    )


def finish(schedule: Schedule, code: str) -> date:
    found = next(row.finish for row in schedule.activities if row.activity_id == code)
    assert found is not None
    return found.date()


@pytest.fixture
def plans(world: World) -> dict[str, Schedule]:
    """The barrier below my project and the wall beside it, a month ago."""
    by = actor(world.owner)
    values = {"code": "SCR-SW", "title": "Sea wall", "kind": "project", "parent": world.programme.pk}
    held = Initiative.objects.filter(code="SCR-SW").first() or actions.create(InitiativeRegister, values, by)
    made = {code: schedule_of(code, code, "Somebody", TODAY, month_ago=True) for code in ("SCR-HB", "SCR-SW")}
    receive(world.project, made["SCR-HB"], "barrier.xer", b"1", by)
    receive(held, made["SCR-SW"], "wall.xer", b"2", by)
    return made


@pytest.fixture
def milestone(world: World, plans: dict[str, Schedule]) -> Milestone:
    values = {
        "title": "Estuary defended",
        "initiative": world.programme.pk,
        "activity": f"{BARRIER}; {WALL}",
        "baseline_current": "2029-01-01",
    }
    made = actions.create(MilestoneRegister, values, actor(world.owner))
    assert isinstance(made, Milestone)
    return made


def test_the_latest_feeder_of_several_projects_is_the_forecast(world: World, milestone: Milestone, plans: dict[str, Schedule]) -> None:
    ends = {BARRIER: finish(plans["SCR-HB"], "HB-1230"), WALL: finish(plans["SCR-SW"], "SW-1130")}
    assert milestone.forecast == max(ends.values())
    found = feeding(milestone)
    assert found.driver is not None
    assert f"{found.driver.plan.initiative.code}:{found.driver.code}" == max(ends, key=lambda name: ends[name])
    assert found.missing == []


def test_a_new_plan_of_one_feeder_moves_it_and_the_history_names_the_driver(
    world: World, milestone: Milestone, plans: dict[str, Schedule]
) -> None:
    now = schedule_of("SCR-HB", "Barrier", "Somebody", TODAY, month_ago=False)
    receive(world.project, now, "barrier now.xer", b"3", actor(world.owner))
    after = Milestone.objects.get(pk=milestone.pk)
    assert after.forecast == max(finish(now, "HB-1230"), finish(plans["SCR-SW"], "SW-1130"))
    assert after.forecast != milestone.forecast
    told = Change.objects.filter(register="planning.milestone", record_id=milestone.pk).order_by("-sequence")[0]
    assert "Driven by SCR-HB:HB-1230" in told.reason


def test_a_feeder_that_is_gone_never_makes_it_earlier(
    world: World, milestone: Milestone, plans: dict[str, Schedule], signed_in: SignedIn
) -> None:
    receive(world.project, without(plans["SCR-HB"], "HB-1230"), "barrier.xer", b"4", actor(world.owner))
    after = Milestone.objects.get(pk=milestone.pk)
    assert [each.text for each in feeding(after).missing] == [BARRIER]
    assert after.forecast is not None and milestone.forecast is not None
    assert after.forecast >= milestone.forecast
    page = unescape(signed_in(world.owner).get(MilestoneRegister.url("detail", after)).content.decode())
    assert "1 feeder is not in the live plans" in page
    assert f"There is no activity {BARRIER}" in page


def test_a_feeder_that_is_not_there_is_refused(world: World, milestone: Milestone) -> None:
    with pytest.raises(Invalid, match="ZZ-1"):
        actions.change(MilestoneRegister, milestone.pk, milestone.version, {"activity": f"{BARRIER}; ZZ-1"}, actor(world.owner))


def test_the_page_shows_each_feeder_and_the_integrated_plan_the_same_driver(
    world: World, milestone: Milestone, signed_in: SignedIn
) -> None:
    url = MilestoneRegister.url("detail", milestone)
    for account in (world.owner, world.member):
        page = unescape(signed_in(account).get(url).content.decode())
        assert "HB-1230" in page and "SW-1130" in page and "Driven by" in page
    assert signed_in(world.stranger).get(url).status_code == 404
    found = calculated(world.programme)
    everything = range(len(found.programme.projects))
    line = next(row for row in milestones(world.owner, world.programme, found, everything) if row.record.pk == milestone.pk)
    ends = [feeder.finish for feeder in line.feeders if feeder.finish]
    assert len(ends) == 2
    assert line.calculated == max(ends)
    assert line.driver is not None and line.driver.finish == line.calculated
    hidden = next(row for row in milestones(world.owner, world.programme, found, ()) if row.record.pk == milestone.pk)
    assert all(feeder.is_hidden and feeder.line is None for feeder in hidden.feeders)


def test_a_programme_shows_its_dates_from_its_plans(
    world: World, milestone: Milestone, plans: dict[str, Schedule], signed_in: SignedIn
) -> None:
    page = signed_in(world.owner).get(InitiativeRegister.url("detail", world.programme)).content.decode()
    assert "Dates from its plans" in page
