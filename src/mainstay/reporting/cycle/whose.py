"""Whose step is next: which of the moves of a return are the supplier's, the sponsor's and the office's."""

from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register.access import may_at_hand
from mainstay.register.spec import Register
from mainstay.reporting.cycle import filling

OF_THE_OFFICE = ("check", "accept", "waive")


def refusal(register: type[Register], record: Any, move: str, account: Account | None) -> str:
    """Why `account` may not take this step; "" where nothing speaks against it."""
    if move == "send":
        return " ".join(sentence for _question, sentence in filling.missing(record))
    is_office = may_at_hand(account, "decide", register, record)
    if move in OF_THE_OFFICE and not is_office:
        return _("Only the office that asked may do this.")
    is_confirmer = record.confirmer is not None and account is not None and record.confirmer.account_id == account.pk
    if move == "confirm" and not is_confirmer and not (is_office and record.confirmer is None):
        return _("Only the sponsor named here may confirm.")
    if move == "confirm" and record.confirmer is not None and record.confirmer_id == record.owner_id:
        return _("Whoever supplies a return does not confirm it. Name somebody else.")
    if move == "accept" and record.state == "checked" and record.confirmer is not None:
        return _("The sponsor has not confirmed it yet.")
    if move == "reject" and not is_office and not is_confirmer:
        return _("Only the office or the sponsor may send it back.")
    return ""
