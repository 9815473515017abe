"""What is odd about a plan that arrives: which reasons stop it, which are told, and to whom another project is named."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from mainstay.exchange.demo.schedules import schedule_of
from mainstay.formats.schedule import Link, Schedule
from mainstay.initiatives.models import Initiative
from mainstay.planning.collation.receipt import doubts
from mainstay.planning.models import Plan
from mainstay.planning.receiving import receive
from mainstay.register import actions
from mainstay.register.spec import REGISTERS
from tests.contract.worlds import TODAY, World, actor


def barrier(**told: Any) -> Schedule:
    return schedule_of("SCR-HB", "Barrier", "Somebody", TODAY, **told)


def codes(schedule: Schedule, place: Initiative | None, world: World, *, only_stops: bool = False) -> list[str]:
    return [doubt.code for doubt in doubts(schedule, place, world.owner) if doubt.stops or not only_stops]


@pytest.fixture
def live(world: World) -> Plan:
    Plan.objects.all().delete()
    return receive(world.project, barrier(month_ago=True), "barrier.xer", b"1", actor(world.owner))


def test_the_next_version_of_a_plan_is_not_odd(world: World, live: Plan) -> None:
    assert codes(barrier(month_ago=False), world.project, world) == []
    assert codes(barrier(month_ago=True), world.project, world) == []


def test_an_older_one_or_half_of_it_stops(world: World, live: Plan) -> None:
    now = barrier(month_ago=False)
    receive(world.project, now, "barrier.xer", b"2", actor(world.owner))
    assert codes(barrier(month_ago=True), world.project, world, only_stops=True) == ["older"]
    half = replace(now, activities=now.activities[: len(now.activities) // 3], links=())
    assert codes(half, world.project, world, only_stops=True) == ["half_gone"]


def test_a_status_date_that_is_missing_is_told_and_one_to_come_stops(world: World, live: Plan) -> None:
    assert codes(replace(barrier(month_ago=False), status_date=None), world.project, world) == ["no_status_date"]
    ahead = timezone.localtime().replace(tzinfo=None) + timedelta(days=3)
    assert codes(replace(barrier(month_ago=False), status_date=ahead), world.project, world) == ["from_the_future"]


def test_another_projects_plan_stops_and_is_named_only_to_those_who_see_it(world: World, live: Plan) -> None:
    place = {"title": "Second basin", "code": "SCR-SB", "kind": "project", "parent": world.programme.pk, "state": "delivery"}
    second = actions.create(REGISTERS["initiatives.initiative"], place, actor(world.owner))
    now = barrier(month_ago=False)
    (found,) = (doubt for doubt in doubts(now, second, world.owner) if doubt.code == "wrong_project")
    assert found.stops
    assert str(world.project) in found.text
    (hidden,) = (doubt for doubt in doubts(now, second, world.stranger) if doubt.code == "wrong_project")
    assert world.project.code not in hidden.text
    receive(second, now, "copy.xer", b"3", actor(world.owner))
    assert "wrong_project" not in codes(now, second, world), "it has become its own"


def test_a_circle_stops(world: World, live: Plan) -> None:
    now = barrier(month_ago=False)
    first, last = now.links[0].predecessor_uid, now.links[0].successor_uid
    assert codes(replace(now, links=(*now.links, Link(last, first))), world.project, world) == ["unschedulable"]


def test_what_the_office_asks_for_is_a_standard(world: World, live: Plan) -> None:
    values = {"title": "Receipt", "kind": "threshold", "name": "plan-receipt", "value": {"least_health": 99, "most_days_old": 10}}
    actions.create(REGISTERS["initiatives.standard"], {**values, "initiative": world.programme.pk}, actor(world.owner))
    old = replace(barrier(month_ago=False), status_date=datetime.combine(timezone.localdate() - timedelta(days=11), datetime.min.time()))
    live.status_date = None
    live.save()
    assert set(codes(old, world.project, world, only_stops=True)) == {"unhealthy", "stale"}
    assert codes(old, None, world) == [], "of no place yet"
