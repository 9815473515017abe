"""How many documents of each review are settled, of how many that were asked for: one query for all reviews of a page."""

from collections.abc import Iterable

from django.db.models import Count, Q

from mainstay.accounts.models import Account
from mainstay.assurance.document.register import DocumentRegister
from mainstay.register.access import visible_to

SETTLED = ("accepted", "unavailable")


def settled(reviews: Iterable[int], account: Account | None) -> dict[int, tuple[int, int]]:
    """Review → settled and all; one that has asked for nothing is not in it."""
    rows = visible_to(account, DocumentRegister).filter(review__in=list(reviews), is_withdrawn=False).order_by()
    counted = rows.values_list("review").annotate(done=Count("pk", filter=Q(state__in=SETTLED)), asked=Count("pk"))
    return {review: (done, asked) for review, done, asked in counted}
