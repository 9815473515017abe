"""The declaration of the register of recipients of packs: the rows of an initiative are its distribution list."""

from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.reporting.distribution.model import Distribution


class DistributionRegister(Register):
    model, code = Distribution, "DL"
    is_in_rail = False
    sections = {
        "Recipient": ("initiative", "person", "title", "owner", "marking"),
        "When and how": ("after_days", "on_day", "with_file"),
    }
    columns = ("ref", "person", "title", "initiative", "after_days", "on_day", "with_file", "state")
    filters = ("state", "initiative", "person")
    search = ("ref", "title")
    inline = ("after_days", "on_day")
    states = States(
        {"listed": State("Listed"), "paused": State("Paused", is_open=False)},
        {
            "pause": Move("Pause", ("listed",), "paused", needs_reason=True),
            "resume": Move("Resume", ("paused",), "listed"),
        },
    )
