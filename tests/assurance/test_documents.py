"""Documents of a review: the checklist asked for once, given with evidence, judged by others, and settled before the review is closed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.assurance import lists
from mainstay.assurance.document import asking
from mainstay.assurance.lists import gates
from mainstay.assurance.models import Document, Review
from mainstay.post.models import Message
from mainstay.register import about, actions
from mainstay.register.errors import Refused
from mainstay.register.spec import REGISTERS
from tests.assurance.conftest import change, create, fresh, move, person_of
from tests.contract import worlds
from tests.contract.worlds import World, actor

SignedIn = Callable[[Account | None], Client]
DOCUMENT = REGISTERS["assurance.document"]


@pytest.fixture
def manager(world: World) -> Account:
    return worlds.appoint("manager@example.org", "Mana Ger", "project_manager", world.project)


def test_every_checklist_names_known_types_and_roles_and_each_item_once() -> None:
    from mainstay.initiatives.roles import ROLES  # what a list names is looked up

    data = lists.told("gates")
    assert set(data["types"]) <= set(lists.review_types())
    for name in lists.review_types():
        items = gates.shipped(name)
        assert len({item.key for item in items}) == len(items) >= 4
        assert {item.role for item in items} <= set(ROLES)
        assert all(len(item.key) <= 40 and item.before > 0 for item in items)
    steps = {key: {step.value for step in _scale(key).steps} for key in data["passes"]}
    assert all(set(passing) < steps[key] and "red" not in passing for key, passing in data["passes"].items())


def _scale(key: str) -> Any:
    from mainstay.initiatives import scale as scales  # the same

    return scales.of(key)


def test_the_checklist_is_asked_for_once_of_whoever_holds_the_role(
    world: World, signed_in: SignedIn, review: Review, manager: Account, sro: Account
) -> None:
    client = signed_in(world.owner)
    for _twice in range(2):
        assert client.post(reverse("assurance.ask", args=[review.pk])).status_code == 302
    rows = {row.item: row for row in Document.objects.filter(review=review.pk)}
    assert set(rows) == {item.key for item in gates.shipped("gate-2")}
    assert rows["gate-2:plan"].owner_id == person_of(manager)
    assert rows["gate-2:case"].owner_id == person_of(sro)
    assert rows["gate-2:case"].due_on == date(2031, 1, 27)  # fourteen days before 10 February 2031
    (told,) = Message.objects.filter(to="manager@example.org")  # one message, however many documents and presses
    assert "Requirements that go to the market (27 Jan 2031)" in told.body
    page = client.get(DOCUMENT.url("detail", rows["gate-2:case"])).content.decode()
    assert "Outline business case" in page
    assert "0 of 8 settled" in client.get(REGISTERS["assurance.review"].url("detail", review)).content.decode()


def test_an_office_asks_by_its_own_list(world: World, review: Review) -> None:
    values = {"title": "Ours", "kind": "categories", "name": "checklist-gate-2", "value": ["Letter of comfort", "Site plan"]}
    create_standard = REGISTERS["initiatives.standard"]
    actions.create(create_standard, {**values, "initiative": world.programme.pk, "valid_from": "2020-01-01"}, actor(world.administrator))
    assert [item.what for item in asking.checklist(review)] == ["Letter of comfort", "Site plan"]
    own = Review(kind="own", own_type="Harbour look-in", initiative=world.project)
    assert gates.type_name(own.kind, own.own_type) == "harbour-look-in"


def asked(world: World, review: Review, manager: Account, **values: Any) -> Any:
    given = {"title": "Plan", "initiative": review.initiative_id, "review": review.pk, "owner": person_of(manager)}
    return create("document", world.owner, **given, **values)


def test_given_needs_evidence_and_somebody_else_says_that_it_is_enough(
    world: World, signed_in: SignedIn, review: Review, manager: Account, leader: Account
) -> None:
    row = asked(world, review, manager)
    with pytest.raises(Refused, match="Nothing is there yet"):
        move(row, "give", fresh(manager))
    file = about.attach(DOCUMENT, row.pk, SimpleUploadedFile("plan.txt", b"The plan."), actor(fresh(manager)))
    move(row, "give", fresh(manager))
    with pytest.raises(Refused, match="whether it is enough"):
        move(row, "accept", fresh(manager))
    assert move(row, "return", leader, "Of last year.").state == "asked"
    change(row, world.owner, location="https://files.example.org/plan")
    move(row, "give", world.owner)
    with pytest.raises(Refused, match="You gave it"):
        move(row, "accept", world.owner)
    assert move(row, "accept", leader).state == "accepted"
    # An address that is guessed: the record and its file do not exist for a stranger.
    paths = [DOCUMENT.url("detail", row), f"/api/v1/assurance/document/{row.pk}/attachments/{file.pk}"]
    told = {path: [signed_in(account).get(path).status_code for account in (world.stranger, world.nobody)] for path in paths}
    assert {code for codes in told.values() for code in codes} <= {403, 404}
    assert told[paths[0]][0] == told[paths[1]][0] == 404
    assert signed_in(fresh(world.member)).get(paths[1]).status_code == 200


def test_a_review_is_closed_once_nothing_is_open(world: World, signed_in: SignedIn, review: Review, manager: Account) -> None:
    row = asked(world, review, manager)
    Review.objects.filter(pk=review.pk).update(state="issued")
    with pytest.raises(Refused, match=f"still asked for: {row.ref}"):
        move(review, "close", world.owner)
    move(row, "miss", fresh(manager), "The quarry keeps no such plan.")
    page = signed_in(world.owner).get(REGISTERS["assurance.review"].url("detail", review)).content.decode()
    assert "The quarry keeps no such plan." in page
    assert move(review, "close", world.owner).state == "closed"
    review.refresh_from_db()
    with pytest.raises(Refused, match="asks for nothing more"):
        asking.ask(review, actor(world.owner))


def test_nobody_outside_asks(world: World, signed_in: SignedIn, review: Review) -> None:
    for account in (world.stranger, world.member):
        answer = signed_in(account).post(reverse("assurance.ask", args=[review.pk]))
        assert answer.status_code in (403, 404)
    assert not Document.objects.filter(review=review.pk).exists()


def test_earlier_recommendations_are_carried_and_answered(
    world: World, signed_in: SignedIn, review: Review, recommendation: Any, sro: Account
) -> None:
    next_one = create("review", world.owner, title="Gate 3", initiative=review.initiative_id, kind="gate-3", window_to="2031-09-30")
    Review.objects.filter(pk=review.pk).update(state="issued")
    path = reverse("assurance.carry", args=[next_one.pk])
    signed_in(world.owner).post(path)
    recommendation.refresh_from_db()
    assert recommendation.carried_into_id is None  # not released: the office does not reach it
    change(recommendation, fresh(sro), is_released=True)
    assert signed_in(fresh(world.owner)).post(path).status_code == 302
    recommendation.refresh_from_db()
    assert recommendation.carried_into_id == next_one.pk
    Review.objects.filter(pk=next_one.pk).update(state="issued")
    with pytest.raises(Refused, match="without a finding"):
        move(next_one, "close", fresh(world.owner))
    change(recommendation, fresh(sro), carried_as="in_progress")
    assert move(next_one, "close", fresh(world.owner)).state == "closed"
