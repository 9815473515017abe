"""The declaration of the register of readings; the indicator follows its latest one."""

from collections.abc import Mapping
from typing import Any

from mainstay.register.spec import Register
from mainstay.risk import warning
from mainstay.risk.reading.model import IndicatorReading


class IndicatorReadingRegister(Register):
    model, code = IndicatorReading, "ER"
    is_in_rail = False
    sections = {"Reading": ("initiative", "indicator", "title", "read_on", "value", "taken_from", "owner", "marking")}
    columns = ("ref", "indicator", "title", "read_on", "value", "taken_from", "owner")
    filters = ("indicator", "initiative", "read_on")
    search = ("ref", "title", "taken_from")
    order = ("-read_on", "-pk")
    inline = ("value",)

    @classmethod
    def after_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        """A reading that is moved to another indicator or withdrawn leaves the one that it was of as it would be without it."""
        for pk in sorted({record.indicator_id, before.get("indicator") or record.indicator_id}):
            warning.settle(pk)
