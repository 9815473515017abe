"""Milestones that activities of the network feed: their dates are told beside what was promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mainstay.engine.plan import NONE, Activity, ActivityKind, Link, PlanData
from mainstay.planning.conversion import activity_key
from mainstay.planning.feeding import among
from mainstay.planning.models import Activity as Row
from mainstay.planning.models import Milestone

MERGED = "milestones"
"""Project of the nodes in which several feeders meet: it has no work of its own, so that no project's finish is another for it."""


@dataclass(frozen=True, slots=True)
class Fed:
    """Key of a milestone → the engine's name of what dates it; those that are reached already, or fed by nothing, are not among them.

    ``nodes`` and ``links`` are what the network needs for milestones with several feeders: a node that waits for all of them.
    """

    names: Mapping[int, str]
    nodes: tuple[Activity, ...] = ()
    links: tuple[Link, ...] = ()

    def in_network(self, plan: PlanData) -> PlanData:
        if not self.nodes:
            return plan
        own = replace(plan.projects[0], id=MERGED, finish=None, start=min(project.start for project in plan.projects))
        return PlanData((*plan.projects, own), plan.calendars, (*plan.activities, *self.nodes), (*plan.links, *self.links))


def fed(milestones: Sequence[Milestone], activities: Sequence[Row], plan: PlanData) -> Fed:
    names: dict[int, str] = {}
    nodes, links = [], []
    for row in milestones:
        keys = feeding_keys(row, activities, plan)
        if len(keys) == 1:
            names[row.pk] = keys[0]
        elif keys:
            names[row.pk] = f"{MERGED}:{row.pk}"
            nodes.append(Activity(id=names[row.pk], project=MERGED, kind=ActivityKind.MILESTONE))
            links += [Link(key, names[row.pk]) for key in keys]
    return Fed(names, tuple(nodes), tuple(links))


def feeding_keys(row: Milestone, activities: Sequence[Row], plan: PlanData) -> list[str]:
    """The feeders that are still to finish; none where one of them cannot be found, since the date would then be too early."""
    columns = plan.arrays.activities
    keys = []
    for each in among(row, activities).found:
        key = activity_key(each.activity.plan.initiative.code, int(each.activity.uid)) if each.activity else ""
        at = plan.index.get(key)
        if at is None or columns.kind[at] not in (ActivityKind.TASK, ActivityKind.MILESTONE):
            return []
        if columns.actual_finish[at] == NONE:
            keys.append(key)
    return keys
