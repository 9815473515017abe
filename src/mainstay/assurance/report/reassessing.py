"""After a Red: the assurance of its action plan is proposed for the day on which it is to be assessed again.

Not before the report is released: a review that follows a Red would tell everybody what only the readers of the report may know.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.assurance.models import Review
from mainstay.assurance.review.register import ReviewRegister
from mainstay.post import writing
from mainstay.register import actions, words
from mainstay.register.access import may
from mainstay.register.history import Actor
from mainstay.register.record import Source

WINDOW = timedelta(days=7)
"""How long before the day of re-assessment it can be held."""


def propose(record: Any, account: Account | None) -> Iterator[tuple[str, str]]:
    """Called once a report is written, with whoever wrote it: once for each Red, and not where somebody has planned it already."""
    if wanted(record) and may(account, "create", ReviewRegister):
        review, last = record.review, record.reassess_on
        values = {
            "title": _("Assurance of the action plan after %(review)s") % {"review": review.title[:120]},
            "initiative": review.initiative_id,
            "kind": "aap",
            "line": review.line,
            "provider": review.provider,
            "owner": review.owner_id,
            "follows": review.pk,
            "decision": review.decision,
            "window_from": max(last - WINDOW, timezone.localdate()),
            "window_to": last,
            "level": review.level,
            "marking": review.marking,
        }
        reason = _("%(review)s was rated Red; its action plan is assessed again by %(day)s.") % {"review": review, "day": words.day(last)}
        made = actions.create(ReviewRegister, values, Actor(account, "derived"), source=Source.DERIVED, reason=reason)
        tell(made, reason)
    yield from ()


def wanted(record: Any) -> bool:
    is_known = record.is_red and record.state == "issued" and record.is_released and not record.is_withdrawn
    if not is_known or record.reassess_on is None or record.reassess_on < timezone.localdate():
        return False
    return not Review.objects.filter(follows=record.review_id, kind="aap", is_withdrawn=False).exclude(state="cancelled").exists()


def tell(review: Any, reason: str) -> None:
    """Whoever arranges the reviews of the initiative."""
    person = review.owner
    if person is None:
        return
    text = _("%(reason)s\n\n%(review)s is proposed: agree it, and carry the open recommendations into it.\n\n%(url)s\n") % {
        "reason": reason, "review": review, "url": f"{settings.PUBLIC_URL}{ReviewRegister.url('detail', review)}",
    }  # fmt: skip
    subject = _("Proposed after a Red: %(review)s") % {"review": review}
    writing.write(f"assurance-{review.pk}-after-red-{person.pk}", person.email, person.title, subject, text)
