"""The declaration of the register of dependencies, which side may take which step, and what follows from a step."""

from collections.abc import Mapping
from typing import Any

from mainstay.accounts.models import Account
from mainstay.planning.dependency import drift
from mainstay.planning.dependency.model import Dependency
from mainstay.planning.promises import party_mail, sides
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States


class DependencyRegister(Register):
    model, code = Dependency, "D"
    sections = {
        "Dependency": ("initiative", "giver", "title", "product", "criteria", "criticality", "impact", "marking"),
        "People": ("owner", "giver_owner"),
        "Party outside": ("outside", "outside_name", "outside_body", "outside_email"),
        "Dates": ("needed_by", "promised_by", "delivered_on"),
        "In the plans": ("give_activity", "get_activity", "lag_days"),
        "Replaced": ("replaced_by",),
    }
    columns = ("ref", "title", "giver", "initiative", "needed_by", "promised_by", "forecast", "buffer_days", "standing", "state", "owner")
    filters = ("state", "giver", "initiative", "outside", "owner", "criticality", "needed_by")
    search = ("ref", "title", "product", "give_activity", "get_activity", "outside_name", "outside_body")
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
            "superseded": State("Superseded", is_open=False),
        },
        {
            "offer": Move("Offer this date", ("draft", "countered", "disputed"), "offered", requires=("promised_by",)),
            "counter": Move("Ask for another date", ("offered",), "countered", needs_reason=True, requires=("needed_by",)),
            "agree": Move("Agree", ("offered",), "agreed", requires=("promised_by", "needed_by")),
            "reject": Move("Reject", ("offered", "countered"), "rejected", needs_reason=True),
            "decline": Move("Decline to give it", ("draft", "offered", "countered"), "rejected", needs_reason=True),
            "deliver": Move("Delivered", ("agreed", "disputed"), "delivered", requires=("delivered_on",)),
            "accept": Move("Accept", ("delivered",), "accepted"),
            "dispute": Move("Dispute", ("agreed", "delivered"), "disputed", needs_reason=True),
            "fail": Move("Failed", ("agreed", "disputed"), "failed", needs_reason=True),
            "supersede": Move(
                "Replaced by another",
                ("draft", "offered", "countered", "agreed", "disputed"),
                "superseded",
                needs_reason=True,
                requires=("replaced_by",),
            ),
            "reopen": Move("Reopen", ("agreed", "rejected", "failed", "superseded"), "draft", needs_reason=True),
        },
    )

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:
        return sides.refusal(record, sides.of_step(move), account, cls)

    @classmethod
    def before_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        """The days that follow from a step: of the first agreement, and since when the plan drifts."""
        if record.state == "agreed" and record.first_promised is None:
            record.first_promised = record.promised_by
        for name, value in drift.settled(record, record.forecast).items():
            setattr(record, name, value)

    @classmethod
    def after_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        drift.tell(record)
        party_mail.tell(record, before, str(cls.states.label(record.state)) if cls.states else "")
