"""The declaration of the register of risk workshops; the session itself has pages of its own."""

from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.risk.workshop.model import Workshop


class WorkshopRegister(Register):
    model, code = Workshop, "RW"
    is_in_rail = False
    sections = {"Workshop": ("initiative", "title", "scored_by", "held_on", "purpose", "owner", "marking")}
    columns = ("ref", "title", "initiative", "scored_by", "held_on", "owner", "state")
    filters = ("state", "initiative", "owner", "scored_by", "held_on")
    search = ("ref", "title", "purpose")
    order = ("-held_on", "-pk")
    due = "held_on"
    inline = ("owner", "held_on")
    states = States(
        {"open": State("Open"), "closed": State("Closed", is_open=False)},
        {
            "close": Move("Close the workshop", ("open",), "closed"),
            "reopen": Move("Open again", ("closed",), "open", needs_reason=True),
        },
    )
