"""The declaration of the register of stability measures."""

from mainstay.register.spec import Register
from mainstay.transition.measure.model import Measure


class StabilityMeasureRegister(Register):
    model, code = Measure, "SM"
    is_in_rail = False
    sections = {
        "Measure": ("initiative", "plan", "title", "unit", "weight", "owner", "marking"),
        "Levels": ("sense", "baseline", "tolerable", "target", "readings_needed"),
    }
    columns = ("ref", "title", "plan", "unit", "weight", "sense", "baseline", "tolerable", "target", "readings_needed", "owner")
    filters = ("plan", "weight", "initiative", "owner")
    search = ("ref", "title", "unit")
    order = ("pk",)
    inline = ("owner", "tolerable", "readings_needed")
