"""The declaration of the register of milestones."""

from collections.abc import Mapping
from typing import Any

from mainstay.planning.milestone.model import Milestone
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States


class MilestoneRegister(Register):
    model, code = Milestone, "M"
    sections = {
        "Milestone": ("initiative", "title", "kind", "owner", "criteria", "marking"),
        "Dates": ("baseline_original", "baseline_current", "forecast", "actual", "tolerance_days", "confidence", "activity"),
    }
    columns = (
        "ref",
        "title",
        "kind",
        "initiative",
        "baseline_original",
        "baseline_current",
        "forecast",
        "actual",
        "slip_days",
        "standing",
        "owner",
    )
    filters = ("kind", "state", "owner", "initiative", "forecast")
    search = ("ref", "title", "criteria", "activity")
    order = ("forecast", "pk")
    due = "forecast"
    inline = ("forecast", "actual", "confidence", "owner")
    derived = {"slip_days": "Slip, days", "slip_original_days": "Slip against original, days", "standing": "Standing"}
    states = States(
        {"planned": State("Planned"), "reached": State("Reached", is_open=False), "cancelled": State("Cancelled", is_open=False)},
        {
            "reach": Move("Reached", ("planned",), "reached", requires=("actual",)),
            "cancel": Move("Cancel", ("planned",), "cancelled", needs_reason=True),
            "reopen": Move("Open again", ("reached", "cancelled"), "planned", needs_reason=True),
        },
    )

    @classmethod
    def before_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        """The original baseline is the first one that was ever approved."""
        if record.baseline_current and not record.baseline_original:
            record.baseline_original = record.baseline_current
