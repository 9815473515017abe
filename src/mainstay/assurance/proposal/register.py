"""The declaration of the register of proposed calendars. Rows are made by the search; people accept or decline them."""

from mainstay.assurance.proposal.model import Proposal
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States


class ProposalRegister(Register):
    model, code = Proposal, "CP"
    is_in_rail = False
    sections = {"Proposal": ("initiative", "title", "owner", "marking")}
    columns = ("ref", "title", "initiative", "made_at", "made_by", "placed_count", "moved_count", "left_count", "gap", "state")
    filters = ("state", "initiative", "made_at")
    search = ("ref", "title", "made_by")
    order = ("-made_at", "-pk")
    # It is accepted on its own page, or by its own operation of the API: what it writes is chosen there.
    states = States(
        {
            "proposed": State("Proposed"),
            "accepted": State("Accepted", is_open=False),
            "declined": State("Declined", is_open=False),
        },
        {
            "decline": Move("Decline", ("proposed",), "declined", needs_reason=True),
            "reopen": Move("Propose again", ("declined",), "proposed", needs_reason=True),
        },
    )
    is_entered = False
