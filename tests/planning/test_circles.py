"""Two projects that wait for each other: the programme's page says so, names both, and keeps the dates of the files."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.engine.worktime import minute_of
from mainstay.formats.schedule import Activity, Calendar, Link, Schedule, Shift
from mainstay.initiatives.models import Initiative
from mainstay.planning.calculations import calculated
from mainstay.planning.models import Dependency
from mainstay.planning.receiving import receive
from tests.contract.worlds import World, actor

SignedIn = Callable[[Account | None], Client]
DAY = (Shift(480, 720), Shift(780, 1020))
OFFICE = Calendar(1, "Office", (DAY,) * 5 + ((), ()))
START = datetime(2026, 1, 5, 8)  # noqa: DTZ001  # a plan's clock has no zone
FINISH = START.replace(hour=17)
FAULT = (
    "These activities wait for each other: Q1 Order steel (SCR) → Q2 Fit gates (SCR) → B1 Test gates (SCR-HB) → B2 Hand over (SCR-HB) "
    "→ Q1 Order steel (SCR); remove one of the links between them."
)


def two_steps(name: str, first: tuple[str, str], second: tuple[str, str]) -> Schedule:
    rows = tuple(
        Activity(uid=number, activity_id=code, name=title, duration_minutes=480, start=START, finish=FINISH)
        for number, (code, title) in enumerate((first, second), 1)
    )
    return Schedule(name=name, start=START, calendars=(OFFICE,), default_calendar_uid=1, activities=rows, links=(Link(1, 2),))


@pytest.fixture
def programme(world: World) -> Initiative:
    """The programme's own plan and that of its project, each of which needs what the other gives."""
    chief = actor(world.administrator)
    receive(world.programme, two_steps("Quay", ("Q1", "Order steel"), ("Q2", "Fit gates")), "q.xml", b"q", chief)
    receive(world.project, two_steps("Barrier", ("B1", "Test gates"), ("B2", "Hand over")), "b.xml", b"b", chief)
    there, back = Dependency.objects.filter(initiative__path__startswith=world.programme.path)[:2]
    common = {"state": "agreed", "lag_days": 0}
    ends = {"giver": world.programme, "initiative": world.project, "give_activity": "SCR:Q2", "get_activity": "B1"}
    Dependency.objects.filter(pk=there.pk).update(**common, **ends)
    ends = {"giver": world.project, "initiative": world.programme, "give_activity": "B2", "get_activity": "SCR:Q1"}
    Dependency.objects.filter(pk=back.pk).update(**common, **ends)
    return world.programme


def test_the_fault_names_each_activity_and_its_project(programme: Initiative) -> None:
    found = calculated(programme).programme
    assert found.fault == FAULT
    assert {found.projects[found.lines[place].project].code for place in found.fault_lines} == {"SCR", "SCR-HB"}
    assert {line.finish for line in found.lines} == {minute_of(FINISH)}, "the dates of the files stand"


def test_the_page_tells_it_to_whoever_sees_both(programme: Initiative, world: World, signed_in: SignedIn) -> None:
    for name in ("planning.integrated", "planning.table"):
        answer = signed_in(world.owner).get(reverse(name, args=[programme.pk]))
        assert answer.status_code == 200
        assert "wait for each other" in answer.content.decode()
        assert "B1 Test gates (SCR-HB)" in answer.content.decode()


def test_one_of_the_two_links_taken_away_it_is_calculated_again(programme: Initiative) -> None:
    assert calculated(programme).programme.fault
    Dependency.objects.filter(get_activity="SCR:Q1").update(state="rejected")
    found = calculated(programme).programme
    assert found.fault == ""
    assert max(line.finish for line in found.lines if line.finish) > minute_of(FINISH)
