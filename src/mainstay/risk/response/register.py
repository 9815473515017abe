"""The declaration of the register of risk responses."""

from collections.abc import Mapping
from typing import Any

from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.risk.responding import list_for
from mainstay.risk.response.model import RiskResponse


class RiskResponseRegister(Register):
    model, code = RiskResponse, "RR"
    sections = {
        "Response": ("initiative", "risk", "title", "kind", "acts_on", "description", "owner", "marking"),
        "Doing": ("due_on", "cost", "done_on", "effectiveness"),
        "Effect on the risk": ("probability_change", "cost_change", "days_change"),
    }
    columns = ("ref", "title", "risk", "initiative", "kind", "acts_on", "owner", "due_on", "cost", "state", "effectiveness")
    filters = ("state", "risk", "initiative", "owner", "kind", "acts_on", "due_on", "effectiveness")
    search = ("ref", "title", "description")
    order = ("due_on", "pk")
    due = "due_on"
    inline = ("owner", "due_on", "cost", "effectiveness")
    states = States(
        {
            "planned": State("Planned"),
            "underway": State("Under way"),
            "in_place": State("In place", is_open=False),
            "dropped": State("Dropped", is_open=False),
        },
        {
            "start": Move("Start", ("planned",), "underway", requires=("owner", "due_on")),
            "finish": Move("It is in place", ("planned", "underway"), "in_place", requires=("done_on",)),
            "drop": Move("Drop", ("planned", "underway"), "dropped", needs_reason=True),
            "reopen": Move("Take up again", ("in_place", "dropped"), "underway", needs_reason=True),
        },
    )

    @classmethod
    def before_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        """A record keeps the list that its kind was chosen from."""
        if record.kind != before.get("kind"):
            record.response_list = list_for(record.initiative).name if record.kind else ""
