"""A map of many risks, counted by the database, says what the one says that is worked out risk by risk."""

import random
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mainstay.register import actions
from mainstay.register.history import Actor
from mainstay.risk import heat_counts, heat_map, scales
from mainstay.risk.heat_map import Cell, View
from mainstay.risk.models import Risk
from mainstay.risk.pages import heat as pages
from mainstay.risk.risk.register import RiskRegister
from tests.contract.worlds import World
from tests.risk.test_heat_map import SignedIn, counts, page_of

pytestmark = pytest.mark.django_db
COUNT = 120


def made_up(dice: random.Random, world: World, number: int) -> dict[str, Any]:
    """A risk of which any value may be missing, with costs that no division leaves whole."""
    likely = dice.choice((1, 7, 249_999, 250_000, 1_000_001, 40_000_000))
    told = {
        "probability": dice.choice((0, 5, "5.01", 20, 50, "50.01", 100)),
        "probability_after": dice.choice((0, 10, 60)),
        "cost_low": likely // 2,
        "cost_likely": likely,
        "cost_high": likely * 2,
        "cost_after": dice.choice((0, 100_000)),
        "days_likely": dice.choice((1, "10.1", 500)),
        "days_after": 3,
        "response_cost": dice.choice((0, 12_345)),
    }
    kept = {name: value for name, value in told.items() if dice.random() < 0.8}
    nature = dice.choice(("threat", "threat", "opportunity"))
    return {"title": f"Risk {number}", "initiative": world.project.pk, "owner": world.owner.person.pk, "nature": nature, **kept}


@pytest.fixture
def risks(world: World) -> list[Risk]:
    Risk.objects.update(state="closed")
    dice = random.Random(7)
    rows = [made_up(dice, world, number) for number in range(COUNT)]
    made: list[Risk] = actions.create_many(RiskRegister, rows, Actor(world.administrator, "page"))
    return made


def told(cells: list[Cell]) -> dict[str, int]:
    return {cell.key: cell.count for cell in cells if cell.count}


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("impact", ["cost", "days"])
def test_both_ways_agree(world: World, risks: list[Risk], impact: str, after: bool) -> None:
    view, place = View(impact, after), world.programme
    steps = scales.scale_for(place, scales.PROBABILITY), scales.scale_for(place, pages.IMPACTS[impact])
    read = heat_map.open_risks(place, world.owner, None)
    laid, sums = heat_map.lay_out(read, view, *steps), heat_map.totals(read)
    rows = heat_map.open_now(place, world.owner)
    counted, added = heat_counts.counted(rows, view, *steps)
    assert len(read) == COUNT == added.count
    assert told(counted.cells) == told(laid.cells)
    assert added.spent == sums.spent
    for part, other in ((added.before, sums.before), (added.after, sums.after)):
        assert abs(part.threats - other.threats) < Decimal("0.01") * COUNT
        assert abs(part.opportunities - other.opportunities) < Decimal("0.01") * COUNT
    assert added.before.priced == sums.before.priced
    placed = heat_counts.placed(rows, view, *steps)
    assert {row.pk for row in pages.read(placed, None, True)[1]} == {row.pk for row in laid.unplaced}
    assert added.count - sum(cell.count for cell in counted.cells) == len(laid.unplaced)
    for cell in laid.cells:
        assert {row.pk for row in pages.read(placed, cell, True)[0]} == {row.pk for row in cell.risks}


def test_the_page_of_many_says_what_the_page_of_few_says(
    world: World, signed_in: SignedIn, risks: list[Risk], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(world.owner)
    few = page_of(client, world)
    monkeypatch.setattr(pages, "MOST_READ", 0)
    many = page_of(client, world)
    assert counts(many) == counts(few)
    assert "Not on the map" in many


def test_the_list_of_maps_counts_what_lies_below(world: World, risks: list[Risk]) -> None:
    threats, opportunities = pages.counts(world.administrator)
    good = sum(risk.nature == "opportunity" for risk in risks)
    for place in (world.project, world.programme):
        assert (threats[place.pk], opportunities[place.pk]) == (COUNT - good, good)
    assert sum(pages.counts(world.stranger)[0].values()) == 0


def test_many_risks_are_asked_for_in_the_queries_of_few(
    world: World, signed_in: SignedIn, risks: list[Risk], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, asked = signed_in(world.owner), []
    monkeypatch.setattr(pages, "MOST_READ", 0)
    page_of(client, world)
    pages.counts(world.owner)
    for count in (5, COUNT):
        Risk.objects.update(state="closed")
        Risk.objects.filter(pk__in=[risk.pk for risk in risks[:count]]).update(state="open", probability=50, cost_likely=7)
        with CaptureQueriesContext(connection) as page:
            page_of(client, world)
        with CaptureQueriesContext(connection) as listed:
            pages.counts(world.owner)
        asked.append((len(page), len(listed)))
    assert asked[0] == asked[1]
