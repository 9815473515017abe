"""The declaration of the register of gates: opened or waived only by whoever may decide."""

from collections.abc import Mapping
from typing import Any

from mainstay.accounts.models import Account
from mainstay.assurance.gate import opening
from mainstay.assurance.gate.model import Gate
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States


class GateRegister(Register):
    model, code = Gate, "GT"
    is_in_rail = False
    sections = {
        "Gate": ("initiative", "title", "review", "owner", "marking"),
        "Decision": ("authority", "waived_why"),
    }
    columns = ("ref", "title", "initiative", "review", "authority", "waived_by", "owner", "state")
    filters = ("state", "initiative", "review", "owner")
    search = ("ref", "title", "authority", "waived_why")
    inline = ("owner",)
    guarded = {"waived_why": "decide"}
    states = States(
        {"closed": State("Closed"), "open": State("Open", is_open=False), "waived": State("Waived", is_open=False)},
        {
            "open": Move("Open the gate", ("closed",), "open"),
            "waive": Move("Waive", ("closed",), "waived", requires=("authority", "waived_why")),
            "close": Move("Close again", ("open", "waived"), "closed", needs_reason=True),
        },
    )

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:
        return opening.refusal(cls, record, move, account)

    @classmethod
    def before_write(cls, record: Any, before: Mapping[str, Any]) -> None:  # the signature of the mechanism
        if record.state != "waived":
            record.waived_by = ""
