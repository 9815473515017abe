"""The plan on a page from the integrated plan: for whom it exists, what stands on it, and its marking."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.exchange.demo.schedules import schedule_of
from mainstay.planning.calculations import calculated
from mainstay.planning.models import Plan
from mainstay.planning.paper import plan_page
from mainstay.planning.receiving import receive
from tests.contract.worlds import FOREIGN_CANARY, TODAY, World, actor

SignedIn = Callable[[Account | None], Client]
FORMS = ("planning.paper_a3", "planning.paper_a4", "planning.paper_slides")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path)


@pytest.fixture
def plan(world: World) -> Plan:
    return receive(world.project, schedule_of("SCR-HB", "Barrier", "Somebody", TODAY), "barrier.xer", b"1", actor(world.owner))


@pytest.mark.parametrize("name", FORMS)
def test_the_file_exists_for_those_who_see_the_plan(name: str, world: World, plan: Plan, signed_in: SignedIn) -> None:
    url = reverse(name, args=[world.programme.pk])
    for account in (world.owner, world.member):
        answer = signed_in(account).get(url)
        assert answer.status_code == 200
        assert answer.content[:4] in (b"%PDF", b"PK\x03\x04")
        assert FOREIGN_CANARY.encode() not in answer.content
    assert signed_in(world.stranger).get(url).status_code == 404
    assert signed_in(None).get(url).status_code == 302


def test_it_holds_the_rows_of_the_drawing_and_the_highest_marking(world: World, plan: Plan) -> None:
    Plan.objects.filter(pk=plan.pk).update(marking="OFFICIAL-SENSITIVE")
    found = calculated(world.programme)
    everything = range(len(found.programme.projects))
    page = plan_page(world.programme, found, everything, "all", TODAY)
    dated = [line for line in found.programme.lines if line.start is not None and line.finish is not None]
    assert len([bar for bar in page.bars if bar.kind != "project"]) == len(dated)
    assert page.marking == "OFFICIAL-SENSITIVE"
    assert any("Barrier in service" in bar.name and bar.kind == "milestone" for bar in page.bars)
    assert [bar.name for bar in plan_page(world.programme, found, (), "all", TODAY).bars] == []
