"""What counts as given, who says whether it is enough, and why something is not available."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register.access import may_at_hand
from mainstay.register.models import Attachment, Change
from mainstay.register.spec import Register


def refusal(register: type[Register], record: Any, move: str, account: Account | None) -> str:
    if move == "give" and not record.location.strip() and not has_file(register, record):
        return _("Nothing is there yet: say where the document is, or attach it.")
    if move in ("accept", "return"):
        if not may_at_hand(account, "create", register, record):
            return _("The review team, or the office that arranges the review, says whether it is enough.")
        if move == "accept" and account is not None and account.pk == given_by(register, record):
            return _("You gave it: somebody else says whether it is enough.")
    return ""


def has_file(register: type[Register], record: Any) -> bool:
    return Attachment.objects.filter(register=register.key, record_id=record.pk, is_withdrawn=False).exists()


def given_by(register: type[Register], record: Any) -> int | None:
    """The account that gave it last."""
    rows = Change.objects.filter(register=register.key, record_id=record.pk, verb="give").order_by("-sequence")
    return rows.values_list("actor_id", flat=True).first()


def reasons(register: type[Register], rows: Iterable[Any]) -> dict[int, str]:
    """Why documents are not available, by record; one query."""
    missing = [row.pk for row in rows if row.state == "unavailable"]
    told = Change.objects.filter(register=register.key, record_id__in=missing, verb="miss").order_by("sequence")
    return {pk or 0: reason for pk, reason in told.values_list("record_id", "reason")}
