"""Pages of a published portfolio: a file through its preview into the register, and what owner, member and stranger see."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.initiatives.models import Initiative
from mainstay.reporting.models import Published, PublishedFile
from mainstay.reporting.portfolio import arriving, scoring, series
from tests.contract.worlds import World
from tests.reporting.test_published import FIRST, SECOND

SignedIn = Callable[[Account | None], Client]


def send(client: Client, place: Initiative, name: str, text: str, day: str) -> PublishedFile:
    file = SimpleUploadedFile(name, text.encode("cp1252"), "text/csv")
    answer = client.post(reverse("reporting.portfolio_load", args=[place.pk]), {"file": file, "figures_on": day})
    assert answer.status_code == 302, answer.content.decode()
    return PublishedFile.objects.get(pk=int(answer.headers["Location"].rstrip("/").rpartition("/")[2]))


def test_a_file_is_previewed_and_taken_in(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    held = send(client, world.programme, "ports_2020.csv", FIRST, "2020-03-31")
    address = reverse("reporting.portfolio_file", args=[held.pk])
    shown = client.get(address).content.decode()
    assert "nothing is written yet" in shown
    assert not Published.objects.filter(publication="ports_2020").exists()
    assert client.post(address, {"do": "take"}).status_code == 302
    assert Published.objects.filter(publication="ports_2020").count() == 3
    held.refresh_from_db()
    assert (held.stage, bytes(held.content)) == ("taken", b"")
    assert client.post(address, {"do": "take"}).status_code == 302
    assert Published.objects.filter(publication="ports_2020").count() == 3


def test_doubtful_projects_wait_for_a_person(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    first = send(client, world.programme, "ports_2020.csv", FIRST, "2020-03-31")
    client.post(reverse("reporting.portfolio_file", args=[first.pk]), {"do": "take"})
    second = send(client, world.programme, "ports_2021.csv", SECOND, "2021-03-31")
    address = reverse("reporting.portfolio_file", args=[second.pk])
    refused = client.post(address, {"do": "take"})
    assert refused.status_code == 422
    assert "may be known ones" in refused.content.decode()
    assert client.post(address, {"do": "take", "is-2": "same"}).status_code == 302
    page = client.get(reverse("reporting.portfolio", args=[world.programme.pk])).content.decode()
    assert "ports_2020" in page
    assert "How ratings moved" in page
    assert "33.3" in page
    assert re.search(r'class="ms-n">–</td>', page), "what nobody publishes is no nought"
    quay = Initiative.objects.get(title="Quay Wall Programme")
    assert "Amber/Red" in client.get(reverse("initiatives.initiative.detail", args=[quay.pk])).content.decode()


def test_a_mapping_is_corrected_and_kept_for_the_next_file(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    table = "Project name;FFC;Start date\nQuay Wall;12;01/04/2020\n"
    held = send(client, world.programme, "ports_2020.csv", table, "2020-03-31")
    address = reverse("reporting.portfolio_file", args=[held.pk])
    chosen = {"do": "read", "field-0": "name", "field-1": "whole_life_cost", "field-2": "start", "unit": "1000"}
    assert client.post(address, chosen).status_code == 302
    assert client.post(address, {"do": "take"}).status_code == 302
    assert Published.objects.get(publication="ports_2020").cost == Decimal(12_000)
    after = send(client, world.programme, "ports_2021.csv", table.replace("12", "13"), "2021-03-31")
    assert client.post(reverse("reporting.portfolio_file", args=[after.pk]), {"do": "take"}).status_code == 302
    assert Published.objects.get(publication="ports_2021").cost == Decimal(13_000)


def test_the_page_of_the_past_shows_what_had_been_taken_in(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    held = send(client, world.programme, "ports_2020.csv", FIRST, "2020-03-31")
    client.post(reverse("reporting.portfolio_file", args=[held.pk]), {"do": "take"})
    page = reverse("reporting.portfolio", args=[world.programme.pk])
    assert "ports_2020" in client.get(page).content.decode()
    Published.objects.filter(publication="ports_2020").update(created_at=timezone.now() + timedelta(days=2))
    past = client.get(page, {"as_at": timezone.localdate().isoformat()}).content.decode()
    assert "ports_2020" not in past


def test_a_file_that_nobody_decides_on_is_cleared_away(world: World, signed_in: SignedIn) -> None:
    held = send(signed_in(world.owner), world.programme, "ports_2020.csv", FIRST, "2020-03-31")
    assert arriving.clear_old() == 0
    PublishedFile.objects.filter(pk=held.pk).update(at=timezone.now() - timedelta(days=15))
    assert arriving.clear_old() == 1
    held.refresh_from_db()
    assert (held.stage, bytes(held.content)) == ("discarded", b"")
    assert not Published.objects.filter(publication="ports_2020").exists()


def test_what_is_no_table_is_refused_with_a_sentence(world: World, signed_in: SignedIn) -> None:
    file = SimpleUploadedFile("menu.csv", b"Lunch;Price\nSoup;3\n", "text/csv")
    answer = signed_in(world.owner).post(reverse("reporting.portfolio_load", args=[world.programme.pk]), {"file": file})
    assert answer.status_code == 422
    assert "No row or column names projects" in answer.content.decode()
    assert not PublishedFile.objects.exists()


def test_who_sees_and_who_may_load(world: World, signed_in: SignedIn) -> None:
    held = send(signed_in(world.owner), world.programme, "ports_2020.csv", FIRST, "2020-03-31")
    page, load = (reverse(f"reporting.{name}", args=[world.programme.pk]) for name in ("portfolio", "portfolio_load"))
    file = reverse("reporting.portfolio_file", args=[held.pk])
    for account, expected in (
        (world.owner, (200, 200, 200)),
        (world.member, (200, 404, 404)),
        (world.stranger, (404, 404, 404)),
        (world.nobody, (404, 404, 404)),
        (world.administrator, (200, 200, 404)),
    ):
        client = signed_in(account)
        assert tuple(client.get(address).status_code for address in (page, load, file)) == expected
    assert signed_in(world.member).post(file, {"do": "take"}).status_code == 404


def position(scale: str, colour: str, year: int, initiative: int = 1, **values: object) -> Published:
    told = {"publication": f"p{year}", "figures_on": f"{year}-03-31", "scale": scale, "rating": colour, "initiative_id": initiative}
    made = Published(**(told | values))
    made.figures_on = made._meta.get_field("figures_on").to_python(told["figures_on"])
    return made


def test_no_figure_joins_two_scales() -> None:
    rows = [position("DCA-5", "Amber", 2020), position("DCA-5", "Amber/Red", 2021), position("DCA-3", "Amber", 2022)]
    steps = series.steps(rows)
    assert series.breaks(steps) == {2}
    assert [(each.before.name, each.after.name) for each in scoring.moves(steps)] == [("p2020", "p2021")]
    assert {each.scale for each in scoring.scored(steps)} == {"DCA-5"}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(100, 111, True), (100, 110, False), (None, 111, None), (100, None, None), (-100, 5, None), (0, 5, None)],
)
def test_a_cost_grows_where_both_are_published(before: int | None, after: int | None, expected: bool | None) -> None:
    one = position("DCA-5", "Amber", 2020, cost=None if before is None else Decimal(before))
    other = position("DCA-5", "Amber", 2021, cost=None if after is None else Decimal(after))
    assert scoring.cost_grew(one, other) is expected
    assert scoring.cost_grew(one, None) is None


def test_costs_of_different_prices_are_not_compared() -> None:
    one = position("DCA-5", "Amber", 2020, cost=Decimal(100), price_base="nominal")
    other = position("DCA-5", "Amber", 2021, cost=Decimal(150), price_base="2024/25 prices")
    assert scoring.cost_grew(one, other) is None


def test_moves_are_put_together_only_on_one_scale_and_close_by() -> None:
    told = [("DCA-5", "Amber", 2014), ("DCA-5", "Red", 2018), ("DCA-5", "Amber", 2019), ("DCA-5", "Red", 2020), ("DCA-3", "Red", 2021)]
    found = scoring.pooled(scoring.moves(series.steps([position(*each) for each in told])))
    assert [(each.scale, each.pairs) for each in found] == [("DCA-5", 2)]
    assert (found[0].counts[4][2], found[0].counts[2][4], sum(map(sum, found[0].counts))) == (1, 1, 2)


def test_publications_far_apart_are_not_followed() -> None:
    steps = series.steps([position("DCA-5", "Amber", 2014), position("DCA-5", "Red", 2018), position("DCA-5", "Red", 2019)])
    assert [(before.name, after.name) for before, after in scoring.followed(steps)] == [("p2018", "p2019")]


def test_a_sum_tells_how_much_is_not_published() -> None:
    rows = [
        position("DCA-5", "Amber", 2020, 1, cost=Decimal(15), cost_low=Decimal(10), cost_high=Decimal(20)),
        position("DCA-5", "Red", 2020, 2, cost=Decimal(5)),
        position("DCA-5", "", 2020, 3, cost_why="exempt: Section 43", rating_why="reset: Reset"),
    ]
    step = series.steps(rows)[0]
    total = step.total("cost")
    assert (total.value, total.low, total.high) == (20, 15, 25)
    assert (total.published, total.unpublished, total.absent) == (2, 1, (("exempt", 1),))
    assert (step.counts()["Amber"], step.unrated()) == (1, (("reset", 1),))
