"""What an initiative has held for its risks, by the registers of risk budgets and drawdowns: agreed amounts less what has been drawn."""

from collections.abc import Iterator
from datetime import date
from itertools import accumulate

from mainstay.accounts.models import Account
from mainstay.initiatives.models import Initiative
from mainstay.register.access import visible_to
from mainstay.risk.budget.register import RiskBudgetRegister
from mainstay.risk.drawdown.register import DrawdownRegister


def held_over_time(initiative: Initiative, account: Account | None) -> list[tuple[date, float]]:
    """Day and pounds held from it on, in order; of the budgets of exactly this initiative, as far as the account sees them."""
    changes: dict[date, float] = {}
    for day, amount in movements(initiative, account):
        changes[day] = changes.get(day, 0.0) + amount
    return list(zip(sorted(changes), accumulate(changes[day] for day in sorted(changes)), strict=True))


def movements(initiative: Initiative, account: Account | None) -> Iterator[tuple[date, float]]:
    budgets = visible_to(account, RiskBudgetRegister).filter(
        initiative=initiative.pk, state="held", is_withdrawn=False, agreed_on__isnull=False
    )
    held = {pk: (day, float(amount)) for pk, day, amount in budgets.values_list("pk", "agreed_on", "amount")}
    yield from held.values()
    drawn = visible_to(account, DrawdownRegister).filter(budget__in=held, state="approved", is_withdrawn=False, decided_on__isnull=False)
    for budget, day, amount in drawn.values_list("budget", "decided_on", "amount"):
        # A drawdown decided before the budget was agreed anew has left what is held from that day on.
        yield max(day, held[budget][0]), -float(amount)
