"""The declaration of the register of recommendations: whoever owns one does not verify it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.assurance.recommendation import closing
from mainstay.assurance.recommendation.model import Recommendation
from mainstay.register.access import may_at_hand
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States


class RecommendationRegister(Register):
    model, code = Recommendation, "RC"
    scope = ("released_to__path", "compartment")
    sections = {
        "Recommendation": (
            "initiative", "review", "number", "title", "text", "category", "priority", "due_on", "due_before", "is_released", "marking",
        ),
        "Response": ("owner", "accepted", "accepted_why", "action_plan", "progress", "evidence"),
        "Verification": ("was_timely", "was_effective", "was_complete"),
        "Before and after": ("repeats", "carried_into", "carried_as"),
    }  # fmt: skip
    columns = ("ref", "title", "initiative", "review", "priority", "category", "owner", "due_on", "accepted", "age_days", "state")
    filters = ("state", "priority", "category", "initiative", "review", "owner", "accepted", "is_released", "due_on")
    search = ("ref", "title", "text", "action_plan", "progress")
    order = ("due_on", "pk")
    inline = ("owner", "due_on", "accepted", "progress")
    due = "due_on"
    derived = {"age_days": "Age, days"}
    guarded = {"is_released": "decide"}
    states = States(
        {
            "open": State("Open"),
            "claimed": State("Claimed as done"),
            "closed": State("Closed", is_open=False),
            "declined": State("Not accepted", is_open=False),
        },
        {
            "claim": Move("Claim as done", ("open",), "claimed", requires=("owner", "evidence")),
            "verify": Move("Verify and close", ("claimed",), "closed"),
            "refuse": Move("Not done", ("claimed",), "open", needs_reason=True),
            "decline": Move("Close as not accepted", ("open",), "declined", requires=("accepted_why",)),
            "reopen": Move("Open again", ("closed", "declined"), "open", needs_reason=True),
        },
    )

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:
        if move == "verify" and account is not None and account.pk in closing.claimants(cls, record):
            return _("You own it, claimed it or wrote its evidence: somebody else verifies it.")
        if move == "decline" and record.accepted != "no":
            return _("Say first that it is not accepted.")
        if move == "decline" and not may_at_hand(account, "decide", cls, record):
            return _("Only the senior responsible owner declines a recommendation.")
        return ""

    @classmethod
    def path(cls, record: Any) -> str:
        return str(record.seen_below)

    @classmethod
    def rows(cls, rows: Any) -> Any:
        return super().rows(rows).select_related("released_to")

    @classmethod
    def before_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        record.settle(record.review)
        record.date_it()
        closing.stamp(record, before)
