"""A gate holds a stage back until its review has passed, or somebody who may has waived it: through every door."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mainstay.accounts.models import Account
from mainstay.assurance.models import Review
from mainstay.register import actions
from mainstay.register.errors import Invalid, Refused
from mainstay.register.spec import REGISTERS
from tests.assurance.conftest import SEALED, change, create, fresh, move
from tests.contract.worlds import World, actor

SignedIn = Callable[[Account | None], Client]
INITIATIVE = REGISTERS["initiatives.initiative"]


@pytest.fixture
def stage(world: World) -> Any:
    values = {"code": "SCR-HB-3", "title": "Construction", "kind": "stage", "parent": world.project.pk}
    return actions.create(INITIATIVE, values, actor(world.administrator))


@pytest.fixture
def gate(world: World, stage: Any, review: Review) -> Any:
    return create("gate", world.owner, title="Before construction", initiative=stage.pk, review=review.pk)


def begin(stage: Any, account: Account) -> Any:
    return move(stage, "deliver", account)


def rate(review: Review, rating: str, scale: str = "dca-3/1") -> None:
    """As it stands once the report is released."""
    Review.objects.filter(pk=review.pk).update(state="issued", rating=rating, rating_scale=scale)


def test_a_stage_waits_for_its_gate(world: World, signed_in: SignedIn, stage: Any, gate: Any, review: Review, sro: Account) -> None:
    def refused(match: str) -> None:
        with pytest.raises(Invalid, match=match):
            begin(stage, world.owner)
        with pytest.raises(Refused, match=match if "Nothing" not in match else ""):
            move(gate, "open", fresh(sro))

    refused("has not been held and issued")
    Review.objects.filter(pk=review.pk).update(state="issued")
    refused("has not been released")
    rate(review, "red")
    refused("rated Red on .* which does not pass")
    rate(review, "amber-red", "dca-5/1")
    refused("does not pass")
    rate(review, "amber")
    page = signed_in(fresh(world.member)).get(INITIATIVE.url("detail", stage)).content.decode()
    assert gate.ref in page
    with pytest.raises(Invalid, match="whoever decides opens it"):
        begin(stage, world.owner)
    move(gate, "open", fresh(sro))
    assert begin(stage, world.owner).state == "delivery"


def test_an_open_condition_holds_it_and_what_is_not_released_does_not_show(
    world: World, stage: Any, gate: Any, review: Review, recommendation: Any, sro: Account
) -> None:
    change(recommendation, fresh(sro), priority="critical")
    rate(review, "amber")
    move(gate, "open", fresh(sro))  # the condition is not released: nothing of it shows through
    change(recommendation, fresh(sro), is_released=True)
    with pytest.raises(Invalid, match=f"Conditions of .* are open: {recommendation.ref}") as caught:
        begin(stage, world.owner)
    assert SEALED not in str(caught.value)
    change(recommendation, fresh(sro), priority="recommended")
    assert begin(stage, world.owner).state == "delivery"


def test_a_waiver_needs_authority_and_reason(world: World, stage: Any, gate: Any, sro: Account) -> None:
    officer = world.account("pmo_officer")
    with pytest.raises(Refused, match="Only whoever decides here"):
        move(gate, "waive", officer)
    with pytest.raises(Invalid, match="decide"):
        change(gate, officer, waived_why="We are late.")
    with pytest.raises(Invalid, match="Authority, Why waived"):
        move(gate, "waive", fresh(sro))
    change(gate, fresh(sro), authority="Programme board", waived_why="Winter closes the harbour in eight days.")
    waived = move(gate, "waive", fresh(sro))
    assert (waived.state, waived.waived_by) == ("waived", sro.name)
    assert begin(stage, world.owner).state == "delivery"
    assert move(gate, "close", fresh(sro), "The board took it back.").waived_by == ""


def test_no_door_leads_past_a_gate(world: World, signed_in: SignedIn, stage: Any, gate: Any) -> None:  # the gate stands
    client = signed_in(world.administrator)
    path = f"/api/v1/initiatives/initiative/{stage.pk}/moves/deliver"
    answer = client.post(path, {"version": stage.version}, content_type="application/json")
    if answer.status_code == 404:
        pytest.fail(f"{path} is no address of the API: the test looks at nothing.")
    stage.refresh_from_db()
    assert (answer.status_code, stage.state) == (422, "proposed")
    assert "is closed" in answer.content.decode()
    assert move(stage, "define", world.administrator).state == "definition"  # planning ahead is free


def test_an_initiative_without_a_gate_is_free(world: World, stage: Any) -> None:
    assert begin(stage, world.owner).state == "delivery"
