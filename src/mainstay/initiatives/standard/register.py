"""The declaration of the register of standards."""

from mainstay.initiatives.standard.model import Standard
from mainstay.register.spec import Register


class StandardRegister(Register):
    model, code = Standard, "STD"
    sections = {
        "Standard": ("title", "kind", "name", "inheritance", "initiative", "office"),
        "Content": ("value",),
        "Validity": ("valid_from", "valid_to"),
    }
    columns = ("title", "kind", "name", "inheritance", "initiative", "office", "valid_from", "valid_to")
    filters = ("kind", "inheritance", "initiative", "office")
    search = ("ref", "title", "name")
    order = ("kind", "name", "pk")
    inline = ("valid_to",)
    scope = ("initiative__path", "office__path")
