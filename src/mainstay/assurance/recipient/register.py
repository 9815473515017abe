"""The declaration of the register of recipients of reports: whoever may read a report sees who else may."""

from typing import Any

from mainstay.assurance.recipient.model import Recipient
from mainstay.register.spec import Register


class RecipientRegister(Register):
    model, code = Recipient, "DL"
    is_in_rail = False
    scope = ("report__released_to__path", "report__compartment")
    sections = {"Recipient": ("initiative", "report", "person", "title", "purpose", "owner", "marking")}
    columns = ("ref", "title", "report", "person", "purpose")
    filters = ("report", "person", "initiative")
    search = ("ref", "title", "purpose")
    inline = ("purpose",)

    @classmethod
    def path(cls, record: Any) -> str:
        return str(record.report.seen_below)

    @classmethod
    def rows(cls, rows: Any) -> Any:
        return super().rows(rows).select_related("report__released_to")
