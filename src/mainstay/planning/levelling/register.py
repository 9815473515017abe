"""The declaration of the register of levelling proposals. Rows are made by the search; people accept or decline them."""

from collections.abc import Mapping
from typing import Any

from mainstay.accounts.models import Account
from mainstay.planning.levelling import telling
from mainstay.planning.levelling.model import Levelling
from mainstay.register import store
from mainstay.register.access import may_at_hand
from mainstay.register.document import DocumentError
from mainstay.register.errors import Invalid
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.register.store import StoreError


class LevellingRegister(Register):
    model, code = Levelling, "LEV"
    is_in_rail = False
    sections = {"Proposal": ("initiative", "title", "owner", "marking")}
    columns = ("ref", "title", "initiative", "made_at", "made_by", "finish_before", "finish_after", "gap", "moved_count", "state")
    filters = ("state", "initiative", "made_at")
    search = ("ref", "title", "made_by")
    order = ("-made_at", "-pk")
    states = States(
        {
            "proposed": State("Proposed"),
            "accepted": State("Accepted", is_open=False),
            "declined": State("Declined", is_open=False),
        },
        {
            "accept": Move("Accept", ("proposed",), "accepted", needs_reason=True),
            "decline": Move("Decline", ("proposed",), "declined", needs_reason=True),
            "reopen": Move("Propose again", ("accepted", "declined"), "proposed", needs_reason=True),
        },
    )
    is_entered = False

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:
        if move == "accept" and not may_at_hand(account, "decide", cls, record):
            return "Only whoever may decide on plans here may accept a proposal."
        if move == "accept" and not store.place(record.result_digest).is_file():
            return "What this proposal says is kept no more. Level again."
        return ""

    @classmethod
    def after_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        """Whoever directs a project that moves is told of it; what cannot be read any more is not accepted."""
        if record.state != "accepted" or before.get("state") == "accepted":
            return
        try:
            telling.accepted(record)
        except (StoreError, DocumentError) as fault:
            raise Invalid({"state": [str(fault)]}) from fault
