"""The declaration of the register of exception reports: written by the project, decided by the board that has the authority."""

from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register.access import may_at_hand, paths_for
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.risk.exception_report.model import ExceptionReport

WHOLE = ("cause", "consequences", "options", "recommendation")
"""What a board needs before it can decide."""


class ExceptionReportRegister(Register):
    model, code = ExceptionReport, "EX"
    sections = {
        "Exception": ("initiative", "title", "dimension", "deviation", "owner", "marking"),
        "Report": ("cause", "consequences", "options", "recommendation", "lessons", "needed_by"),
        "Decision": ("answer", "outcome", "decided_on"),
    }
    columns = ("ref", "title", "initiative", "dimension", "owner", "needed_by", "state", "answer", "decided_on")
    filters = ("state", "initiative", "owner", "dimension", "needed_by", "answer")
    search = ("ref", "title", "deviation", "cause", "recommendation", "outcome")
    order = ("needed_by", "pk")
    due = "needed_by"
    waits_on = {"project_board": "decide", "programme_board": "decide"}
    inline = ("needed_by", "owner")
    guarded = dict.fromkeys(("answer", "outcome", "decided_on"), "decide")
    states = States(
        {
            "draft": State("Being written"),
            "project_board": State("With the project board"),
            "programme_board": State("With the programme board"),
            "decided": State("Decided", is_open=False),
        },
        {
            "submit": Move("To the project board", ("draft",), "project_board", requires=WHOLE),
            "escalate": Move("To the programme board", ("draft", "project_board"), "programme_board", requires=WHOLE),
            "decide": Move("Decide", ("project_board", "programme_board"), "decided", requires=("answer", "decided_on")),
            "reject": Move("Back to be written", ("project_board", "programme_board"), "draft", needs_reason=True),
        },
    )

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:
        if move == "decide" and not may_at_hand(account, "decide", cls, record):
            return _("Only those with the authority of the board may decide. You may prepare the report.")
        if move == "decide" and record.state == "programme_board" and not is_above(record, account):
            return _("It lies with the programme board: only those with the authority of the programme may decide.")
        return ""


def is_above(record: Any, account: Account | None) -> bool:
    """Whether the account holds the authority of the place above the initiative; of one at the top its own."""
    place = record.initiative.parent or record.initiative
    return any(place.path.startswith(path) for path in paths_for(account, ExceptionReportRegister, "decide"))
