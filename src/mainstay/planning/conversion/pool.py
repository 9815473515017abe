"""Resources and assignments of files → the pool that levelling shares out. Plans that name a resource alike share it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mainstay.engine.levelling.pool import WHOLE, Offer, Pool, Resource, Use
from mainstay.engine.plan import PlanData
from mainstay.formats import schedule as file
from mainstay.formats.terms import ResourceKind
from mainstay.planning.conversion.activities import instant
from mainstay.planning.conversion.network import activity_key

NEVER_LEVELLED = 1000
"""The priority by which planners exempt an activity (Microsoft Project)."""
LEVELLED = (ResourceKind.WORK, ResourceKind.EQUIPMENT)


@dataclass(slots=True)
class _Gathered:
    resources: dict[str, Resource] = field(default_factory=dict)
    uses: dict[tuple[str, str], int] = field(default_factory=dict)
    never_moved: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)


def pool_of(schedules: Mapping[str, file.Schedule], plan: PlanData) -> Pool:
    """The pool of several schedules by their project's name in the joined plan. Where two files state a shared resource, the larger
    offer holds: each states the same people."""
    found = _Gathered()
    for project, schedule in schedules.items():
        _gather(found, project, schedule, plan)
    uses = tuple(Use(activity, resource, amount) for (activity, resource), amount in sorted(found.uses.items()))
    used = {use.resource for use in uses}
    resources = tuple(resource for key, resource in sorted(found.resources.items()) if key in used)
    return Pool(resources, uses, frozenset(found.never_moved), found.names)


def _gather(found: _Gathered, project: str, schedule: file.Schedule, plan: PlanData) -> None:
    by_uid = {}
    for row in schedule.resources:
        if row.kind in LEVELLED and row.active:
            by_uid[row.uid] = key = (row.name or row.code or f"{project}:{row.uid}").strip().casefold()
            made = Resource(key, row.name or row.code or str(row.uid), offers(row))
            held = found.resources.get(key)
            if held is None or made.most > held.most:
                found.resources[key] = made
    for activity in schedule.activities:
        key = activity_key(project, activity.uid)
        found.names[key] = f"{activity.activity_id or activity.wbs or activity.uid} {activity.name}".strip()
        if activity.priority is not None and activity.priority >= NEVER_LEVELLED and key in plan.index:
            found.never_moved.add(key)
    for assignment in schedule.assignments:
        owner, resource = activity_key(project, assignment.activity_uid), by_uid.get(assignment.resource_uid or 0)
        amount = round(WHOLE if assignment.units is None else assignment.units)
        if resource is not None and owner in plan.index and amount > 0:
            found.uses[owner, resource] = found.uses.get((owner, resource), 0) + amount


def offers(resource: file.Resource) -> tuple[Offer, ...]:
    """Its availability by date where the file has one, else its largest amount for ever; nothing said is one full-time unit."""
    dated = tuple(Offer(round(row.units), instant(row.start), instant(row.finish)) for row in resource.availability)
    if any(row.amount for row in dated):
        return dated
    return (Offer(round(resource.max_units if resource.max_units is not None else WHOLE)),)


def projects_of(schedules: Iterable[file.Schedule]) -> list[file.Schedule]:
    return [schedule for schedule in schedules if not schedule.is_baseline]
