"""The declaration of the register of templates. Rows come with their file; a file is replaced only by the next edition."""

from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.reporting.template.model import Template


class TemplateRegister(Register):
    model, code = Template, "TPL"
    is_in_rail = False
    sections = {"Template": ("initiative", "title", "purpose", "owner", "marking")}
    columns = ("ref", "title", "initiative", "kind", "edition", "file_name", "owner", "state", "as_at")
    filters = ("state", "initiative", "kind")
    search = ("ref", "title", "purpose", "file_name")
    states = States(
        {"draft": State("Draft"), "in_use": State("In use"), "retired": State("Retired", is_open=False)},
        {
            "use": Move("Put into use", ("draft", "retired"), "in_use"),
            "retire": Move("Retire", ("draft", "in_use"), "retired", needs_reason=True),
        },
    )
    is_entered = False
