"""The declaration of the register of actions."""

from collections.abc import Mapping
from typing import Any

from mainstay.communications.action.model import Action
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States


class ActionRegister(Register):
    model, code = Action, "A"
    sections = {
        "Action": ("initiative", "title", "details", "owner", "due_on", "origin", "meeting", "marking"),
        "Outcome": ("done_on", "evidence"),
    }
    columns = ("ref", "title", "initiative", "owner", "due_on", "moved_days", "origin", "state", "done_on")
    filters = ("state", "owner", "initiative", "due_on")
    search = ("ref", "title", "details", "origin")
    order = ("due_on", "pk")
    due = "due_on"
    inline = ("owner", "due_on", "done_on")
    derived = {"moved_days": "Moved, days"}
    states = States(
        {"open": State("Open"), "done": State("Done", is_open=False), "dropped": State("Dropped", is_open=False)},
        {
            "finish": Move("Done", ("open",), "done", requires=("done_on",)),
            "drop": Move("Drop", ("open",), "dropped", needs_reason=True),
            "reopen": Move("Open again", ("done", "dropped"), "open", needs_reason=True),
        },
    )

    @classmethod
    def before_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        if record.original_due_on is None:
            record.original_due_on = record.due_on
