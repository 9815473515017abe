"""The declaration of the register of definitions of returns."""

from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.reporting.definition.model import Definition


class DefinitionRegister(Register):
    model, code = Definition, "RD"
    sections = {
        "Definition": ("initiative", "title", "purpose", "cadence", "asks", "owner", "marking"),
        "Calendar": ("opens_wd", "due_wd", "checked_wd", "confirmed_wd", "freezes_wd"),
        "Content": ("content",),
    }
    columns = ("ref", "title", "initiative", "cadence", "asks", "due_wd", "freezes_wd", "owner", "state", "version")
    filters = ("state", "initiative", "cadence", "asks")
    search = ("ref", "title", "purpose")
    states = States(
        {"draft": State("Draft"), "in_use": State("In use"), "retired": State("Retired", is_open=False)},
        {
            "use": Move("Put into use", ("draft", "retired"), "in_use"),
            "retire": Move("Retire", ("draft", "in_use"), "retired", needs_reason=True),
        },
    )
    inline = ("owner",)
