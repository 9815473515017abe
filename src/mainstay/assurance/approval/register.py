"""The declaration of the register of approvals."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mainstay.assurance.approval.model import Approval
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States


class ApprovalRegister(Register):
    model, code = Approval, "AP"
    sections = {
        "Approval": ("initiative", "title", "kind", "authority", "amount", "owner", "marking"),
        "Date": ("milestone", "planned_on", "decided_on"),
        "Outcome": ("conditions",),
    }
    columns = ("ref", "title", "initiative", "kind", "authority", "planned_on", "decided_on", "owner", "state")
    filters = ("state", "kind", "initiative", "owner", "planned_on")
    search = ("ref", "title", "authority", "conditions")
    order = ("planned_on", "pk")
    due = "planned_on"
    inline = ("owner", "planned_on")
    states = States(
        {
            "planned": State("Planned"),
            "submitted": State("Submitted"),
            "approved": State("Approved", is_open=False),
            "conditional": State("Approved with conditions", is_open=False),
            "rejected": State("Rejected", is_open=False),
            "cancelled": State("Cancelled", is_open=False),
        },
        {
            "submit": Move("Submit", ("planned",), "submitted"),
            "approve": Move("Approved", ("submitted",), "approved", requires=("decided_on",)),
            "condition": Move("Approved with conditions", ("submitted",), "conditional", requires=("decided_on", "conditions")),
            "defer": Move("Deferred", ("submitted",), "planned", needs_reason=True),
            "reject": Move("Rejected", ("submitted",), "rejected", needs_reason=True, requires=("decided_on",)),
            "cancel": Move("Cancel", ("planned", "submitted"), "cancelled", needs_reason=True),
        },
    )

    @classmethod
    def before_write(cls, record: Any, before: Mapping[str, Any]) -> None:  # the signature of the mechanism
        expected: date | None = record.milestone.expected if record.milestone_id else None
        if expected and record.state in ("planned", "submitted"):
            record.planned_on = expected
