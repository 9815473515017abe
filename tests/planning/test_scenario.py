"""What if: a scenario is what the engine makes of the changed plan, is told to its reader alone, and leaves no trace."""

import gzip
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape
from itertools import takewhile
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.exchange.demo.schedules import schedule_of
from mainstay.planning.calculations import Calculated, calculated
from mainstay.planning.models import Plan, PlanRun
from mainstay.planning.programme import Line
from mainstay.planning.receiving import receive
from mainstay.planning.scenario import Change, ScenarioError, change_of, tried
from mainstay.planning.viewing import day_of
from mainstay.register.models import Change as History
from tests.contract.worlds import TODAY, World, actor

SignedIn = Callable[[Account | None], Client]


@pytest.fixture
def found(world: World) -> Calculated:
    receive(world.project, schedule_of("SCR-HB", "Barrier", "Somebody", TODAY), "barrier.xer", b"1", actor(world.owner))
    return calculated(world.programme)


def waiting(found: Calculated) -> Line:
    """An activity on the path to the end that has not started."""
    lines = [found.programme.lines[place] for place in found.programme.path]
    return next(line for line in lines if not line.percent and not line.is_summary and not line.is_milestone)


def project_of(found: Calculated, line: Line) -> str:
    return found.programme.projects[line.project].code


def answer(client: Client, world: World, *changes: Change) -> Any:
    url = reverse("planning.scenario_data", args=[world.programme.pk])
    return client.get(url, {"change": [str(change) for change in changes]})


def test_without_a_change_the_engine_gives_the_plan_as_it_stands(found: Calculated) -> None:
    assert tried(found.inputs, []).lines == found.programme.lines


def test_a_longer_activity_is_what_the_changed_file_would_give(found: Calculated, world: World) -> None:
    """The oracle: the same length written into the plan's own file, and taken in as its next version."""
    line = waiting(found)
    held = schedule_of("SCR-HB", "Barrier", "Somebody", TODAY)
    row = next(row for row in held.activities if row.uid == line.uid)
    minutes = round((held.minutes_per_day or 480) * 90)
    longer = replace(row, duration_minutes=minutes, remaining_duration_minutes=minutes)
    after = tried(found.inputs, [Change(project_of(found, line), line.uid, days=90)])
    changed = replace(held, activities=tuple(longer if each.uid == row.uid else each for each in held.activities))
    receive(world.project, changed, "barrier longer.xer", b"2", actor(world.owner))
    taken = calculated(world.programme).programme
    assert [(each.uid, each.start, each.finish, each.is_critical) for each in taken.lines] == [
        (each.uid, each.start, each.finish, each.is_critical) for each in after.lines
    ]
    assert after.finish is not None and found.programme.finish is not None
    assert after.finish > found.programme.finish


def test_a_start_put_off_moves_the_finish_and_is_told_in_sentences(found: Calculated, world: World, signed_in: SignedIn) -> None:
    line = waiting(found)
    begins = day_of(line.start)
    assert begins is not None
    change = Change(project_of(found, line), line.uid, begins + timedelta(days=60))
    before = (PlanRun.objects.count(), History.objects.count(), Plan.objects.count())
    for account in (world.owner, world.member):
        told = answer(signed_in(account), world, change).json()
        assert "The last finish moves from" in told["sentences"][0]
        place = found.programme.place[(change.project, line.uid)]
        start = next(row[1] for row in told["lines"] if row[0] == place)
        assert day_of(start) is not None and day_of(start) >= begins + timedelta(days=60)  # type: ignore[operator]  # asked before
    assert (PlanRun.objects.count(), History.objects.count(), Plan.objects.count()) == before
    assert answer(signed_in(world.stranger), world, change).status_code == 404
    assert answer(signed_in(None), world, change).status_code == 302


