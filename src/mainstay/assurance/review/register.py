"""The declaration of the register of assurance reviews."""

from collections.abc import Mapping
from typing import Any

from mainstay.accounts.models import Account
from mainstay.assurance.review import steps
from mainstay.assurance.review.model import Review
from mainstay.register.spec import Register


class ReviewRegister(Register):
    model, code = Review, "AR"
    sections = {
        "Review": ("initiative", "title", "kind", "own_type", "line", "provider", "owner", "follows", "marking"),
        "What it informs": ("decision", "decision_on", "covers", "terms"),
        "Window": ("milestone", "offset_days", "window_days", "window_from", "window_to", "unavailable"),
        "Days": ("meeting_on", "planning_on", "starts_on", "ends_on"),
        "Team wanted": ("days", "members", "level", "skills", "region", "interests"),
        "Cost": ("cost", "effort_days"),
        "Afterwards": ("satisfaction", "satisfaction_why", "outcome", "outcome_on"),
    }
    columns = ("ref", "title", "initiative", "kind", "line", "window_from", "window_to", "decision_on", "slack_days", "owner", "state")
    filters = ("state", "kind", "line", "initiative", "owner", "provider", "rating", "outcome", "window_to", "decision_on")
    search = ("ref", "title", "provider", "decision", "covers")
    order = ("window_to", "pk")
    inline = ("owner", "provider", "decision_on", "meeting_on", "starts_on", "ends_on")
    due = "window_to"
    derived = {"slack_days": "Slack to the decision, days", "slip_days": "Slip since agreed, days"}
    states = steps.STATES

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:  # the signature of the mechanism
        return steps.refusal(record, move)

    @classmethod
    def before_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        steps.settle(record, before)
