"""The declaration of the register of shared causes."""

from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.risk.cause.model import Cause


class CauseRegister(Register):
    model, code = Cause, "C"
    sections = {"Shared cause": ("initiative", "title", "description", "owner", "marking"), "Quantity": ("probability", "indicators")}
    columns = ("ref", "title", "initiative", "probability", "owner", "state")
    filters = ("state", "owner", "initiative")
    search = ("ref", "title", "description")
    inline = ("probability", "owner")
    states = States(
        {"open": State("Open"), "closed": State("Closed", is_open=False)},
        {
            "close": Move("Close", ("open",), "closed", needs_reason=True),
            "reopen": Move("Open again", ("closed",), "open", needs_reason=True),
        },
    )
