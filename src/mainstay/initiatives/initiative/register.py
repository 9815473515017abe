"""The declaration of the register of initiatives."""

from collections.abc import Mapping
from typing import Any

from mainstay.initiatives.initiative.model import Initiative
from mainstay.register import tree
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States


class InitiativeRegister(Register):
    model, code = Initiative, "INI"
    sections = {
        "Initiative": ("code", "title", "kind", "parent", "office", "governance", "marking"),
        "Purpose": ("objectives",),
        "Time and money": ("starts_on", "ends_on", "budget", "contingency", "price_base"),
    }
    columns = ("code", "title", "kind", "parent", "state", "starts_on", "ends_on", "budget")
    filters = ("kind", "state", "parent", "office", "governance")
    search = ("code", "title", "objectives")
    order = ("code",)
    inline = ("ends_on", "budget", "contingency")
    scope = ("path",)
    states = States(
        {
            "proposed": State("Proposed"),
            "definition": State("In definition"),
            "delivery": State("In delivery"),
            "paused": State("Paused"),
            "closing": State("Closing"),
            "closed": State("Closed", is_open=False),
        },
        {
            "define": Move("Start definition", ("proposed",), "definition"),
            "deliver": Move("Start delivery", ("proposed", "definition"), "delivery"),
            "pause": Move("Pause", ("definition", "delivery"), "paused", needs_reason=True),
            "resume": Move("Resume", ("paused",), "delivery", needs_reason=True),
            "begin_closure": Move("Begin closure", ("definition", "delivery", "paused"), "closing", needs_reason=True),
            "close": Move("Close", ("closing",), "closed", needs_reason=True),
        },
    )

    @classmethod
    def after_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        tree.place(record)
