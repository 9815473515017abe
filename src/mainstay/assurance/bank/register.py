"""The declaration of the register of question banks."""

from mainstay.assurance.bank.model import Bank
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States


class BankRegister(Register):
    model, code = Bank, "QB"
    is_in_rail = False
    sections = {
        "Question bank": ("initiative", "title", "valid_from", "valid_to", "replaces", "owner", "marking"),
        "Content": ("content",),
    }
    columns = ("ref", "title", "initiative", "valid_from", "valid_to", "replaces", "state")
    filters = ("state", "initiative", "valid_from", "valid_to")
    search = ("ref", "title")
    inline = ("owner",)
    states = States(
        {"draft": State("Draft"), "in_use": State("In use", is_open=False), "retired": State("Retired", is_open=False)},
        {
            "use": Move("Put into use", ("draft", "retired"), "in_use"),
            "retire": Move("Retire", ("draft", "in_use"), "retired", needs_reason=True),
        },
    )
