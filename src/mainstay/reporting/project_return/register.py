"""The declaration of the register of returns. Rows are made by commissioning."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.reporting.cycle import whose
from mainstay.reporting.project_return.model import OPEN_FOR_ANSWERS, Return


class ReturnRegister(Register):
    model, code = Return, "RT"
    sections = {"Return": ("initiative", "title", "owner", "confirmer", "marking"), "Answers": ("rating", "answers")}
    columns = ("ref", "title", "initiative", "commission", "due_on", "owner", "state", "rating", "sent_at", "confirmer", "days_late")
    filters = ("state", "initiative", "owner", "rating", "confirmer", "due_on")
    derived = {"days_late": "Days late"}
    due = "due_on"
    order = ("due_on", "pk")
    states = States(
        {
            "asked": State("Commissioned"),
            "started": State("In progress"),
            "sent": State("Submitted"),
            "rejected": State("Rejected"),
            "checked": State("Validated"),
            "confirmed": State("Confirmed by the sponsor"),
            "accepted": State("Accepted", is_open=False),
            "waived": State("Waived", is_open=False),
        },
        {
            "start": Move("Begin", ("asked",), "started"),
            "send": Move("Send", ("asked", "started", "rejected"), "sent"),
            "check": Move("Checked", ("sent",), "checked"),
            "confirm": Move("Confirm", ("checked",), "confirmed"),
            "accept": Move("Accept", ("checked", "confirmed"), "accepted"),
            "reject": Move("Send back", ("sent", "checked", "confirmed"), "rejected", needs_reason=True),
            "waive": Move("Waive", ("asked", "started", "rejected"), "waived", needs_reason=True),
        },
    )
    waits_on = {"sent": "decide", "checked": "confirmer", "confirmed": "decide"}
    guarded = {"confirmer": "decide"}
    is_entered = False

    @classmethod
    def rows(cls, rows: QuerySet[Any]) -> QuerySet[Any]:
        return super().rows(rows).select_related("commission")

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:
        return whose.refusal(cls, record, move, account)

    @classmethod
    def before_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        record.settle(before)

    @classmethod
    def work_url(cls, record: Any) -> str:
        return reverse("reporting.fill", args=[record.pk]) if record.state in OPEN_FOR_ANSWERS else super().work_url(record)
