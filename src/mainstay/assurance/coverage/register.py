"""The declaration of the assurance map."""

from mainstay.assurance.coverage.model import Coverage
from mainstay.register.spec import Register


class CoverageRegister(Register):
    model, code = Coverage, "AM"
    is_in_rail = False
    sections = {
        "Assurance": ("initiative", "title", "subject", "risk", "provider", "line", "strength", "owner", "marking"),
        "Basis": ("basis", "judged_on", "review"),
    }
    columns = ("ref", "title", "subject", "initiative", "provider", "line", "strength", "judged_on", "owner")
    filters = ("subject", "strength", "line", "initiative", "provider", "review", "judged_on")
    search = ("ref", "title", "provider", "basis")
    order = ("title", "line", "pk")
    inline = ("strength", "judged_on", "owner")
