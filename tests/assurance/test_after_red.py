"""A Red: the accounting officer first, the action plan assured again once it may be known, and nothing told to the wrong people."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mainstay.accounts.models import Account
from mainstay.assurance.models import Review
from mainstay.post.models import Message
from mainstay.register import about, work
from mainstay.register.spec import REGISTERS
from tests.assurance.conftest import SEALED, change, create, fresh, move, person_of
from tests.contract.worlds import World, actor

SignedIn = Callable[[Account | None], Client]
RED = {"rating": "red", "accounting_officer": "A. Officer", "escalated_on": "2031-02-14", "reassess_on": "2031-05-14"}


@pytest.fixture
def red(world: World, review: Review, report: Any, leader: Account) -> Any:
    change(review, world.owner, owner=person_of(world.owner))
    change(report, leader, **RED)
    return move(report, "issue", leader)


def following(review: Review) -> list[Review]:
    return list(Review.objects.filter(follows=review.pk))


def test_the_assurance_of_the_action_plan_is_proposed_once_the_red_may_be_known(
    world: World, signed_in: SignedIn, review: Review, red: Any, sro: Account
) -> None:
    assert following(review) == []  # it would tell the office that the rating is Red
    page = REGISTERS["assurance.review"].url("detail", review)
    assert "After the Red" not in signed_in(fresh(world.owner)).get(page).content.decode()
    change(red, fresh(sro), is_released=True)
    (aap,) = following(review)
    assert (aap.kind, aap.state, str(aap.window_from), str(aap.window_to)) == ("aap", "proposed", "2031-05-07", "2031-05-14")
    assert aap.source == "derived"
    told = Message.objects.get(key=f"assurance-{aap.pk}-after-red-{person_of(world.owner)}")
    assert "rated Red" in told.body
    text = signed_in(fresh(world.owner)).get(page).content.decode()
    assert "Escalated to the accounting officer, A. Officer, on 14 Feb 2031." in text.replace("\xa0", " ")
    assert aap.title in text.replace("&#x27;", "'")
    change(red, fresh(sro), is_released=False)
    change(red, fresh(sro), is_released=True)
    assert len(following(review)) == 1


def test_none_is_proposed_where_somebody_has_planned_it_or_the_day_is_over(world: World, review: Review, red: Any, sro: Account) -> None:
    values = {"title": "AAP", "initiative": review.initiative_id, "kind": "aap", "follows": review.pk, "window_to": "2031-06-01"}
    planned = create("review", world.owner, **values)
    change(red, fresh(sro), is_released=True)
    assert following(review) == [planned]
    move(planned, "cancel", world.owner, "Not needed.")
    change(red, fresh(sro), is_released=False)
    change(red, fresh(sro), escalated_on="2020-01-01", reassess_on="2020-02-01", is_released=True)
    assert following(review) == [planned]


def test_no_notification_tells_what_is_not_released(
    world: World, signed_in: SignedIn, review: Review, red: Any, recommendation: Any, sro: Account, leader: Account
) -> None:
    """Neither in the post nor among what is watched, to whoever was let in before and is no longer."""
    officer = world.account("pmo_officer")
    change(recommendation, leader, owner=person_of(officer), due_on="2020-01-01")
    for register, record in ((REGISTERS["assurance.report"], red), (REGISTERS["assurance.recommendation"], recommendation)):
        change(record, fresh(sro), is_released=True)
        about.watch(register, record.pk, actor(fresh(officer)))
        change(record, fresh(sro), is_released=False)
    change(red, fresh(sro), conclusion=f"More {SEALED}")
    change(recommendation, leader, progress=f"More {SEALED}")
    assert [task.record for task in work.changed_since_seen(fresh(officer))] == []
    assert SEALED not in signed_in(fresh(officer)).get("/").content.decode()
    assert not Message.objects.filter(body__contains=SEALED).exists()
    assert not Message.objects.filter(subject__contains=SEALED).exists()
    assert review.rating == ""
