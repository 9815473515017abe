"""Milestones that an activity of the network feeds: their dates are told beside what was promised."""

from collections.abc import Sequence

from mainstay.engine.plan import NONE, ActivityKind, PlanData
from mainstay.planning import lookup
from mainstay.planning.conversion import activity_key
from mainstay.planning.models import Activity, Milestone


def fed(milestones: Sequence[Milestone], activities: Sequence[Activity], plan: PlanData) -> dict[int, str]:
    """Key of a milestone → the engine's name of its activity; those that are reached already, or fed by nothing, are not among them."""
    columns = plan.arrays.activities
    found = {}
    for row in milestones:
        own = [activity for activity in activities if activity.plan.initiative.path.startswith(row.initiative.path)]
        activity = lookup.one(row.activity.strip(), own, row.initiative).activity
        key = activity_key(activity.plan.initiative.code, int(activity.uid)) if activity else ""
        at = plan.index.get(key)
        if at is not None and columns.actual_finish[at] == NONE and columns.kind[at] in (ActivityKind.TASK, ActivityKind.MILESTONE):
            found[row.pk] = key
    return found
