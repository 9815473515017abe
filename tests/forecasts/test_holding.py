"""What is held for risks: from the day it was agreed, less what was drawn from the day that was decided, for those who may see it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from mainstay.forecasts import charting, holding
from mainstay.forecasts.findings import Reserve
from mainstay.initiatives.models import Initiative
from mainstay.register import actions
from mainstay.risk.budget.register import RiskBudgetRegister as Budgets
from mainstay.risk.drawdown.register import DrawdownRegister as Drawdowns
from tests.contract.worlds import World, actor

TODAY = timezone.localdate()


def made(world: World, register: Any, move: str, **values: Any) -> Any:
    given = {"title": "For risks", "initiative": world.programme.pk, **values}
    record = actions.create(register, given, actor(world.owner))
    return actions.move(register, record.pk, record.version, move, actor(world.owner)) if move else record


def test_held_is_what_was_agreed_less_what_was_drawn(world: World) -> None:
    agreed, drawn = TODAY - timedelta(days=90), TODAY - timedelta(days=20)
    budget = made(world, Budgets, "agree", amount=9_000_000, agreed_on=agreed)
    made(world, Budgets, "", amount=5_000_000, agreed_on=agreed)  # only proposed
    made(world, Drawdowns, "approve", budget=budget.pk, amount=2_000_000, decided_on=drawn)
    made(world, Drawdowns, "", budget=budget.pk, amount=3_000_000)  # only asked for
    made(world, Drawdowns, "approve", budget=budget.pk, amount=500_000, decided_on=agreed - timedelta(days=3))
    place = Initiative.objects.get(pk=world.programme.pk)
    assert holding.held_over_time(place, world.owner) == [(agreed, 8_500_000.0), (drawn, 6_500_000.0)]
    assert holding.held_over_time(place, world.stranger) == []


def reserve(months: int) -> Reserve:
    return Reserve(day=TODAY + timedelta(days=30 * months), days=10.0, days_error=1.0, money=4e6 - 1e6 * months, money_error=1e5, risks=3)


def test_the_chart_steps_with_what_is_held_and_its_table_says_it() -> None:
    months = [reserve(k) for k in range(3)]
    levels = [(TODAY - timedelta(days=90), 9e6), (TODAY + timedelta(days=40), 6e6)]
    chart = charting.drawdown(months, [], levels, by_days=False)
    assert chart is not None
    held = chart["data"]["series"][-1]
    assert [value for _day, value in held["points"]] == [9.0, 6.0, 6.0]
    assert chart["data"]["lines"] == []
    assert [row[-1] for row in chart["table"]["rows"]] == ["9.00", "9.00", "6.00"]


def test_the_axis_ends_on_a_round_tick_above_all_that_it_shows() -> None:
    tops = {most: charting.round_top(most) for most in (0.7, 1.2, 3.3, 7.5, 21.9, 37.6, 99, 100)}
    assert tops == {0.7: 0.8, 1.2: 1.4, 3.3: 3.5, 7.5: 8.0, 21.9: 25.0, 37.6: 40.0, 99: 110.0, 100: 120.0}
