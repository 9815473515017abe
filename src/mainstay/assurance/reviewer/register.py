"""The declaration of the register of reviewers."""

from mainstay.assurance.reviewer.model import Reviewer
from mainstay.register.spec import Register


class ReviewerRegister(Register):
    model, code = Reviewer, "RV"
    sections = {
        "Reviewer": ("person", "title", "may_lead", "level", "accredited_until"),
        "Fits": ("skills", "regions", "interests"),
        "Time": ("away", "most_days", "days_a_year", "rest_days"),
    }
    columns = ("ref", "title", "person", "may_lead", "level", "skills", "regions", "most_days", "days_a_year", "accredited_until")
    filters = ("may_lead", "level", "person", "accredited_until")
    search = ("ref", "title", "skills", "regions", "interests")
    order = ("title", "pk")
    inline = ("level", "may_lead", "skills", "most_days", "days_a_year")
    scope = ()
    is_open = True
