"""Workshops: scores are private until revealed, revealed once, and what is agreed is written with its reason."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.register import actions
from mainstay.register.errors import Invalid, NotFound, Refused
from mainstay.register.models import Change
from mainstay.risk import scoring
from mainstay.risk.models import WorkshopRisk, WorkshopScore
from mainstay.risk.workshop.register import WorkshopRegister as Workshops
from tests.contract.worlds import World, actor

SignedIn = Callable[[Account | None], Client]


@pytest.fixture
def workshop(world: World) -> Any:
    return world.record(Workshops)


@pytest.fixture
def item(world: World, workshop: Any) -> Any:
    scoring.choose(workshop, [*world.mine["risk.risk"], *world.theirs["risk.risk"]], world.owner)
    return WorkshopRisk.objects.get(workshop=workshop, is_current=True)


def give(item: Any, account: Account, probability: float, cost: float = 100) -> Any:
    return scoring.score(item.pk, {"probability": probability, "cost_likely": cost}, account)


def test_only_what_its_facilitator_may_see_is_put_before_it(world: World, workshop: Any, item: Any) -> None:
    held = set(workshop.items.values_list("risk", flat=True))
    assert held == set(world.mine["risk.risk"])
    with pytest.raises(Refused):
        scoring.choose(workshop, [], world.member)
    with pytest.raises(NotFound):
        give(item, world.stranger, 10)


def test_nobody_sees_a_score_before_it_is_revealed(world: World, workshop: Any, item: Any, signed_in: SignedIn) -> None:
    give(item, world.member, 77.25)
    url = reverse("risk.session", args=[workshop.pk])
    before = signed_in(world.owner).get(url).content.decode()
    assert "77.25" not in before
    assert "1 participant has scored" in before
    assert "77.25" in signed_in(world.member).get(url).content.decode()
    scoring.reveal(item.pk, world.owner)
    after = signed_in(world.owner).get(url).content.decode()
    assert "77.25" in after
    assert world.member.name not in after


def test_of_two_who_reveal_one_does_it(world: World, item: Any, signed_in: SignedIn) -> None:
    give(item, world.member, 20)
    url = reverse("risk.session_take", args=[item.pk, "reveal"])
    answers = [signed_in(account).post(url) for account in (world.owner, world.administrator)]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert "revealed already" in answers[1].content.decode()
    late = signed_in(world.member).post(reverse("risk.session_take", args=[item.pk, "score"]), {"what": "score", "probability": "90"})
    assert late.status_code == 422
    assert WorkshopScore.objects.get(item=item).probability == 20
    assert signed_in(world.member).post(url).status_code == 403
    assert signed_in(world.stranger).post(url).status_code == 404


def test_one_participant_has_one_score_and_may_change_it(world: World, item: Any) -> None:
    give(item, world.member, 20)
    give(item, world.member, 30)
    give(item, world.owner, 50)
    assert [row.probability for row in item.scores.all()] == [30, 50]
    found: Any = scoring.spreads(item.workshop, item.scores.all())[0]
    assert (found.values, found.middle, found.texts) == ([30, 50], Decimal(40), ("30", "40", "50", "30, 50"))


@pytest.mark.parametrize("values", [{"probability": "101"}, {"probability": "-1"}, {"cost_likely": "-5"}, {"probability": "x"}, {}])
def test_what_cannot_be_a_score_is_refused(world: World, item: Any, values: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        scoring.score(item.pk, values, world.member)
    assert not WorkshopScore.objects.exists()


def test_what_is_agreed_is_written_with_the_spread_as_its_reason(world: World, item: Any, signed_in: SignedIn) -> None:
    give(item, world.member, 20)
    give(item, world.owner, 60)
    url = reverse("risk.session_take", args=[item.pk, "agree"])
    assert signed_in(world.owner).post(url, {"version": item.risk.version, "probability": "35"}).status_code == 422
    scoring.reveal(item.pk, world.owner)
    assert signed_in(world.owner).post(url, {"version": item.risk.version + 1, "probability": "35"}).status_code == 409
    assert signed_in(world.owner).post(url, {"version": item.risk.version, "probability": "350"}).status_code == 422
    assert signed_in(world.owner).post(url, {"version": item.risk.version, "probability": "35"}).status_code == 302
    item.risk.refresh_from_db()
    last = Change.objects.filter(register="risk.risk", record_id=item.risk_id).order_by("-sequence")[0]
    assert (item.risk.probability, "by 2 participants" in last.reason, "20–60" in last.reason) == (35, True, True)


def test_a_page_that_shows_what_is_past_is_told_to_load_anew(world: World, workshop: Any, item: Any, signed_in: SignedIn) -> None:
    browser = signed_in(world.member)
    mark = browser.get(reverse("risk.session", args=[workshop.pk])).context["mark"]
    url = reverse("risk.session_now", args=[workshop.pk])
    give(item, world.owner, 10)
    same = browser.get(url, {"seen": mark})
    assert ("HX-Refresh" in same.headers, "1 participant has scored" in same.content.decode()) == (False, True)
    scoring.reveal(item.pk, world.owner)
    assert browser.get(url, {"seen": mark}).headers["HX-Refresh"] == "true"
    assert signed_in(world.stranger).get(url, {"seen": mark}).status_code == 404


def test_a_closed_workshop_takes_nothing_more(world: World, workshop: Any, item: Any) -> None:
    actions.move(Workshops, workshop.pk, workshop.version, "close", actor(world.owner))
    for act in (
        lambda: give(item, world.member, 10),
        lambda: scoring.reveal(item.pk, world.owner),
        lambda: scoring.show(item.pk, world.owner),
    ):
        with pytest.raises(Invalid, match="closed"):
            act()
