"""The declaration of the register of early-warning indicators; their latest value follows from their readings."""

from collections.abc import Mapping
from typing import Any

from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.risk.indicator.model import Indicator


class IndicatorRegister(Register):
    model, code = Indicator, "EW"
    sections = {
        "Indicator": ("initiative", "title", "risk", "shared_cause", "owner", "marking"),
        "Thresholds": ("unit", "direction", "amber", "red"),
        "Reading": ("taken_from", "read_next"),
    }
    columns = ("ref", "title", "initiative", "latest_value", "unit", "level", "amber", "red", "latest_on", "owner", "read_next", "state")
    filters = ("state", "level", "initiative", "owner", "risk", "shared_cause", "read_next")
    search = ("ref", "title", "taken_from")
    due = "read_next"
    inline = ("amber", "red", "owner", "read_next")
    states = States(
        {"watched": State("Watched"), "ended": State("No longer watched", is_open=False)},
        {
            "end": Move("Stop watching it", ("watched",), "ended", needs_reason=True),
            "reopen": Move("Watch it again", ("ended",), "watched", needs_reason=True),
        },
    )

    @classmethod
    def before_write(cls, record: Any, before: Mapping[str, Any]) -> None:  # the signature of the mechanism
        """Other thresholds may put the latest value at another level."""
        record.level = "" if record.latest_value is None else record.level_of(record.latest_value)
