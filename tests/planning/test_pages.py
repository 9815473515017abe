"""The pages of the integrated plan: the drawing, its table twin, who gives to whom; for whom they exist, and what they withhold."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.exchange.demo.schedules import schedule_of
from mainstay.initiatives.models import Initiative
from mainstay.planning.calculations import calculated
from mainstay.planning.models import Dependency, Plan
from mainstay.planning.receiving import receive
from mainstay.planning.viewing import visible_unresolved
from tests.contract.worlds import FOREIGN_CANARY, TODAY, World, actor

SignedIn = Callable[[Account | None], Client]
PAGES = ("planning.integrated", "planning.table", "planning.dependencies")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_the_readers_programme_alone(name: str, world: World, signed_in: SignedIn) -> None:
    url = reverse(name, args=[world.programme.pk])
    for account in (world.owner, world.member, world.administrator):
        answer = signed_in(account).get(url)
        assert answer.status_code == 200
        assert account is world.administrator or FOREIGN_CANARY not in answer.content.decode()
    assert signed_in(world.stranger).get(url).status_code == 404
    assert signed_in(world.nobody).get(url).status_code == 404
    assert signed_in(None).get(url).status_code == 302


def test_the_drawing_and_its_table_hold_the_same_activities(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    plan = Plan.objects.filter(initiative__path__startswith=world.programme.path, is_live=True)[0]
    names = list(plan.activities.filter(is_summary=False).values_list("name", flat=True)[:5])
    assert names
    drawing = client.get(reverse("planning.integrated", args=[world.programme.pk]), {"show": "all"}).content.decode()
    table = client.get(reverse("planning.table", args=[world.programme.pk])).content.decode()
    for name in names:
        assert name in drawing and name in table
    assert 'data-bar tabindex="-1" role="img" aria-label="' in drawing
    assert " style=" not in drawing, "the content security policy allows no inline style"


def test_a_programme_without_plans_says_how_to_get_one(world: World, signed_in: SignedIn) -> None:
    bare = Initiative.objects.exclude(path__in=Plan.objects.values("initiative__path")).filter(path__startswith=world.programme.path)
    place = next(row for row in bare if not Plan.objects.filter(initiative__path__startswith=row.path).exists())
    page = signed_in(world.owner).get(reverse("planning.integrated", args=[place.pk])).content.decode()
    assert "Import the project" in page
    assert "data-plan" not in page


@pytest.mark.parametrize("query", ["show=nonsense", "scale=%00", "closed=nope", "page=99999", "project=%27", "at=999999999", "as_at=none"])
def test_an_address_that_says_nonsense_gets_a_page_or_a_sentence(query: str, world: World, signed_in: SignedIn) -> None:
    for name in PAGES:
        assert signed_in(world.owner).get(f"{reverse(name, args=[world.programme.pk])}?{query}").status_code in (200, 422)


def test_a_second_look_takes_few_queries(world: World, signed_in: SignedIn) -> None:
    client, url = signed_in(world.owner), reverse("planning.integrated", args=[world.programme.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as held:
        client.get(url)
    assert len(held) <= 40


def test_a_dependency_that_the_reader_may_not_see_is_not_told_as_joining_nothing(world: World, signed_in: SignedIn) -> None:
    """An agreement whose activities are not in the plans is listed by its title, for whoever may see its record alone."""
    receive(world.project, schedule_of("SCR-HB", "Barrier", "Somebody", TODAY), "a.xml", b"a", actor(world.administrator))
    giver = world.programme
    receive(giver, schedule_of("SCR-FW", "Warning", "Somebody", TODAY), "b.xml", b"b", actor(world.administrator))
    row = Dependency.objects.filter(initiative__path__startswith=world.programme.path)[0]
    Dependency.objects.filter(pk=row.pk).update(
        initiative=world.project, giver=giver, state="agreed", give_activity="nowhere", title="Reed beds of the estuary"
    )
    url = reverse("planning.integrated", args=[world.programme.pk])
    assert "Reed beds of the estuary" in signed_in(world.owner).get(url).content.decode()
    found = calculated(world.programme)
    assert found.inputs.unresolved_keys == (row.pk,)
    assert visible_unresolved(world.stranger, found) == []


def test_the_drawing_of_one_project_holds_its_bars_alone(world: World, signed_in: SignedIn) -> None:
    for place, code in ((world.project, "SCR-HB"), (world.programme, "SCR-FW")):
        receive(place, schedule_of(code, code, "Somebody", TODAY), f"{code}.xml", code.encode(), actor(world.administrator))
    client, url = signed_in(world.owner), reverse("planning.integrated", args=[world.programme.pk])
    every = client.get(url, {"show": "all"}).content.decode()
    one = client.get(url, {"show": "all", "project": world.project.code}).content.decode()
    assert ("Barrier in service" in every, "Telemetry proved" in every) == (True, True)
    assert ("Barrier in service" in one, "Telemetry proved</" in one) == (True, False)
    assert f"project={world.project.code}&amp;closed={world.project.code}" in one, "what is folded keeps the choice"
    assert "Telemetry proved" in client.get(url, {"show": "all", "project": "of another programme"}).content.decode()
