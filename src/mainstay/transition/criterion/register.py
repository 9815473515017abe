"""The declaration of the register of readiness criteria: whoever claims one does not confirm it."""

from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register.access import may
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.transition.confirming import claimants
from mainstay.transition.criterion.model import Criterion


class ReadinessCriterionRegister(Register):
    model, code = Criterion, "RD"
    is_in_rail = False
    sections = {
        "Criterion": ("initiative", "plan", "title", "weight", "measure", "threshold", "owner", "due_on", "marking"),
        "Evidence": ("evidence", "authority"),
    }
    columns = ("ref", "title", "plan", "weight", "threshold", "owner", "due_on", "state")
    filters = ("state", "plan", "weight", "initiative", "owner", "due_on")
    search = ("ref", "title", "measure", "evidence")
    order = ("due_on", "pk")
    due = "due_on"
    inline = ("owner", "due_on")
    states = States(
        {
            "open": State("Open"),
            "claimed": State("Claimed"),
            "not_met": State("Not met"),
            "confirmed": State("Confirmed", is_open=False),
            "waived": State("Waived", is_open=False),
        },
        {
            "claim": Move("Claim as met", ("open", "not_met"), "claimed", requires=("evidence",)),
            "confirm": Move("Confirm", ("claimed",), "confirmed"),
            "refuse": Move("Not met", ("open", "claimed"), "not_met", needs_reason=True),
            "waive": Move("Waive", ("open", "claimed", "not_met"), "waived", needs_reason=True, requires=("authority",)),
            "reopen": Move("Open again", ("confirmed", "waived", "claimed"), "open", needs_reason=True),
        },
    )

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:
        if move == "confirm" and account is not None and account.pk in claimants(cls, record):
            return _("You claimed it or wrote its evidence: somebody else confirms it.")
        if move == "waive" and not may(account, "decide", cls, record):
            return _("Only those with the authority of the board may waive a criterion.")
        return ""
