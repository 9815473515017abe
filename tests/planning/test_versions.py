"""The pages of one version of a plan: for whom they exist, what they find, and what moved between two versions."""

from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.exchange.demo.schedules import schedule_of
from mainstay.formats.schedule import Link
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.planning.models import Plan, PlanHealth
from mainstay.planning.plan.register import PlanRegister
from mainstay.planning.receiving import receive
from mainstay.register import actions
from mainstay.register.models import Change
from mainstay.register.spec import REGISTERS
from tests.contract.worlds import FOREIGN_CANARY, TODAY, World, actor

SignedIn = Callable[[Account | None], Client]
PAGES = ("planning.version", "planning.findings", "planning.health", "planning.movement")


@pytest.fixture
def versions(world: World) -> tuple[Plan, Plan]:
    """Two versions of my project's plan, a month between them."""
    then, now = (schedule_of("SCR-HB", "Barrier", "Somebody", TODAY, month_ago=ago) for ago in (True, False))
    first = receive(world.project, then, "barrier october.xer", b"1", actor(world.owner))
    second = receive(world.project, now, "barrier november.xer", b"2", actor(world.owner))
    return Plan.objects.get(pk=first.pk), second


def text_of(client: Client, name: str, plan: Plan, **query: object) -> str:
    answer = client.get(reverse(name, args=[plan.pk]), {key: str(value) for key, value in query.items()})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.mark.parametrize("name", PAGES)
def test_a_page_exists_for_those_who_see_the_plan(name: str, versions: tuple[Plan, Plan], world: World, signed_in: SignedIn) -> None:
    for plan in versions:
        url = reverse(name, args=[plan.pk])
        for account in (world.owner, world.member):
            answer = signed_in(account).get(url)
            assert answer.status_code == 200
            assert FOREIGN_CANARY not in answer.content.decode()
        assert signed_in(world.stranger).get(url).status_code == 404
        assert signed_in(world.nobody).get(url).status_code == 404
        assert signed_in(None).get(url).status_code == 302


def test_activities_are_found_by_code_and_by_name(versions: tuple[Plan, Plan], world: World, signed_in: SignedIn) -> None:
    client, plan = signed_in(world.owner), versions[1]
    by_code = text_of(client, "planning.version", plan, q="hb-119")
    assert ("East abutment tie-in" in by_code, "Wet tests over spring tides" in by_code) == (True, False)
    by_name = text_of(client, "planning.version", plan, q="spring tides")
    assert ("HB-1210" in by_name, "HB-1190" in by_name) == (True, False)
    assert "No activity like that" in text_of(client, "planning.version", plan, q="no such thing")
    milestones = text_of(client, "planning.version", plan, show="milestones")
    assert ("Barrier in service" in milestones, "Dry tests" in milestones) == (True, False)


