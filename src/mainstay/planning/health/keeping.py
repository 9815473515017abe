"""The health of versions of plans, kept beside them; of an older one it is worked out when it is first asked for."""

from collections.abc import Callable, Iterable, Mapping

from mainstay.formats.schedule import Schedule
from mainstay.initiatives.models import Initiative
from mainstay.initiatives.standards import resolve
from mainstay.planning.health.assessment import Health, assess
from mainstay.planning.health.point import STANDARD, Limits, limits
from mainstay.planning.models import Plan, PlanHealth

MOST_AT_ONCE = 12
"""Earlier versions that one request works out; the others follow with the next."""


def limits_for(place: Initiative) -> Limits:
    """The limits that reach an initiative: the published ones, as far as no standard of it or above sets others."""
    return limits(resolve(place, "threshold", STANDARD))


def keep(plan: Plan, schedule: Schedule) -> PlanHealth:
    return kept(plan, assess(schedule, limits_for(plan.initiative)))


def kept(plan: Plan, found: Health) -> PlanHealth:
    told = {
        "score": found.score,
        "held": found.held,
        "judged": found.judged,
        "failed": [point.code for point in found.points if point.holds is False],
        "fault": found.fault[:500],
    }
    return PlanHealth.objects.update_or_create(plan=plan, defaults=told)[0]


def of(plans: Iterable[Plan], content: Callable[[Plan], Schedule | None]) -> Mapping[int, PlanHealth]:
    """The health of each version by its key; `content` reads a version, and gives None where that is damaged."""
    held = {plan.pk: plan for plan in plans}
    found = {row.plan_id: row for row in PlanHealth.objects.filter(plan__in=list(held))}
    for plan in [plan for pk, plan in held.items() if pk not in found][:MOST_AT_ONCE]:
        schedule = content(plan)
        if schedule is not None:
            found[plan.pk] = keep(plan, schedule)
    return found
