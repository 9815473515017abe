"""The declaration of the register of risk budgets."""

from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register.access import may_at_hand
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.risk.budget.model import RiskBudget


class RiskBudgetRegister(Register):
    model, code = RiskBudget, "RB"
    sections = {
        "Risk budget": ("initiative", "title", "amount", "price_base", "basis", "owner", "marking"),
        "Agreement": ("agreed_on", "agreed_by"),
    }
    columns = ("ref", "title", "initiative", "amount", "price_base", "owner", "state", "agreed_on")
    filters = ("state", "initiative", "owner", "agreed_on")
    search = ("ref", "title", "basis")
    waits_on = {"proposed": "decide"}
    guarded = {"amount": "decide"}
    inline = ("owner", "price_base")
    states = States(
        {
            "proposed": State("Proposed"),
            "held": State("Held"),
            "closed": State("Closed", is_open=False),
        },
        {
            "agree": Move("Agree to it", ("proposed",), "held", requires=("agreed_on",)),
            "close": Move("Close", ("proposed", "held"), "closed", needs_reason=True),
            "reopen": Move("Open again", ("closed",), "proposed", needs_reason=True),
        },
    )

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:
        if move == "agree" and not may_at_hand(account, "decide", cls, record):
            return _("Only those who may decide here agree to a risk budget.")
        return ""
