"""Whom a commission asks where they are many: all directly below a place are one choice, and a paused initiative is left out."""

from collections.abc import Callable

import pytest
from django.test import Client

from mainstay.accounts.models import Account
from mainstay.initiatives.models import Initiative
from mainstay.reporting.cycle import choosing, commissioning
from mainstay.reporting.definition.model import Definition
from mainstay.reporting.models import Commission
from tests.contract.worlds import World

SignedIn = Callable[[Account | None], Client]


@pytest.fixture
def definition(world: World, monkeypatch: pytest.MonkeyPatch) -> Definition:
    """One whose initiatives are more than are chosen one by one."""
    monkeypatch.setattr(choosing, "ONE_BY_ONE", 0)
    return Definition.objects.get(state="in_use", initiative=world.programme)


def form(**told: object) -> dict[str, object]:
    return {"do": "commission", "period_from": "2026-11-01", "period_to": "2026-11-30", "name": "November 2026", "once": "x", **told}


def test_the_page_counts_what_lies_below_each_place(world: World, signed_in: SignedIn, definition: Definition) -> None:
    asked = commissioning.candidates(definition, world.owner)
    (group,) = choosing.groups(asked, world.owner)
    assert (group.place, group.count, group.paused) == (world.programme, len(asked), 0)
    assert group.without_supplier == sum(one.supplier is None for one in asked)
    Initiative.objects.filter(pk=asked[0].initiative.pk).update(state="paused")
    (group,) = choosing.groups(commissioning.candidates(definition, world.owner), world.owner)
    assert (group.count, group.paused) == (len(asked) - 1, 1)
    page = signed_in(world.owner).get(f"/reporting/commissioning/{definition.pk}/").content.decode()
    assert f'name="below" value="{world.programme.pk}"' in page
    assert 'name="initiatives"' not in page


def test_a_place_stands_for_all_directly_below_it(world: World, signed_in: SignedIn, definition: Definition) -> None:
    client, asked = signed_in(world.owner), commissioning.candidates(definition, world.owner)
    url = f"/reporting/commissioning/{definition.pk}/"
    answer = client.post(url, form(below=[str(world.programme.pk)]))
    assert answer.status_code == 302
    made = Commission.objects.latest("pk")
    assert set(made.returns.values_list("initiative", flat=True)) == {one.initiative.pk for one in asked}


def test_another_place_gives_nobody(world: World, signed_in: SignedIn, definition: Definition) -> None:
    client, count = signed_in(world.owner), Commission.objects.count()
    for below in (["9999999"], ["nonsense"], [str(world.other.parent_id or 0)], []):
        answer = client.post(f"/reporting/commissioning/{definition.pk}/", form(below=below))
        assert answer.status_code == 422
    assert Commission.objects.count() == count
    assert signed_in(world.stranger).get(f"/reporting/commissioning/{definition.pk}/").status_code == 404
