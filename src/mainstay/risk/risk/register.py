"""The declaration of the register of risks."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.risk import escalating
from mainstay.risk.responding import list_for
from mainstay.risk.risk.model import Risk


class RiskRegister(Register):
    model, code = Risk, "R"
    sections = {
        "Risk": ("initiative", "title", "nature", "category", "owner", "proximity", "marking"),
        "Cause, event, effect": ("cause", "event", "effect", "shared_cause", "secondary_to"),
        "Before the response": (
            "probability",
            "cost_low",
            "cost_likely",
            "cost_high",
            "days_low",
            "days_likely",
            "days_high",
            "activities",
            "likelihood",
            "impact",
            "dimension",
        ),
        "Response": ("response", "response_plan", "response_cost", "probability_after", "cost_after", "days_after"),
        "Watch": ("trigger", "window_from", "window_to", "review_on"),
    }
    columns = (
        "ref",
        "title",
        "nature",
        "initiative",
        "probability",
        "expected_cost",
        "response",
        "owner",
        "state",
        "review_on",
    )
    filters = ("nature", "state", "owner", "initiative", "category", "response", "proximity", "shared_cause", "probability", "review_on")
    search = ("ref", "title", "cause", "event", "effect")
    inline = ("probability", "cost_likely", "days_likely", "response", "proximity", "owner", "review_on")
    due = "review_on"
    derived = {"expected_cost": "Expected cost, £", "score": "Score", "responses_by": "List of responses"}
    states = States(
        {
            "open": State("Open"),
            "escalated": State("Escalated", is_open=False),
            "delegated": State("Delegated back", is_open=False),
            "occurred": State("Occurred", is_open=False),
            "closed": State("Closed", is_open=False),
        },
        {
            "occur": Move("It has occurred", ("open",), "occurred", needs_reason=True),
            "close": Move("Close", ("open",), "closed", needs_reason=True),
            "escalate": Move("Escalate to the level above", ("open",), "escalated", needs_reason=True),
            "delegate": Move("Delegate back to the level below", ("open",), "delegated", needs_reason=True),
            "reopen": Move("Open again", ("occurred", "closed"), "open", needs_reason=True),
        },
    )

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:  # the signature of the mechanism
        if move == "escalate" and record.initiative.parent_id is None:
            return _("There is no level above this one.")
        if move == "delegate" and record.escalated_from_id is None:
            return _("It was not escalated from the level below.")
        return ""

    @classmethod
    def before_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        """A record keeps the list that its response was chosen from."""
        if record.response != before.get("response"):
            record.response_list = list_for(record.initiative).name if record.response else ""

    @classmethod
    def after_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        escalating.follow(cls, record, before)
