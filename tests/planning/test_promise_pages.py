"""The views of the dependencies between projects, and what promises add to other pages: for whom, and with which words."""

from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.organisation.models import Person
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.models import Dependency
from mainstay.planning.pages.dependencies import VIEWS
from tests.contract.worlds import FOREIGN_CANARY, World

SignedIn = Callable[[Account | None], Client]


def page(client: Client, world: World, show: str) -> str:
    answer = client.get(reverse("planning.dependencies", args=[world.programme.pk]), {"show": show})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.mark.parametrize("show", [*VIEWS, "nonsense"])
def test_a_view_shows_the_readers_promises_alone(show: str, world: World, signed_in: SignedIn) -> None:
    own = Dependency.objects.get(pk=world.mine["planning.dependency"][0])
    for account in (world.owner, world.member):
        text = page(signed_in(account), world, show)
        assert own.ref in text
        assert FOREIGN_CANARY not in text
        assert " style=" not in text, "the content security policy allows no inline style"
    for account in (world.stranger, world.nobody):
        url = reverse("planning.dependencies", args=[world.programme.pk])
        assert signed_in(account).get(url, {"show": show}).status_code == 404


def test_chains_say_what_their_chance_rests_on(world: World, signed_in: SignedIn) -> None:
    ids = world.mine["planning.dependency"]
    day = date(2026, 10, 5)
    Dependency.objects.filter(pk__in=ids).update(give_activity="", get_activity="", first_promised=day, promised_by=day, state="accepted")
    Dependency.objects.filter(pk=ids[0]).update(delivered_on=day)
    text = page(signed_in(world.owner), world, "chains")
    assert "End of SCR" in text
    assert "1 of 1 kept, few: Beta(2, 1) from the prior Beta(1, 1)" in text
    assert "100.0 %" in text, "what was handed over has held"


def test_a_cell_of_the_matrix_leads_to_its_dependencies(world: World, signed_in: SignedIn) -> None:
    row = Dependency.objects.get(pk=world.mine["planning.dependency"][0])
    client = signed_in(world.owner)
    url = f"{DependencyRegister.url()}?giver={row.giver_id}&initiative={row.initiative_id}"
    assert url in page(client, world, "matrix")
    listed = client.get(url).content.decode()
    assert row.ref in listed


def test_a_drift_stands_on_the_page_of_the_promise_and_in_the_work_of_both(world: World, signed_in: SignedIn) -> None:
    row = Dependency.objects.get(pk=world.mine["planning.dependency"][0])
    person = Person.objects.get(account=world.owner)
    values = {"promised_by": date(2026, 11, 20), "forecast": date(2026, 11, 27), "drifts_since": date(2026, 11, 23)}
    Dependency.objects.filter(pk=row.pk).update(state="agreed", giver_owner=person, owner=None, **values)
    text = unescape(signed_in(world.owner).get(DependencyRegister.url("detail", row)).content.decode())
    assert "Both sides were told. Sponsors and offices are told on" in text
    assert "The giver's record" in text
    assert "Promises that drift" in signed_in(world.owner).get("/").content.decode()
    assert "Promises that drift" not in signed_in(world.member).get("/").content.decode()
