"""Who claimed what: read from the history, which nobody can write by hand."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from mainstay.register.models import Change
from mainstay.register.spec import Register

JUDGED = ("plan", "title", "weight", "measure", "threshold", "evidence", "authority")
"""What was looked at when a criterion was claimed, confirmed or waived."""


def claimants(register: type[Register], record: Any) -> set[int]:
    """The accounts that claimed the criterion or wrote its evidence, since it was last opened again or found not met."""
    found: set[int] = set()
    for change in Change.objects.filter(register=register.key, record_id=record.pk).order_by("-sequence"):
        if change.verb in ("reopen", "refuse"):
            break
        if change.actor_id and (change.verb == "claim" or change.after.get("evidence")):
            found.add(change.actor_id)
    return found


def judged_stay(record: Any, changed: set[str]) -> Iterator[tuple[str, str]]:
    """What has been confirmed or waived is not written over: it is opened again, with a reason."""
    if record.pk and record.state in ("confirmed", "waived"):
        for name in sorted(changed & set(JUDGED)):
            yield name, _("It has been judged on this. Open the criterion again first, with a reason.")
