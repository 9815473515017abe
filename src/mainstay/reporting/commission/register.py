"""The declaration of the register of commissions. Rows are made by commissioning."""

from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.reporting.commission.model import Commission


class CommissionRegister(Register):
    model, code = Commission, "RC"
    sections = {
        "Commission": ("initiative", "title", "owner", "marking"),
        "Calendar": ("opens_on", "due_on", "checked_by", "confirmed_by", "freezes_on"),
    }
    columns = ("ref", "title", "initiative", "period", "due_on", "freezes_on", "owner", "state", "definition_version")
    filters = ("state", "initiative", "due_on")
    search = ("ref", "title", "period")
    order = ("-due_on", "-pk")
    due = "freezes_on"
    states = States(
        {"open": State("Collecting"), "closed": State("Closed", is_open=False), "cancelled": State("Cancelled", is_open=False)},
        {
            "close": Move("Close", ("open",), "closed"),
            "reopen": Move("Open again", ("closed",), "open", needs_reason=True),
            "cancel": Move("Cancel", ("open",), "cancelled", needs_reason=True),
        },
    )
    is_entered = False
