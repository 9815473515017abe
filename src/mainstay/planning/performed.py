"""The performance of many plans; of one that arrived before this was kept, it is worked out when it is first asked for."""

from collections.abc import Iterable, Mapping

from mainstay.planning import performing
from mainstay.planning.models import Plan, PlanPerformance
from mainstay.planning.receiving import schedule_of
from mainstay.register import store

MOST_AT_ONCE = 50
"""Earlier plans that one request works out; the others follow with the next."""


def of(plans: Iterable[Plan]) -> Mapping[int, PlanPerformance]:
    """The performance of each plan, by its key. One whose content is damaged has none; `mainstay verify` tells of it."""
    held = {plan.pk: plan for plan in plans}
    found = {row.plan_id: row for row in PlanPerformance.objects.filter(plan__in=list(held))}
    for plan in [plan for pk, plan in held.items() if pk not in found][:MOST_AT_ONCE]:
        try:
            found[plan.pk] = performing.keep(plan, schedule_of(plan))
        except store.StoreError:
            continue
    return found