def test_a_version_says_where_it_comes_from(versions: tuple[Plan, Plan], world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    page, record = (
        text_of(client, "planning.version", versions[1]),
        unescape(client.get(PlanRegister.url("detail", versions[1])).content.decode()),
    )
    for text in ("barrier november.xer", world.owner.name, versions[1].file_digest):
        assert text in page
        assert text in record
    assert "barrier october.xer" in record


def test_the_page_of_an_initiative_names_its_live_plans(versions: tuple[Plan, Plan], world: World, signed_in: SignedIn) -> None:
    page = unescape(signed_in(world.owner).get(InitiativeRegister.url("detail", world.project)).content.decode())
    assert ("barrier november.xer" in page, "No plan yet" in page) == (True, False)


def test_the_findings_are_those_of_the_check_and_lead_to_the_activities(
    versions: tuple[Plan, Plan], world: World, signed_in: SignedIn
) -> None:
    page = text_of(signed_in(world.owner), "planning.findings", versions[1])
    assert "Activities without a predecessor" in page or "Work without anybody assigned to it." in page
    assert f'href="{reverse("planning.version", args=[versions[1].pk])}?q=HB-1020"' in page


def test_a_circle_in_the_file_is_a_finding(world: World, signed_in: SignedIn) -> None:
    schedule = schedule_of("SCR-HB", "Barrier", "Somebody", TODAY)
    first = schedule.links[0]
    round_about = replace(schedule, links=(*schedule.links, Link(first.successor_uid, first.predecessor_uid)))
    plan = receive(world.project, round_about, "round.xer", b"r", actor(world.owner))
    page = text_of(signed_in(world.owner), "planning.findings", plan)
    assert "wait for each other" in page
    assert f"{world.project.code} keeps the dates of its file." in page


def test_what_moved_is_counted_filtered_and_told(versions: tuple[Plan, Plan], world: World, signed_in: SignedIn) -> None:
    client, (first, second) = signed_in(world.owner), versions
    page = text_of(client, "planning.movement", second)
    assert f"From version {first.number} to version {second.number}" in page
    assert "Trial lift with a second crane" in page
    assert "no longer after HB-1175" in page
    deleted = text_of(client, "planning.movement", second, kind="deleted")
    assert ("HB-1175" in deleted, "HB-1210" in deleted) == (True, False)
    later = text_of(client, "planning.movement", second, kind="later")
    assert ("Trial lift" in later, "HB-1210" in later, "10\u00a0wd" in later) == (False, True, True)
    assert "Trial lift with a second crane" in text_of(client, "planning.movement", first, **{"with": second.pk}), "always forwards"


def test_a_version_of_another_project_is_nothing_to_compare_with(versions: tuple[Plan, Plan], world: World, signed_in: SignedIn) -> None:
    foreign = Plan.objects.exclude(initiative=world.project)[0]
    url = reverse("planning.movement", args=[versions[1].pk])
    for told in (str(foreign.pk), "999999", "nonsense"):
        assert signed_in(world.owner).get(url, {"with": told}).status_code == 404


@pytest.mark.parametrize("query", ["kind=nonsense", "page=99", "show=%00", "q=%00", "page=x"])
def test_an_address_that_says_nonsense_gets_a_page(query: str, versions: tuple[Plan, Plan], world: World, signed_in: SignedIn) -> None:
    for name in PAGES:
        assert signed_in(world.owner).get(f"{reverse(name, args=[versions[1].pk])}?{query}").status_code == 200


def test_a_second_look_takes_few_queries(versions: tuple[Plan, Plan], world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    for name in PAGES:
        url = reverse(name, args=[versions[1].pk])
        client.get(url)
        with CaptureQueriesContext(connection) as held:
            client.get(url)
        assert len(held) <= 40, name


def test_the_health_of_every_version_stands_beside_the_points(versions: tuple[Plan, Plan], world: World, signed_in: SignedIn) -> None:
    first, second = versions
    assert PlanHealth.objects.filter(plan__in=versions).count() == 2, "kept when it arrived"
    PlanHealth.objects.filter(plan=first).delete()
    text = text_of(signed_in(world.owner), "planning.health", second)
    kept = PlanHealth.objects.get(plan=second)
    assert f"{kept.held} of {kept.judged} points hold" in text
    assert "Critical path length index" in text
    again = PlanHealth.objects.get(plan=first)
    assert again.judged > 10
    assert f"{again.held} / {again.judged}" in text
    values = {"title": "Ours", "kind": "threshold", "name": "schedule-health", "value": {"lags": 100, "finish_to_start": 0}}
    actions.create(REGISTERS["initiatives.standard"], {**values, "initiative": world.programme.pk}, actor(world.owner))
    text = text_of(signed_in(world.owner), "planning.health", second)
    assert "by the limits of the standard schedule-health" in text
    assert f"{kept.held + 2} of {kept.judged} points hold" in text


def test_a_version_is_compared_with_its_baseline_and_with_the_original_one(
    versions: tuple[Plan, Plan], world: World, signed_in: SignedIn
) -> None:
    client = signed_in(world.owner)
    page = text_of(client, "planning.movement", versions[1])
    assert 'value="b0"' in page
    assert 'value="original"' in page
    since = text_of(client, "planning.movement", versions[1], **{"with": "b0"})
    assert "From the baseline of version 2 to version 2" in since
    assert "Later" in since
    first = text_of(client, "planning.movement", versions[1], **{"with": "original"})
    assert "From the original baseline, of version 1 to version 2" in first
    url = reverse("planning.movement", args=[versions[1].pk])
    assert client.get(url, {"with": "b7"}).status_code == 404


def test_a_person_says_that_two_activities_are_the_same(world: World, signed_in: SignedIn) -> None:
    then = schedule_of("SCR-HB", "Barrier", "Somebody", TODAY, month_ago=False)
    row = next(row for row in then.activities if len(row.name.split()) > 2 and not row.summary)
    renamed = replace(row, uid=9_001, activity_id="NEW-1", guid="", wbs="", name=f"{row.name} anew")
    links = tuple(
        replace(
            link,
            predecessor_uid=9_001 if link.predecessor_uid == row.uid else link.predecessor_uid,
            successor_uid=9_001 if link.successor_uid == row.uid else link.successor_uid,
        )
        for link in then.links
    )
    now = replace(then, activities=tuple(renamed if one is row else one for one in then.activities), links=links)
    receive(world.project, then, "then.xer", b"1", actor(world.owner))
    plan = receive(world.project, now, "now.xer", b"2", actor(world.owner))
    client, address = signed_in(world.owner), reverse("planning.say_same", args=[plan.pk])
    before = Plan.objects.get(file_name="then.xer")
    given = {"with": str(before.pk), "then": str(row.uid), "now": "9001", "is": "same"}
    assert "Perhaps the same" in text_of(client, "planning.movement", plan)
    assert "The same:" not in text_of(signed_in(world.member), "planning.movement", plan), "a reader says nothing"
    assert signed_in(world.member).post(address, given).status_code == 404
    assert signed_in(world.stranger).post(address, given).status_code == 404
    for _twice in range(2):
        assert client.post(address, given).status_code == 302
    page = text_of(client, "planning.movement", plan)
    assert "Perhaps the same" not in page
    assert f"before: {row.activity_id} {row.name}" in page
    event = Change.objects.get(register="planning.plan", verb="match")
    assert event.reason == f"{row.activity_id} {row.name} is now NEW-1 {row.name} anew."