def test_what_the_plan_does_not_allow_is_said(found: Calculated, world: World, signed_in: SignedIn) -> None:
    client, line = signed_in(world.owner), waiting(found)
    begins = day_of(line.start)
    assert begins is not None
    early = answer(client, world, Change(project_of(found, line), line.uid, begins - timedelta(days=200))).json()
    assert any("cannot start on" in text for text in early["sentences"])
    summary = next(each for each in found.programme.lines if each.is_summary)
    refused = answer(client, world, Change(project_of(found, summary), summary.uid, begins))
    assert (refused.status_code, "Only activities" in refused.json()["fault"]) == (422, True)
    unknown = answer(client, world, Change("OTHER", 1, begins))
    assert (unknown.status_code, "There is no project OTHER" in unknown.json()["fault"]) == (422, True)


@pytest.mark.parametrize("text", ["", "x", "a:b:c:d", "SCR-HB:1:2027-02-30:", "SCR-HB:1::-4", "SCR-HB:1::nan", "SCR-HB:1::99999"])
def test_nonsense_is_no_change(text: str) -> None:
    with pytest.raises(ScenarioError):
        change_of(text)


def test_the_page_takes_a_code_and_keeps_the_scenario_in_its_address(found: Calculated, world: World, signed_in: SignedIn) -> None:
    client, line = signed_in(world.owner), waiting(found)
    url = reverse("planning.scenario", args=[world.programme.pk])
    led = client.get(url, {"activity": f"{project_of(found, line)}:{line.code}", "days": "300"})
    assert led.status_code == 302
    assert led["Location"].startswith(f"{url}?change=")
    page = unescape(client.get(led["Location"]).content.decode())
    assert "Scenario: nothing is recorded." in page and "The last finish moves from" in page
    assert client.get(url, {"activity": "ZZ-1", "days": "3"}).status_code == 422


def test_summaries_and_projects_follow_what_they_hold(found: Calculated, world: World, signed_in: SignedIn) -> None:
    line = waiting(found)
    change = f"{project_of(found, line)}:{line.uid}::300"
    after = tried(found.inputs, (change_of(change),))
    moved = 0
    for at, row in enumerate(after.lines):
        held = takewhile(lambda other, row=row: other.project == row.project and other.outline > row.outline, after.lines[at + 1 :])
        ends = [other.finish for other in held if not other.is_summary and other.finish is not None]
        if row.is_summary and ends:
            assert row.finish == max(ends)
            moved += row.finish != found.programme.lines[at].finish
    told = signed_in(world.owner).get(reverse("planning.scenario_data", args=[world.programme.pk]), {"change": change}).json()
    places = [number for number, project in enumerate(found.programme.projects) if project.finish != after.projects[number].finish]
    assert [(place, after.projects[place].finish) for place in places] == [(place, end) for place, _start, end in told["projects"]]
    assert moved and places


def test_a_scenario_of_the_past_keeps_its_moment_in_every_address(found: Calculated, world: World, signed_in: SignedIn) -> None:
    client, line = signed_in(world.owner), waiting(found)
    url, moment = reverse("planning.scenario", args=[world.programme.pk]), timezone.localdate().isoformat()
    led = client.get(url, {"as_at": moment, "activity": f"{project_of(found, line)}:{line.code}", "days": "300"})
    assert led.status_code == 302
    assert parse_qs(urlsplit(led["Location"]).query)["as_at"] == [moment]
    page = unescape(client.get(led["Location"]).content.decode())
    links = re.findall(r'<a href="([^"]*/(?:scenario|integrated)[^"]*)"', page.split('id="changes-title"')[1].split("</section>")[0])
    assert len(links) >= 3
    assert all("as_at=" in link for link in links)


def test_the_bars_are_those_that_the_reader_may_see(found: Calculated, world: World, signed_in: SignedIn) -> None:
    url = reverse("planning.bars", args=[world.programme.pk])
    plain = signed_in(world.owner).get(url)
    assert "Content-Encoding" not in plain
    small = signed_in(world.member).get(url, headers={"accept-encoding": "gzip, br"})
    told = json.loads(gzip.decompress(small.content))
    assert told == plain.json()
    assert told["lines"]["code"] == [line.code for line in found.programme.lines]
    starts = [None if at is None else at + told["base"] for at in told["lines"]["start"]]
    assert starts == [line.start for line in found.programme.lines]
    assert signed_in(world.stranger).get(url).status_code == 404
