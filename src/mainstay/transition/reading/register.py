"""The declaration of the register of stability readings."""

from mainstay.register.spec import Register
from mainstay.transition.reading.model import Reading


class StabilityReadingRegister(Register):
    model, code = Reading, "SR"
    is_in_rail = False
    sections = {"Reading": ("initiative", "measure", "title", "read_on", "value", "taken_from", "owner", "marking")}
    columns = ("ref", "measure", "title", "read_on", "value", "taken_from", "owner")
    filters = ("measure", "initiative", "read_on")
    search = ("ref", "title", "taken_from")
    order = ("-read_on", "-pk")
    inline = ("value",)
