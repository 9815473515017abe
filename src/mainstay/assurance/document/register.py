"""The declaration of the register of document requests of reviews."""

from collections.abc import Mapping
from typing import Any

from mainstay.accounts.models import Account
from mainstay.assurance.document import giving
from mainstay.assurance.document.model import Document
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States


class DocumentRegister(Register):
    model, code = Document, "DQ"
    is_in_rail = False
    scope = ("initiative__path", "compartment")
    sections = {
        "Request": ("initiative", "review", "title", "item", "purpose", "owner", "due_on", "marking"),
        "Evidence": ("location", "edition"),
    }
    columns = ("ref", "title", "review", "initiative", "owner", "due_on", "edition", "state")
    filters = ("state", "review", "initiative", "owner", "due_on")
    search = ("ref", "title", "purpose", "location")
    order = ("due_on", "pk")
    inline = ("owner", "due_on")
    due = "due_on"
    waits_on = {"given": "create"}
    states = States(
        {
            "asked": State("Asked"),
            "given": State("Given"),
            "accepted": State("Accepted", is_open=False),
            "unavailable": State("Not available", is_open=False),
        },
        {
            "give": Move("Given", ("asked",), "given"),
            "accept": Move("Accept", ("given",), "accepted"),
            "return": Move("Not enough", ("given", "accepted"), "asked", needs_reason=True),
            "miss": Move("Not available", ("asked",), "unavailable", needs_reason=True),
            "ask": Move("Ask again", ("unavailable",), "asked", needs_reason=True),
        },
    )

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:
        return giving.refusal(cls, record, move, account)

    @classmethod
    def before_write(cls, record: Any, before: Mapping[str, Any]) -> None:  # the signature of the mechanism
        record.settle(record.review)
