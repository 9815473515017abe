"""The declaration of the register of drawdowns: asked for by who needs the money, decided by who may."""

from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register.access import may_at_hand, visible_to
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.risk.budget.register import RiskBudgetRegister
from mainstay.risk.drawdown.model import Drawdown


class DrawdownRegister(Register):
    model, code = Drawdown, "DD"
    is_in_rail = False
    sections = {
        "Drawdown": ("initiative", "budget", "title", "risk", "amount", "because", "owner", "marking"),
        "Decision": ("needed_by", "decided_on"),
    }
    columns = ("ref", "title", "budget", "initiative", "risk", "amount", "needed_by", "owner", "state", "decided_on")
    filters = ("state", "budget", "initiative", "risk", "owner", "needed_by")
    search = ("ref", "title", "because")
    due = "needed_by"
    waits_on = {"asked": "decide"}
    inline = ("owner", "needed_by")
    states = States(
        {
            "asked": State("Asked for"),
            "approved": State("Approved", is_open=False),
            "refused": State("Refused", is_open=False),
        },
        {
            "approve": Move("Approve", ("asked",), "approved", requires=("decided_on",)),
            "refuse": Move("Refuse", ("asked",), "refused", needs_reason=True),
            "reopen": Move("Take back the decision", ("approved", "refused"), "asked", needs_reason=True),
        },
    )

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:
        """The authority is that over the budget, not over the place that asks."""
        if not visible_to(account, RiskBudgetRegister).filter(pk=record.budget_id).exists() or not may_at_hand(
            account, "decide", RiskBudgetRegister, record.budget
        ):
            return _("Only those who may decide on the risk budget decide on what is drawn from it.")
        if move == "approve" and record.budget.state != "held":
            return _("The risk budget is not held: first those who may decide agree to it.")
        return ""
