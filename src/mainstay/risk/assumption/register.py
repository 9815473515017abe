"""The declaration of the register of assumptions."""

from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.risk.assumption.model import Assumption


class AssumptionRegister(Register):
    model, code = Assumption, "AS"
    sections = {
        "Assumption": ("initiative", "title", "statement", "basis", "confidence", "owner", "marking"),
        "What stands on it": ("supports", "if_false"),
        "Test": ("test_by", "evidence", "tested_on"),
    }
    columns = ("ref", "title", "initiative", "confidence", "owner", "test_by", "state", "tested_on")
    filters = ("state", "initiative", "owner", "confidence", "test_by")
    search = ("ref", "title", "statement", "basis", "supports", "evidence")
    order = ("test_by", "pk")
    due = "test_by"
    inline = ("confidence", "owner", "test_by")
    states = States(
        {
            "open": State("Open"),
            "confirmed": State("Confirmed", is_open=False),
            "failed": State("Failed", is_open=False),
        },
        {
            "confirm": Move("It holds", ("open",), "confirmed", requires=("evidence", "tested_on")),
            "fail": Move("It has failed", ("open", "confirmed"), "failed", needs_reason=True, requires=("tested_on",)),
            "reopen": Move("Open again", ("confirmed", "failed"), "open", needs_reason=True),
        },
    )
