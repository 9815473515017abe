"""The declaration of the register of interviews of reviews."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.assurance.interview import inviting
from mainstay.assurance.interview.model import Interview
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States


class InterviewRegister(Register):
    model, code = Interview, "IV"
    is_in_rail = False
    scope = ("initiative__path", "compartment")
    sections = {
        "Interview": ("initiative", "review", "title", "kind", "interviewee", "others", "panel", "topics", "owner", "marking"),
        "When": ("minutes", "importance", "available", "held_on", "begins", "place"),
    }
    columns = ("ref", "title", "review", "kind", "interviewee", "held_on", "begins", "minutes", "place", "state")
    filters = ("state", "review", "initiative", "kind", "interviewee", "owner", "held_on")
    search = ("ref", "title", "others", "topics")
    order = ("held_on", "begins", "pk")
    inline = ("place", "importance", "available")
    due = "held_on"
    states = States(
        {
            "wanted": State("Wanted"),
            "proposed": State("Proposed"),
            "accepted": State("Accepted"),
            "held": State("Held", is_open=False),
            "cancelled": State("Cancelled", is_open=False),
        },
        {
            "propose": Move("Propose", ("wanted",), "proposed"),
            "accept": Move("Accepted", ("proposed",), "accepted"),
            "decline": Move("Cannot come", ("proposed", "accepted"), "wanted", needs_reason=True),
            "hold": Move("Held", ("accepted",), "held"),
            "cancel": Move("Cancel", ("wanted", "proposed", "accepted"), "cancelled", needs_reason=True),
            "want": Move("Want it again", ("cancelled",), "wanted"),
        },
    )

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:
        if move in ("propose", "accept") and record.span is None:
            return _("It has no day and hour. Propose the timetable of the review, or enter them.")
        return ""

    @classmethod
    def before_write(cls, record: Any, before: Mapping[str, Any]) -> None:  # the signature of the mechanism
        record.settle(record.review)
        if record.state == "wanted" and before.get("state") in ("proposed", "accepted", "cancelled"):
            record.held_on, record.begins = None, ""

    @classmethod
    def after_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        if before:
            inviting.told(record, before, cls.url("detail", record))
