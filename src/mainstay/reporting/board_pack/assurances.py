"""What assurance says, taken for a pack. A pack has more readers than a report: what is not released is not in it, whoever makes it."""

from collections.abc import Iterator
from datetime import datetime

from mainstay.accounts.models import Account
from mainstay.assurance.assessment.register import AssessmentRegister
from mainstay.assurance.recommendation.register import RecommendationRegister
from mainstay.assurance.review.register import ReviewRegister
from mainstay.assurance.triage.looking import triage_of
from mainstay.register.access import may
from mainstay.reporting.board_pack.assured import AdviceFact, ReviewFact, UnreviewedFact
from mainstay.reporting.board_pack.parts import Parts
from mainstay.reporting.board_pack.records import name_of, rows_of, shared


def reviews(account: Account | None, parts: Parts, since: datetime) -> Iterator[ReviewFact]:
    for row in rows_of(ReviewRegister, account, parts, since).exclude(state="cancelled"):
        yield ReviewFact(
            **shared(row, parts),
            short=row.short,
            first_day=row.first_day,
            last_day=row.last_day,
            has_days=row.starts_on is not None,
            decision=row.decision,
            decision_on=row.decision_on,
            rating=row.rating,
            scale=row.rating_scale,
        )


def advice(account: Account | None, parts: Parts, since: datetime) -> Iterator[AdviceFact]:
    """Also for a maker who is the owner of a report and sees more: only what is released."""
    rows = rows_of(RecommendationRegister, account, parts, since).filter(is_released=True).select_related("review", "due_before")
    for row in rows.filter(state__in=("open", "claimed")):
        yield AdviceFact(**shared(row, parts), review=row.review.ref, priority=row.priority, owner=name_of(row.owner), do_by=row.do_by)


def unreviewed(account: Account | None, parts: Parts) -> Iterator[UnreviewedFact]:
    """As the triage of the place says."""
    if not (may(account, "view", AssessmentRegister) and may(account, "view", ReviewRegister)):
        return
    for line in triage_of(parts.whole, account).missing:
        place = line.initiative
        yield UnreviewedFact(
            pk=place.pk,
            code=place.code,
            part=parts.code(place.pk) or parts.whole.code,
            title=place.title,
            why=line.why,
            marking=place.marking,
        )
