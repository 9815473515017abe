"""Open recommendations of earlier reviews, carried into the next one, which says what became of each."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.assurance.recommendation.register import RecommendationRegister
from mainstay.assurance.review.steps import DONE
from mainstay.register import actions
from mainstay.register.access import visible_to
from mainstay.register.errors import Refused
from mainstay.register.history import Actor

OVER = ("issued", "closed", "cancelled")
UNDONE = ("open", "claimed")
MOST = 200


def waiting(review: Any, account: Account | None) -> list[Any]:
    """Open recommendations of earlier reviews of the initiative, carried into none yet, as far as the account may change them."""
    rows = visible_to(account, RecommendationRegister, "change").filter(
        initiative=review.initiative_id, state__in=UNDONE, is_withdrawn=False, carried_into=None
    )
    return list(rows.exclude(review=review.pk).filter(review__state__in=DONE).order_by("pk")[:MOST])


@transaction.atomic
def carry(review: Any, actor: Actor) -> int:
    """Carry them all into `review`; how many they were."""
    if review.state in OVER:
        raise Refused(_("%(review)s is over: nothing is carried into it.") % {"review": review})
    rows = waiting(review, actor.account)
    for row in rows:
        actions.change(RecommendationRegister, row.pk, row.version, {"carried_into": review.pk}, actor)
    return len(rows)
