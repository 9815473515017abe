"""The heat map of an initiative: a view of the register's quantities, for whoever may see the risks."""

import re
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.initiatives.standard.register import StandardRegister
from mainstay.register import actions
from mainstay.register.history import Actor
from mainstay.risk import heat_map, scales
from mainstay.risk.heat_map import View
from mainstay.risk.models import Risk
from mainstay.risk.risk.register import RiskRegister
from tests.contract.worlds import CANARY, FOREIGN_CANARY, World, appoint

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Account | None], Client]


@pytest.fixture(autouse=True)
def _only_own_risks(world: World) -> None:
    Risk.objects.filter(initiative__code__startswith="SCR").update(state="closed")


def risk(world: World, **values: Any) -> Risk:
    told = {"title": "One", "initiative": world.project.pk, "nature": "threat", "owner": world.owner.person.pk, **values}
    made: Risk = actions.create(RiskRegister, told, Actor(world.administrator, "page"))
    return made


def address(world: World) -> str:
    return reverse("risk.heat_map", args=[world.programme.pk])


def page_of(client: Client, world: World, query: str = "") -> str:
    answer = client.get(address(world) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def counts(page: str) -> dict[str, tuple[str, int]]:
    """What each filled cell says of itself → its address and its count."""
    found = re.findall(r'<a href="([^"]+)" aria-label="([^"]+): \d+ risks?">(\d+)</a>', page)
    return {unescape(label): (unescape(url), int(count)) for url, label, count in found}


def test_counts_lead_to_a_list_of_just_these_risks(world: World, signed_in: SignedIn) -> None:
    risk(world, title="Edge of a step", probability="20.00", cost_likely="250000.00")
    risk(world, title="Just over it", probability="20.01", cost_likely="250000.01")
    risk(world, title="Also over it", probability=50, cost_likely=1_000_000)
    risk(world, title="No probability", cost_likely=1_000_000)
    risk(world, title="A gain", nature="opportunity", probability=30, cost_likely=900_000)
    risk(world, title="Beyond the scale", probability=100, cost_likely=9_000_000_000)
    risk(world, title="Costs nothing", probability=0, cost_likely=0)
    client = signed_in(world.owner)
    page = page_of(client, world)
    found = counts(page)
    assert {label: count for label, (_url, count) in found.items()} == {
        "Threats, probability Low, impact Low": 1,
        "Threats, probability Medium, impact Medium": 2,
        "Threats, probability Very high, impact Very high": 1,
        "Threats, probability Very low, impact Very low": 1,
        "Opportunities, probability Medium, impact Medium": 1,
    }
    for url, count in found.values():
        listed = client.get("/api/v1/risk/risk", dict(re.findall(r"[?&]([^=]+)=([^&]*)", url)))
        assert listed.json()["count"] == count, url
    assert "Not on the map" in page and "No probability" in page
    assert "positions do not add up" in page


def test_it_is_laid_out_after_the_responses_too(world: World, signed_in: SignedIn) -> None:
    risk(world, title="Better after", probability=60, cost_likely=2_000_000, probability_after=10, cost_after=100_000)
    risk(world, title="Left as it is", probability=60, cost_likely=2_000_000)
    client = signed_in(world.owner)
    found = counts(page_of(client, world, "?response=after"))
    assert {label: count for label, (_url, count) in found.items()} == {
        "Threats, probability Low, impact Low": 1,
        "Threats, probability High, impact High": 1,
    }
    in_cell = client.get(found["Threats, probability Low, impact Low"][0].partition("#")[0]).content.decode()
    assert "Better after" in in_cell and "Left as it is" not in in_cell


def test_delays_have_a_map_of_their_own(world: World, signed_in: SignedIn) -> None:
    risk(world, probability=60, days_likely="10.1")
    found = counts(page_of(signed_in(world.owner), world, "?impact=days"))
    assert list(found) == ["Threats, probability High, impact Medium"]


def test_the_sums_are_those_of_the_quantities(world: World, signed_in: SignedIn) -> None:
    risk(world, probability=50, cost_low=100_000, cost_likely=200_000, cost_high=600_000, probability_after=10, cost_after=100_000)
    risk(world, nature="opportunity", probability=20, cost_likely=100_000)
    page = page_of(signed_in(world.owner), world)
    for text in ("£150,000", "−£20,000", "£130,000", "−£5,000"):
        assert text in page, text


def test_low_and_high_follow_the_likely_cost_after_the_response() -> None:
    held = Risk(probability=50, cost_low=100_000, cost_likely=200_000, cost_high=600_000, probability_after=10, cost_after=100_000)
    assert held.expected_cost_after == Decimal("15000.00")
    assert Risk(probability=50, cost_likely=Decimal(100)).expected_cost_after == Decimal("50.00")
    assert Risk(probability=50, cost_after=Decimal(100)).expected_cost_after == Decimal("50.00")
    assert Risk(probability=50, cost_likely=Decimal(100), cost_after=Decimal(0)).expected_cost_after == Decimal("0.00")
    assert Risk(cost_likely=Decimal(100)).expected_cost_after is None


def test_the_scales_are_the_standards_that_the_initiative_inherits(world: World, signed_in: SignedIn) -> None:
    steps = {"steps": [{"name": "Trifling", "to": 1000}, {"name": "Ruinous", "to": 2000}]}
    values = {
        "title": "Cost",
        "kind": "scale",
        "name": "risk-cost",
        "inheritance": "locked",
        "value": steps,
        "initiative": world.programme.pk,
    }
    actions.create(StandardRegister, values, Actor(world.administrator, "page"))
    risk(world, probability=60, cost_likely=1500)
    page = page_of(signed_in(world.owner), world)
    assert list(counts(page)) == ["Threats, probability High, impact Ruinous"]
    assert "over £1k" in page
    assert scales.scale_for(world.project, scales.COST).is_standard
    assert not scales.scale_for(world.project, scales.DELAY).is_standard


def test_threats_and_opportunities_mirror_each_other(world: World) -> None:
    probability, cost = (scales.scale_for(world.programme, name) for name in (scales.PROBABILITY, scales.COST))
    made = heat_map.lay_out([], View("cost", after=False), probability, cost)
    assert [step.name for step in made.threats.impacts] == [step.name for step in reversed(made.opportunities.impacts)]
    heats = [[cell.heat for cell in cells] for _step, cells in made.threats.lines]
    assert heats == [[cell.heat for cell in reversed(cells)] for _step, cells in made.opportunities.lines]
    assert {heat for line in heats for heat in line} == {1, 2, 3, 4}


def test_where_no_risk_is_open_the_page_says_so(world: World, signed_in: SignedIn) -> None:
    assert "No open risk here" in page_of(signed_in(world.owner), world)


def test_readers_see_it_and_strangers_do_not_learn_of_it(world: World, signed_in: SignedIn) -> None:
    risk(world, probability=60, cost_likely=2_000_000, title=f"Hidden {CANARY}")
    assert len(counts(page_of(signed_in(world.member), world))) == 1
    for account in (world.stranger, world.nobody):
        assert signed_in(account).get(address(world)).status_code == 404
    assert signed_in(None).get(address(world)).status_code == 302
    assert CANARY not in signed_in(world.stranger).get(reverse("risk.heat_maps"), follow=True).content.decode()
    assert signed_in(world.nobody).get(reverse("risk.heat_maps")).status_code == 404


def test_it_counts_only_what_its_reader_may_see(world: World, signed_in: SignedIn) -> None:
    risk(world, probability=60, cost_likely=2_000_000)
    risk(world, probability=60, cost_likely=2_000_000, initiative=world.programme.pk)
    account = appoint("hb@example.org", "Hal Bor", "project_manager", world.project)
    assert signed_in(account).get(address(world)).status_code == 404
    own = signed_in(account).get(reverse("risk.heat_map", args=[world.project.pk])).content.decode()
    assert [count for _url, count in counts(own).values()] == [1]
    assert FOREIGN_CANARY not in own


def test_at_a_moment_of_the_past_it_is_what_it_was(world: World, signed_in: SignedIn) -> None:
    from mainstay.register.models import Change  # only here is a moment named

    held = risk(world, probability=60, cost_likely=2_000_000)
    then = Change.objects.latest("sequence").sequence
    actions.change(RiskRegister, held.pk, held.version, {"probability": 10}, Actor(world.administrator, "page"))
    client = signed_in(world.owner)
    assert list(counts(page_of(client, world))) == ["Threats, probability Low, impact High"]
    assert list(counts(page_of(client, world, f"?as_at=%23{then}"))) == ["Threats, probability High, impact High"]


def test_its_queries_do_not_grow_with_the_risks(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)

    def asked() -> int:
        with CaptureQueriesContext(connection) as held:
            page_of(client, world)
        return len(held)

    risk(world, probability=60, cost_likely=2_000_000)
    page_of(client, world)
    few = asked()
    for number in range(8):
        risk(world, probability=number + 1, cost_likely=2_000_000 * (number + 1))
    assert asked() == few


def test_an_initiatives_page_leads_to_its_map(world: World, signed_in: SignedIn) -> None:
    risk(world, probability=50, cost_likely=100_000)
    page = signed_in(world.owner).get(reverse("initiatives.initiative.detail", args=[world.programme.pk])).content.decode()
    assert address(world) in page and "£50,000" in page
    assert signed_in(world.owner).get(reverse("risk.heat_maps"))["Location"] == address(world)
