"""The declaration of the register of review teams: nobody is booked twice, and nobody reviews what they have to do with."""

from typing import Any

from mainstay.accounts.models import Account
from mainstay.assurance.member import independence
from mainstay.assurance.member.model import Member
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States


class MemberRegister(Register):
    model, code = Member, "TM"
    is_in_rail = False
    sections = {"Team": ("initiative", "review", "reviewer", "part", "title", "owner", "marking")}
    columns = ("ref", "title", "review", "reviewer", "part", "initiative", "state")
    filters = ("state", "review", "reviewer", "part", "initiative")
    search = ("ref", "title")
    inline = ("owner",)
    states = States(
        {
            "asked": State("Asked"),
            "booked": State("Booked", is_open=False),
            "declined": State("Declined", is_open=False),
        },
        {
            "book": Move("Book", ("asked",), "booked"),
            "decline": Move("Declined", ("asked", "booked"), "declined", needs_reason=True),
            "ask": Move("Ask again", ("declined",), "asked"),
        },
    )

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:  # the signature of the mechanism
        return " ".join(independence.faults(record)) if move == "book" else ""
