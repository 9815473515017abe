"""An assessment does not outlive what it was made for: the cost across the threshold, or a form that is superseded."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.assurance.assessment.chain import takers
from mainstay.assurance.triage import scoring, shipped, thresholds
from mainstay.assurance.triage.needing import crossing
from mainstay.post.models import Message
from mainstay.register.models import Change
from mainstay.register.spec import REGISTERS
from tests.assurance.conftest import change, create, fresh, move, person_of
from tests.contract.worlds import World, actor

SignedIn = Callable[[Account | None], Client]
RULE = thresholds.rule_of(date(2026, 1, 1))


@pytest.mark.parametrize(
    ("then", "now", "crosses"),
    [(4_999_999, 5_000_000, True), (5_000_000, 4_999_999, True), (4_000_000, 4_999_999, False), (5_000_000, 9_000_000, False),
     (None, 9_000_000, False), (4_000_000, None, False)],
)  # fmt: skip
def test_the_threshold_of_northern_ireland_is_crossed_at_five_million(then: int | None, now: int | None, crosses: bool) -> None:
    told = crossing(None if then is None else Decimal(then), None if now is None else Decimal(now), RULE)
    assert bool(told) is crosses
    assert not crosses or "across the threshold of £5,000,000" in told


@pytest.fixture
def completed(world: World) -> Any:
    """Completed while the approved budget was four million, which stays with it."""
    world.project.refresh_from_db()
    change(world.project, world.administrator, budget="4000000")
    bank = move(shipped.take("rpa-ni", world.programme.pk, actor(world.owner)), "use", world.owner)
    content = scoring.written(bank.form, {one.code: scoring.Answer(one.code, 2, "Small.") for one in bank.form.questions})
    values = {"title": "At start", "initiative": world.project.pk, "bank": bank.pk, "owner": person_of(world.owner), "content": content}
    made = create("assessment", world.owner, **values)
    return move(made, "complete", world.owner)


def test_a_cost_across_the_threshold_opens_it_again_and_says_so(world: World, signed_in: SignedIn, completed: Any) -> None:
    assert completed.whole_life_cost == 4_000_000
    change(world.project, world.administrator, budget="4900000")
    completed.refresh_from_db()
    assert completed.state == "completed"
    change(world.project, world.administrator, budget="6100000")
    completed.refresh_from_db()
    assert (completed.state, completed.completed_by, completed.whole_life_cost) == ("draft", "", None)
    told = Change.objects.get(register="assurance.assessment", record_id=completed.pk, verb="return")
    assert told.reason.startswith("Its cost was £4,000,000 when it was assessed and is £6,100,000 now")
    assert takers(REGISTERS["assurance.assessment"], completed) == set()
    assert Message.objects.filter(key__startswith=f"assurance-assessment-{completed.pk}-again-").count() == 1
    page = reverse("assurance.triage", args=[world.programme.pk])
    assert "is £6,100,000 now" in signed_in(fresh(world.owner)).get(page).content.decode()
    assert move(completed, "complete", world.owner).whole_life_cost == 6_100_000
    assert "is £6,100,000 now" not in signed_in(fresh(world.owner)).get(page).content.decode()


def test_a_superseded_form_is_said_on_the_page(world: World, signed_in: SignedIn, completed: Any) -> None:
    page = reverse("assurance.triage", args=[world.programme.pk])
    assert "has superseded" not in signed_in(fresh(world.owner)).get(page).content.decode()
    values = {"title": "Form of 2027", "initiative": world.programme.pk, "content": completed.bank.content, "replaces": completed.bank_id}
    move(create("bank", world.owner, **values), "use", world.owner)
    text = signed_in(fresh(world.owner)).get(page).content.decode()
    assert "Form of 2027 has superseded: assess it on that one." in text
