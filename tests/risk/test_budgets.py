"""Risk budgets and drawdowns: only what is held is drawn, by those who may decide, and one of two that do not fit together."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.register import actions
from mainstay.register.errors import Invalid, Refused
from mainstay.risk import drawing_down
from mainstay.risk.budget.register import RiskBudgetRegister as Budgets
from mainstay.risk.drawdown.register import DrawdownRegister as Drawdowns
from mainstay.risk.models import Drawdown, RiskBudget
from mainstay.risk.risk.register import RiskRegister as Risks
from tests.contract.worlds import World, actor


def step(register: Any, record: Any, name: str, account: Account) -> Any:
    record.refresh_from_db()
    return actions.move(register, record.pk, record.version, name, actor(account), reason="It is so.")


@pytest.fixture
def budget(world: World) -> Any:
    given = {"title": "Held", "initiative": world.programme.pk, "amount": 1000, "agreed_on": timezone.localdate()}
    return step(Budgets, actions.create(Budgets, given, actor(world.owner)), "agree", world.owner)


def asked(world: World, budget: Any, amount: int, **more: Any) -> Any:
    given = {"title": f"For {amount}", "initiative": world.programme.pk, "budget": budget.pk, "amount": amount}
    return actions.create(Drawdowns, {**given, "decided_on": timezone.localdate(), **more}, actor(world.owner))


def test_what_is_approved_leaves_and_never_more_than_is_held(world: World, budget: Any) -> None:
    first, second = asked(world, budget, 600), asked(world, budget, 500)
    step(Drawdowns, first, "approve", world.owner)
    with pytest.raises(Invalid, match="holds £1,000, and £1,100 would be drawn"):
        step(Drawdowns, second, "approve", world.owner)
    second.refresh_from_db()
    held = drawing_down.standing(RiskBudget.objects.get(pk=budget.pk), world.owner)
    assert (second.state, held.drawn, held.asked, held.remaining) == ("asked", Decimal(600), Decimal(500), Decimal(400))
    step(Drawdowns, first, "reopen", world.owner)
    assert step(Drawdowns, second, "approve", world.owner).state == "approved"


def test_a_budget_is_not_lowered_below_what_was_drawn(world: World, budget: Any) -> None:
    step(Drawdowns, asked(world, budget, 600), "approve", world.owner)
    budget.refresh_from_db()
    with pytest.raises(Invalid, match="£600 would be drawn"):
        actions.change(Budgets, budget.pk, budget.version, {"amount": 599}, actor(world.owner))


def test_who_keeps_records_asks_and_does_not_decide(world: World, budget: Any) -> None:
    keeper = world.account("programme_manager")
    made = actions.create(
        Drawdowns,
        {"title": "Asked", "initiative": world.programme.pk, "budget": budget.pk, "amount": 5, "decided_on": timezone.localdate()},
        actor(keeper),
    )
    with pytest.raises(Refused, match="Only those who may decide on the risk budget"):
        step(Drawdowns, made, "approve", keeper)
    budget.refresh_from_db()
    with pytest.raises(Invalid):
        actions.change(Budgets, budget.pk, budget.version, {"amount": 9999}, actor(keeper))
    assert Drawdown.objects.get(pk=made.pk).state == "asked"


def test_nothing_is_drawn_from_a_budget_that_is_not_held(world: World) -> None:
    proposed = actions.create(Budgets, {"title": "Not yet", "initiative": world.programme.pk, "amount": 9}, actor(world.owner))
    with pytest.raises(Refused, match="not held"):
        step(Drawdowns, asked(world, proposed, 5), "approve", world.owner)


def test_what_was_decided_is_not_written_over(world: World, budget: Any) -> None:
    made = step(Drawdowns, asked(world, budget, 600), "approve", world.owner)
    with pytest.raises(Invalid, match="Take back the decision first"):
        actions.change(Drawdowns, made.pk, made.version, {"amount": 1}, actor(world.owner))


def test_what_remains_is_told_against_what_the_reader_sees(world: World, budget: Any) -> None:
    for record in Risks.model._default_manager.filter(state="open"):
        actions.withdraw(Risks, record.pk, record.version, actor(world.administrator), reason="Not here.")
    given = {"title": "Silt", "initiative": world.project.pk, "owner": "owner@example.org", "probability": 50, "cost_likely": 3000}
    actions.create(Risks, {**given, "probability_after": 40}, actor(world.owner))
    held = drawing_down.standing(budget, world.owner)
    assert (held.expected, held.p80, held.is_short) == (Decimal(1200), None, True)
