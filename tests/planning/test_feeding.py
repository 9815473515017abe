"""Milestones fed by activities of several projects: which one drives the date, who is shown what, and what a missing feeder does."""

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.test import Client

from mainstay.accounts.models import Account
from mainstay.cli import main
from mainstay.exchange.demo.schedules import schedule_of
from mainstay.formats.schedule import Schedule
from mainstay.formats.spreadsheet import read
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
from mainstay.register.transfer import exporting, importing
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


def test_several_feeders_come_by_the_api_and_one_that_is_not_there_is_refused(
    world: World, plans: dict[str, Schedule], signed_in: SignedIn
) -> None:
    client, url = signed_in(world.owner), "/api/v1/planning/milestone"
    values = {"title": "Estuary defended", "initiative": world.programme.pk, "activity": f"{BARRIER}; {WALL}"}
    answer = client.post(url, values, content_type="application/json")
    assert answer.status_code == 201, answer.content
    ends = [finish(plans["SCR-HB"], "HB-1230"), finish(plans["SCR-SW"], "SW-1130")]
    assert answer.json()["forecast"] == max(ends).isoformat()
    refused = client.post(url, {**values, "title": "Other", "activity": f"{BARRIER}; SCR-SW:ZZ-1"}, content_type="application/json")
    assert refused.status_code == 422
    assert "SCR-SW:ZZ-1" in refused.content.decode()
    assert not Milestone.objects.filter(title="Other").exists()


def test_several_feeders_come_by_excel_and_go_back_unchanged(world: World, plans: dict[str, Schedule], tmp_path: Path) -> None:
    path = tmp_path / "milestones.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Title", "Initiative", "Activity"])
    book.active.append(["Estuary defended", world.programme.code, f"{BARRIER}; {WALL}"])
    book.active.append(["Nothing there", world.programme.code, f"{BARRIER}; ZZ-1"])
    book.save(path)
    found = importing.preview(MilestoneRegister, read(path), actor(world.owner))
    assert [("ZZ-1" in str(fault), "C3" in str(fault)) for fault in found.faults] == [(True, True)], "named by its cell"
    assert not Milestone.objects.filter(title="Estuary defended").exists()
    book.active.delete_rows(3)
    book.save(path)
    importing.apply(importing.preview(MilestoneRegister, read(path), actor(world.owner)), actor(world.owner))
    made = Milestone.objects.get(title="Estuary defended")
    assert made.forecast == max(finish(plans["SCR-HB"], "HB-1230"), finish(plans["SCR-SW"], "SW-1130"))
    out = BytesIO()
    exporting.to_xlsx(MilestoneRegister, Milestone.objects.filter(pk=made.pk), actor(world.owner), out)
    path.write_bytes(out.getvalue())
    again = importing.preview(MilestoneRegister, read(path), actor(world.owner))
    assert ([str(fault) for fault in again.faults], len(again.same)) == ([], 1)


def test_a_plan_on_a_page_is_written_by_a_command(
    world: World, milestone: Milestone, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = world.programme.code
    assert main.run(["plan", "picture", code, "--formats", "pptx", "--show", "milestones", "--to", str(tmp_path), "--json"]) == 0
    (name,) = json.loads(capsys.readouterr().out)["files"]
    with zipfile.ZipFile(name) as file:
        assert "Barrier in service" in file.read("ppt/slides/slide1.xml").decode(), "milestones of the plans"
    for arguments, told in ((["NONE"], "There is no initiative NONE."), ([code, "--formats", "svg"], "formats of a plan on a page")):
        assert main.run(["plan", "picture", *arguments, "--to", str(tmp_path)]) != 0
        assert told in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [f"{code} plan.pptx"]
