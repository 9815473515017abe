"""What may be drawn from a risk budget, and what remains of it against what it has to bear."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register import words
from mainstay.register.access import may, visible_to
from mainstay.register.spec import REGISTERS
from mainstay.risk import heat_map
from mainstay.risk.drawdown.register import DrawdownRegister
from mainstay.risk.models import Drawdown, RiskBudget
from mainstay.risk.risk.register import RiskRegister

DECIDED = ("budget", "risk", "amount", "title", "because")
FORECASTS = "forecasts.run"
"""The register of forecasts lies above this package: it is met through the list of registers, where it is installed."""


def drawn(budget_id: int, state: str = "approved") -> Decimal:
    rows = Drawdown.objects.filter(budget=budget_id, state=state, is_withdrawn=False)
    return rows.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def drawdown_fits(record: Any, account: Account | None) -> Iterator[tuple[str, str]]:  # noqa: ARG001  # the signature of a rule
    """Asked after the write, while nobody else writes: approved drawdowns never exceed their budget."""
    if record.state == "approved" and not record.is_withdrawn:
        yield from over(record.budget)


def budget_covers(record: Any, account: Account | None) -> Iterator[tuple[str, str]]:  # noqa: ARG001  # the signature of a rule
    yield from over(record)


def over(budget: RiskBudget) -> Iterator[tuple[str, str]]:
    used = drawn(budget.pk)
    if used > budget.amount:
        yield "amount", _("%(budget)s holds £%(amount)s, and £%(used)s would be drawn. Ask for less, or have the budget raised.") % {
            "budget": budget.ref, "amount": words.number(budget.amount), "used": words.number(used),
        }  # fmt: skip


def decided_stays(record: Any, changed: set[str]) -> Iterator[tuple[str, str]]:
    if record.pk and record.state != "asked":
        for name in sorted(changed & set(DECIDED)):
            yield name, _("It has been decided on this. Take back the decision first, with a reason.")


@dataclass(frozen=True, slots=True)
class Standing:
    """Pounds: what is held, drawn and asked for, what remains, and what it has to bear where that is known to the reader."""

    held: Decimal
    drawn: Decimal
    asked: Decimal
    expected: Decimal | None
    p80: Decimal | None
    forecast: Any = None

    @property
    def remaining(self) -> Decimal:
        return self.held - self.drawn

    @property
    def is_short(self) -> bool:
        """Whether what remains is less than what it has to bear: P80 where there is one, else the expected cost."""
        need = self.expected if self.p80 is None else self.p80
        return need is not None and self.remaining < need


def standing(budget: RiskBudget, account: Account | None) -> Standing:
    run = last_forecast(budget, account)
    p80 = None
    if run is not None and run.cost_p80 is not None and budget.initiative.budget is not None:
        p80 = max(run.cost_p80 - budget.initiative.budget, Decimal(0))
    return Standing(budget.amount, drawn(budget.pk), drawn(budget.pk, "asked"), expected_of(budget, account), p80, run)


def expected_of(budget: RiskBudget, account: Account | None) -> Decimal | None:
    """Expected cost after responses of the open threats at the initiative and below, as far as the reader may see them."""
    if not may(account, "view", RiskRegister):
        return None
    risks = heat_map.open_now(budget.initiative, account).filter(nature="threat").only(*heat_map.MAPPED).order_by("pk")
    return heat_map.sums(risks, after=True).threats


def last_forecast(budget: RiskBudget, account: Account | None) -> Any:
    register = REGISTERS.get(FORECASTS)
    if register is None or not may(account, "view", register):
        return None
    rows = visible_to(account, register).filter(initiative=budget.initiative_id, is_withdrawn=False, after_responses=True)
    return rows.order_by("-made_at", "-pk").first()


def drawdowns_of(budget: RiskBudget, account: Account | None) -> list[Any]:
    rows = visible_to(account, DrawdownRegister).filter(budget=budget.pk, is_withdrawn=False)
    return list(rows.select_related("risk", "owner", "initiative").order_by("-pk")[:40])
