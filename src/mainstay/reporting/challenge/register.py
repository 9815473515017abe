"""The declaration of the register of challenges."""

from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register.access import may_at_hand
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.reporting.challenge.model import Challenge


class ChallengeRegister(Register):
    model, code = Challenge, "CH"
    sections = {
        "Challenge": ("initiative", "title", "about", "owner", "marking"),
        "Question": ("evidence", "question", "answer_by"),
        "Answer": ("answer",),
    }
    columns = ("ref", "title", "initiative", "about", "owner", "answer_by", "state")
    filters = ("state", "initiative", "owner", "answer_by")
    search = ("ref", "title", "question", "answer")
    order = ("answer_by", "pk")
    due = "answer_by"
    waits_on = {"answered": "decide"}
    inline = ("answer_by", "owner")
    guarded = dict.fromkeys(("title", "about", "evidence", "question", "answer_by"), "decide")
    states = States(
        {
            "asked": State("Asked"),
            "answered": State("Answered"),
            "taken": State("Answer accepted", is_open=False),
            "not_taken": State("Answer not accepted", is_open=False),
        },
        {
            "answer": Move("Answer", ("asked",), "answered", requires=("answer",)),
            "take": Move("Accept the answer", ("answered",), "taken"),
            "refuse": Move("Not accept it", ("answered",), "not_taken", needs_reason=True),
            "ask": Move("Ask again", ("answered", "not_taken"), "asked", needs_reason=True),
        },
    )

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:
        if move != "answer" and not may_at_hand(account, "decide", cls, record):
            return _("Only the office that asked may judge the answer.")
        return ""
