"""The declaration of the register of dependencies, and which side may take which step."""

from typing import Any

from mainstay.accounts.models import Account
from mainstay.planning.dependency.model import Dependency
from mainstay.register.access import paths_for
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States

GIVERS_STEPS = frozenset({"offer", "deliver"})
GETTERS_STEPS = frozenset({"agree", "counter", "accept", "reject"})


class DependencyRegister(Register):
    model, code = Dependency, "D"
    sections = {
        "Dependency": ("initiative", "giver", "title", "product", "criteria", "criticality", "impact", "marking"),
        "People": ("owner", "giver_owner"),
        "Dates": ("needed_by", "promised_by"),
        "In the plans": ("give_activity", "get_activity", "lag_days"),
    }
    columns = ("ref", "title", "giver", "initiative", "needed_by", "promised_by", "forecast", "buffer_days", "standing", "state", "owner")
    filters = ("state", "giver", "initiative", "owner", "criticality", "needed_by")
    search = ("ref", "title", "product", "give_activity", "get_activity")
    order = ("needed_by", "pk")
    due = "promised_by"
    waits_on = {"draft": "giver_owner", "offered": "owner", "countered": "giver_owner", "agreed": "giver_owner", "delivered": "owner"}
    inline = ("needed_by", "promised_by", "owner")
    scope = ("initiative__path", "giver__path")
    derived = {"buffer_days": "Buffer, days", "drift_days": "Drift, days", "standing": "Standing"}
    states = States(
        {
            "draft": State("Draft"),
            "offered": State("Offered"),
            "countered": State("Counter-offered"),
            "agreed": State("Agreed"),
            "delivered": State("Delivered"),
            "accepted": State("Accepted", is_open=False),
            "disputed": State("Disputed"),
            "rejected": State("Rejected", is_open=False),
            "failed": State("Failed", is_open=False),
        },
        {
            "offer": Move("Offer this date", ("draft", "countered", "disputed"), "offered", requires=("promised_by",)),
            "counter": Move("Ask for another date", ("offered",), "countered", needs_reason=True, requires=("needed_by",)),
            "agree": Move("Agree", ("offered",), "agreed", requires=("promised_by", "needed_by")),
            "reject": Move("Reject", ("offered", "countered"), "rejected", needs_reason=True),
            "deliver": Move("Delivered", ("agreed", "disputed"), "delivered"),
            "accept": Move("Accept", ("delivered",), "accepted"),
            "dispute": Move("Dispute", ("agreed", "delivered"), "disputed", needs_reason=True),
            "fail": Move("Failed", ("agreed", "disputed"), "failed", needs_reason=True),
            "reopen": Move("Reopen", ("agreed", "rejected", "failed"), "draft", needs_reason=True),
        },
    )

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:
        """The side is named, not its initiative: the other side may not know of it."""
        side, place = ("giver", record.giver) if move in GIVERS_STEPS else ("getter", record.initiative)
        if move not in GIVERS_STEPS | GETTERS_STEPS:
            return ""
        paths = paths_for(account, cls, "change")
        return "" if any(place.path.startswith(path) for path in paths) else f"Only the {side} may take this step."
