"""Appetite by level and dimension, escalation to the level above and back, and who sees what of it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.initiatives.standard.register import StandardRegister
from mainstay.post.models import Message
from mainstay.register import actions
from mainstay.register.access import visible_to
from mainstay.register.errors import Invalid, Refused
from mainstay.register.models import Change
from mainstay.risk import appetite
from mainstay.risk.models import Risk
from mainstay.risk.risk.register import RiskRegister as Risks
from tests.contract.worlds import World, actor, appoint

SignedIn = Callable[[Account | None], Client]


@pytest.fixture
def manager(world: World) -> Account:
    """Of the project alone: what lies above is not theirs."""
    return appoint("pm@example.org", "Pim Em", "project_manager", world.project)


@pytest.fixture
def risk(world: World, manager: Account) -> Any:
    given = {
        "title": "Silt", "initiative": world.project.pk, "owner": "pm@example.org", "probability": 50, "cost_low": 100, "cost_likely": 200,
        "cost_high": 300, "days_likely": 8, "activities": "HB-1100, OTT:X1", "response": "reduce",
    }  # fmt: skip
    return actions.create(Risks, given, actor(manager))


def move(record: Any, name: str, account: Account, reason: str = "It is so.") -> Any:
    record.refresh_from_db()
    return actions.move(Risks, record.pk, record.version, name, actor(account), reason=reason)


def limits(world: World, name: str, place: Any, **value: int) -> Any:
    given = {"title": name, "kind": "threshold", "name": name, "value": value, "initiative": place.pk}
    return actions.create(StandardRegister, given, actor(world.owner))


def test_the_level_above_keeps_a_record_and_the_original_waits(world: World, manager: Account, risk: Any) -> None:
    programme_manager = appoint("above@example.org", "Abe Ove", "programme_manager", world.programme)
    move(risk, "escalate", manager, "More than we may bear.")
    risk.refresh_from_db()
    raised: Any = Risk.objects.get(escalated_from=risk)
    assert (risk.state, raised.state, raised.initiative, raised.owner.email) == ("escalated", "open", world.programme, "above@example.org")
    assert (raised.probability, raised.cost_likely, raised.response_list) == (50, 200, "prince2")
    assert raised.activity_codes == [f"{world.project.code}:HB-1100", "OTT:X1"]
    assert Message.objects.get(key__startswith=f"risk-{risk.pk}-escalated").to == "above@example.org"
    assert visible_to(programme_manager, Risks).filter(pk=risk.pk).exists()
    assert not visible_to(manager, Risks).filter(pk=raised.pk).exists()
    assert Change.objects.filter(register="risk.risk", record_id=raised.pk, verb="create").count() == 1


def test_what_counts_counts_once(world: World, manager: Account, risk: Any) -> None:
    before = Risk.objects.filter(state="open").count()
    move(risk, "escalate", manager)
    assert Risk.objects.filter(state="open").count() == before


@pytest.mark.parametrize(("step", "state"), [("delegate", "open"), ("close", "closed"), ("occur", "occurred")])
def test_what_is_decided_above_comes_back(world: World, manager: Account, risk: Any, step: str, state: str) -> None:
    move(risk, "escalate", manager)
    raised: Any = Risk.objects.get(escalated_from=risk)
    move(raised, step, world.owner, "The board has said so.")
    risk.refresh_from_db()
    assert risk.state == state
    last = Change.objects.filter(register="risk.risk", record_id=risk.pk).order_by("-sequence")[0]
    assert (last.verb, last.before, last.after) == (step, {"state": "escalated"}, {"state": state})
    assert "board" not in last.reason
    if step == "close":
        move(raised, "reopen", world.owner)
        risk.refresh_from_db()
        assert risk.state == "escalated"


def test_the_page_below_names_nothing_from_above(manager: Account, risk: Any, signed_in: SignedIn) -> None:
    move(risk, "escalate", manager)
    raised: Any = Risk.objects.get(escalated_from=risk)
    Risk.objects.filter(pk=raised.pk).update(ref="R-987")
    page = signed_in(manager).get(Risks.url("detail", risk)).content.decode()
    assert "It counts at the level above" in page
    assert "R-987" not in page
    assert signed_in(manager).get(Risks.url("detail", raised)).status_code == 404


def test_there_is_a_top_and_nothing_to_hand_back(world: World, risk: Any) -> None:
    top = world.record(Risks)
    for record, step in ((top, "escalate"), (risk, "delegate")):
        with pytest.raises(Refused):
            move(record, step, world.owner)


def test_appetite_is_of_a_level_and_a_dimension(world: World, risk: Any) -> None:
    limits(world, "risk-appetite", world.programme, cost_appetite=50, cost_tolerance=90, time_appetite=5, time_tolerance=9)
    limits(world, "risk-appetite-project", world.programme, cost_appetite=90, cost_tolerance=100)
    held: Any = appetite.limits_of([world.programme, world.project])
    assert (held[world.programme.pk]["cost"].tolerance, held[world.project.pk]["cost"].tolerance) == (90, 100)
    assert held[world.project.pk]["time"].tolerance == 9
    found: Any = {one.limit.dimension: one for one in appetite.positions(risk, held[world.project.pk])}
    assert (found["cost"].before, found["cost"].place, found["time"].after, found["time"].place) == (100, "over", 4, "within")
    risk.probability_after = Decimal(51)
    assert appetite.worst(appetite.positions(risk, held[world.project.pk])) == "beyond"


def test_a_score_stands_against_the_dimension_that_it_is_of(world: World, risk: Any) -> None:
    limits(world, "risk-appetite", world.programme, safety_appetite=4, safety_tolerance=8)
    held = appetite.limits_of([world.project])[world.project.pk]
    risk.likelihood, risk.impact, risk.dimension = 3, 3, "Safety"
    assert [one.place for one in appetite.positions(risk, held)] == ["beyond"]
    risk.dimension = "reputation"
    assert appetite.positions(risk, held) == []


@pytest.mark.parametrize("value", [{"cost_appetite": 5}, {"cost_appetite": 5, "cost_tolerance": 4}, {"cost": 5}])
def test_half_an_appetite_is_refused(world: World, value: dict[str, int]) -> None:
    with pytest.raises(Invalid, match="Appetite is written"):
        limits(world, "risk-appetite", world.programme, **value)


def test_the_page_counts_what_its_reader_sees(world: World, manager: Account, risk: Any, signed_in: SignedIn) -> None:
    limits(world, "risk-appetite", world.programme, cost_appetite=10, cost_tolerance=20)
    page = signed_in(manager).get(reverse("risk.appetite", args=[world.project.pk]))
    assert [(entry["risk"].pk, bool(entry["raise_url"])) for entry in page.context["beyond"]] == [(risk.pk, True)]
    for account, status in ((world.member, 200), (world.stranger, 404), (world.nobody, 404)):
        assert signed_in(account).get(reverse("risk.appetite", args=[world.programme.pk])).status_code == status
    assert signed_in(manager).get(reverse("risk.appetite", args=[world.programme.pk])).status_code == 404
