"""The declaration of the register of review reports: seen by its readers only until it is released."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.assurance.report import issuing
from mainstay.assurance.report.model import Report
from mainstay.register.access import may_at_hand
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States


class ReportRegister(Register):
    model, code = Report, "RP"
    is_in_rail = False
    scope = ("released_to__path", "compartment")
    sections = {
        "Report": ("initiative", "review", "title", "owner", "is_released", "marking"),
        "Rating": ("rating_scale", "rating", "statement", "measured_against"),
        "Text": ("background", "conduct", "conclusion", "findings", "earlier", "next_review"),
        "After a Red": ("accounting_officer", "escalated_on", "paused", "reassess_on"),
    }
    columns = ("ref", "title", "review", "initiative", "rating_scale", "rating", "reassess_on", "is_released", "state")
    filters = ("state", "review", "initiative", "rating", "is_released", "reassess_on")
    search = ("ref", "title", "statement", "conclusion", "findings")
    inline = ("owner", "reassess_on")
    guarded = {"is_released": "decide"}
    states = States(
        {
            "draft": State("Draft"),
            "factual": State("Factual accuracy"),
            "issued": State("Issued", is_open=False),
        },
        {
            "check": Move("Send for factual accuracy", ("draft",), "factual"),
            "revise": Move("Back to draft", ("factual", "issued"), "draft", needs_reason=True),
            "issue": Move("Issue to the senior responsible owner", ("draft", "factual"), "issued", requires=("rating", "statement")),
        },
    )

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:
        if move == "revise" and record.state == "issued" and not may_at_hand(account, "decide", cls, record):
            return _("It belongs to the senior responsible owner now, who alone may send it back.")
        return issuing.refusal(record) if move == "issue" else ""

    @classmethod
    def path(cls, record: Any) -> str:
        return str(record.seen_below)

    @classmethod
    def rows(cls, rows: Any) -> Any:
        return super().rows(rows).select_related("released_to")

    @classmethod
    def before_write(cls, record: Any, before: Mapping[str, Any]) -> None:  # the signature of the mechanism
        record.settle(record.review)

    @classmethod
    def after_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        issuing.tell_review(record, before)
