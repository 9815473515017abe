"""How ready business areas are to change over, as facts of a pack: two queries, however many transition plans there are."""

from collections.abc import Iterator
from datetime import datetime

from mainstay.accounts.models import Account
from mainstay.reporting.board_pack.limits import TransitionFact
from mainstay.reporting.board_pack.parts import Parts
from mainstay.reporting.board_pack.records import name_of, rows_of, shared
from mainstay.transition.models import Criterion
from mainstay.transition.plan.register import TransitionPlanRegister
from mainstay.transition.readiness import Readiness


def transitions(account: Account | None, parts: Parts, since: datetime) -> Iterator[TransitionFact]:
    rows = list(rows_of(TransitionPlanRegister, account, parts, since))
    criteria: dict[int, list[Criterion]] = {}
    for one in Criterion.objects.filter(plan__in=[row.pk for row in rows], is_withdrawn=False).order_by("pk"):
        criteria.setdefault(one.plan_id, []).append(one)
    for row in rows:
        found = Readiness(criteria.get(row.pk, []))
        yield TransitionFact(
            **shared(row, parts),
            area=row.business_area,
            owner=name_of(row.owner),
            cut_over_on=row.cut_over_on,
            agreed_on=row.agreed_cut_over,
            musts=len(found.musts),
            confirmed=len(found.confirmed),
            waived=len(found.waived),
            has_fallback=bool(row.fallback),
        )
