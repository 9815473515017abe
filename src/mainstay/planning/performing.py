"""The performance of a version of a plan, kept beside it when it arrives."""

from mainstay.formats.schedule import Schedule
from mainstay.planning.earning import INDICES, earning
from mainstay.planning.models import Plan, PlanPerformance


def keep(plan: Plan, schedule: Schedule) -> PlanPerformance:
    return PlanPerformance.objects.update_or_create(plan=plan, defaults=figures(schedule))[0]


def figures(schedule: Schedule) -> dict[str, object]:
    found = earning(schedule)
    told: dict[str, object] = {name: found.index(name) for name in INDICES}
    if found.performance is not None:
        told |= {name: getattr(found.performance, name) for name in ("budget", "planned", "earned", "actual")}
    return told | {
        "weight": str(found.weight or ""),
        "counted": found.counted,
        "baselined": found.baselined,
        "idle": len(found.idle),
        "unsaid": {name: str(reason) for name, reason in found.unsaid.items()},
    }
