"""Whether the link of a promise is live, and every reason why it is not. Knows the records alone, so that their own register may ask."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mainstay.planning.dependency.model import CLOSED, Dependency
from mainstay.planning.promises.promise_link import PromiseLink
from mainstay.register.record import Marking

LIMIT = Marking.OFFICIAL
"""The highest marking of what a link opens: what is marked above it leaves the house by no link."""

DEAD = {
    "withdrawn": _("Withdrawn: it opens nothing."),
    "expired": _("It has run out."),
    "ended": _("It has ended with the promise, which is withdrawn or replaced."),
    "forbidden": _("The installation lets no promise be answered by link."),
    "marked": _("The promise is marked above OFFICIAL: no link opens it."),
    "replaced": _("It was for a party that this promise does not name now."),
}
"""Why a link opens nothing, as the office reads it."""


def why_dead(link: PromiseLink) -> str:
    """Why it opens nothing, a key of `DEAD`; "" while it is live. What is settled stays to be looked at until the last day."""
    row = link.of
    if link.withdrawn_at is not None:
        return "withdrawn"
    if row.is_withdrawn or row.state == "superseded":
        return "ended"
    if fault := why_none(row):
        return fault
    if link.has_run_out:
        return "expired"
    return "" if link.party == party_of(row) else "replaced"


def why_none(row: Dependency) -> str:
    """Why no link opens this promise, whatever link it is."""
    if not settings.PROMISE_LINKS:
        return "forbidden"
    return "marked" if row.marking != LIMIT else ""


def party_of(row: Dependency) -> tuple[str, str, str, str]:
    return row.outside, row.outside_name, row.outside_body, row.outside_email


def may_be_made(row: Dependency) -> bool:
    """Whether there is somebody outside to make a link for, and something left to answer."""
    return bool(row.outside) and row.state not in CLOSED and not row.is_withdrawn and not why_none(row)


def latest(row: Dependency) -> PromiseLink | None:
    return PromiseLink.objects.select_related("of__initiative", "of__giver", "of__owner").filter(of=row).order_by("-pk").first()


def live(row: Dependency) -> PromiseLink | None:
    """The link by which the party outside answers now; a promise without such a party is not asked after."""
    if not row.outside or not row.pk:
        return None
    found = PromiseLink.objects.filter(of=row, withdrawn_at__isnull=True).first()
    if found is None:
        return None
    found.of = row
    return None if why_dead(found) else found
