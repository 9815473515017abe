"""Who claimed a recommendation as done, and who verified it: read from the history, which nobody can write by hand."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.assurance.recommendation.model import Recommendation
from mainstay.register.models import Change
from mainstay.register.spec import Register

JUDGED = ("title", "text", "priority", "due_on", "evidence", "review")
"""What was looked at when it was verified."""


def claimants(register: type[Register], record: Any) -> set[int]:
    """The account of its owner, and those that claimed it or wrote its evidence since it was last opened again or found not done."""
    owner = record.owner.account_id if record.owner_id else None
    found: set[int] = {owner} if owner else set()
    for change in Change.objects.filter(register=register.key, record_id=record.pk).order_by("-sequence"):
        if change.verb in ("reopen", "refuse"):
            break
        if change.actor_id and (change.verb == "claim" or change.after.get("evidence")):
            found.add(change.actor_id)
    return found


def stamp(record: Any, before: Mapping[str, Any]) -> None:
    """The day on which it was verified, for as long as it is closed."""
    if record.state == "closed" and before.get("state") != "closed":
        record.closed_on = timezone.localdate()
    elif record.state != "closed":
        record.closed_on, record.verifier = None, ""


def name_verifier(record: Any, account: Account | None) -> Iterator[tuple[str, str]]:
    """Called once the step is written, with whoever took it."""
    if record.state == "closed" and not record.verifier:
        record.verifier = account.name if account else ""
        Recommendation.objects.filter(pk=record.pk).update(verifier=record.verifier)
    yield from ()


def judged_stay(record: Any, changed: set[str]) -> Iterator[tuple[str, str]]:
    """What has been verified is not written over: it is opened again, with a reason."""
    if record.pk and record.state == "closed":
        for name in sorted(changed & set(JUDGED)):
            yield name, _("It has been verified as it stands. Open it again first, with a reason.")
