"""The declaration of the register of decisions."""

from typing import Any

from mainstay.accounts.models import Account
from mainstay.communications.decision.model import Decision
from mainstay.register.access import may_at_hand
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States


class DecisionRegister(Register):
    model, code = Decision, "DEC"
    sections = {
        "Decision": ("initiative", "title", "question", "because", "options", "owner", "marking"),
        "Who and when": ("forum", "meeting", "needed_by", "cost", "if_not"),
        "Outcome": ("evidence", "outcome", "decided_on", "review_on"),
    }
    columns = ("ref", "title", "initiative", "forum", "needed_by", "cost", "owner", "state", "decided_on")
    filters = ("state", "initiative", "owner", "forum", "needed_by")
    search = ("ref", "title", "question", "because", "outcome")
    order = ("needed_by", "pk")
    due = "needed_by"
    waits_on = {"asked": "decide"}
    inline = ("needed_by", "owner")
    states = States(
        {
            "asked": State("Asked"),
            "decided": State("Decided", is_open=False),
            "deferred": State("Deferred"),
            "dropped": State("No longer needed", is_open=False),
        },
        {
            "decide": Move("Decide", ("asked", "deferred"), "decided", requires=("outcome", "decided_on")),
            "defer": Move("Defer", ("asked",), "deferred", needs_reason=True),
            "ask": Move("Ask again", ("deferred", "dropped"), "asked"),
            "drop": Move("No longer needed", ("asked", "deferred"), "dropped", needs_reason=True),
        },
    )

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:
        if move == "decide" and not may_at_hand(account, "decide", cls, record):
            return "Only those with the authority of the board may decide. You may prepare the decision."
        return ""
