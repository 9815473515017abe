"""The declaration of the register of issues."""

from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.risk.issue.model import Issue


class IssueRegister(Register):
    model, code = Issue, "I"
    sections = {
        "Issue": ("initiative", "title", "kind", "description", "owner", "marking"),
        "Weight": ("priority", "severity", "cost", "raised_on", "raised_by", "due_on"),
        "Examination": ("impact", "recommendation"),
        "Decision and resolution": ("decision", "decided_on", "decided_by", "resolution"),
    }
    columns = ("ref", "title", "kind", "initiative", "priority", "severity", "raised_on", "due_on", "owner", "state")
    filters = ("kind", "state", "priority", "severity", "owner", "initiative", "due_on", "decision")
    search = ("ref", "title", "description", "impact", "resolution")
    due = "due_on"
    inline = ("priority", "severity", "due_on", "owner")
    states = States(
        {"open": State("Open"), "resolved": State("Resolved", is_open=False), "rejected": State("Rejected", is_open=False)},
        {
            "resolve": Move("Resolve", ("open",), "resolved", needs_reason=True, requires=("resolution",)),
            "reject": Move("Reject", ("open",), "rejected", needs_reason=True),
            "reopen": Move("Open again", ("resolved", "rejected"), "open", needs_reason=True),
        },
    )
