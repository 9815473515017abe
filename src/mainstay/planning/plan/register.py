"""The declaration of the register of plans. Rows come from files only."""

from mainstay.planning.plan.model import Plan
from mainstay.register.spec import Register
from mainstay.register.states import State, States


class PlanRegister(Register):
    model, code = Plan, "PLAN"
    sections = {"Plan": ("initiative", "title", "owner", "marking")}
    columns = (
        "ref",
        "title",
        "initiative",
        "number",
        "is_live",
        "application",
        "status_date",
        "starts_on",
        "finishes_on",
        "activity_count",
        "link_count",
        "as_at",
    )
    filters = ("initiative", "is_live", "application")
    search = ("ref", "title", "file_name", "project_name")
    states = States({"received": State("Received"), "superseded": State("Superseded", is_open=False)})
    is_entered = False
