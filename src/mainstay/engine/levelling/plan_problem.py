"""A plan and its pool → the arrays of levelling: which activities may move, from when on, and what the others leave free."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mainstay.engine.calendar_table import ELAPSED, Ints
from mainstay.engine.critical_path import ScheduleResult
from mainstay.engine.levelling import packing
from mainstay.engine.levelling.arrays import Given, Problem, Time, links_of
from mainstay.engine.levelling.errors import LevellingError
from mainstay.engine.levelling.pool import Pool
from mainstay.engine.levelling.slots import Slots, cut, offered
from mainstay.engine.plan import NONE, Activity, ActivityKind, ConstraintType

PINNED = frozenset({
    ConstraintType.MUST_START_ON, ConstraintType.MUST_FINISH_ON, ConstraintType.MANDATORY_START, ConstraintType.MANDATORY_FINISH,
    ConstraintType.START_ON, ConstraintType.FINISH_ON,
})  # fmt: skip


def may_move(activity: Activity, pool: Pool) -> bool:
    """Not begun, not set by hand or by a constraint, not exempted; summaries follow their activities."""
    return (
        activity.kind in (ActivityKind.TASK, ActivityKind.MILESTONE)
        and activity.actual_start is None
        and activity.actual_finish is None
        and not activity.manual
        and not {activity.constraint, activity.second_constraint} & PINNED
        and activity.id not in pool.never_moved
    )


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """The arrays; ``nodes`` are the plan's network nodes that the tasks stand for, ``slots`` the time they lie in."""

    problem: Problem
    nodes: Ints
    slots: Slots
    amounts: Ints
    """Demand of each task in per cent, one column a resource."""
    free: Ints
    """Per cent of each resource left for them, one row a slot."""


def plan_problem(
    result: ScheduleResult, pool: Pool, movable: frozenset[str], end: int, priorities: Mapping[str, int] | None = None
) -> PlanProblem:
    """The problem of moving activities between the plan's own early dates and ``end``; see `level_plan` for ``priorities``."""
    plan, network = result.plan, result.network
    count = network.activities
    columns = plan.arrays.activities
    free_node = np.ones(network.nodes, np.bool_)
    free_node[:count] = [activity.id in movable or activity.kind == ActivityKind.SUMMARY for activity in plan.activities]
    nodes = np.flatnonzero(free_node)
    place = np.full(network.nodes, -1, np.int64)
    place[nodes] = np.arange(nodes.size)
    is_work = nodes < count
    is_work[is_work] = columns.kind[nodes[is_work]] == ActivityKind.TASK
    length = np.zeros(nodes.size, np.int64)
    length[is_work] = columns.duration[nodes[is_work]] + columns.pause[nodes[is_work]]
    owner_calendar = np.full(nodes.size, ELAPSED, np.int64)
    owner_calendar[is_work] = columns.calendar[nodes[is_work]]
    if not is_work.any():
        raise LevellingError("Every activity has begun, is finished or is held in its place, so there is nothing to level.")
    links = network.links
    kept = np.flatnonzero(free_node[links.source] & free_node[links.target])
    used = sorted({*owner_calendar[length > 0].tolist(), *links.lag_calendar[kept][links.lag[kept] != 0].tolist()})
    begin = int(result.early_start[[place for place, activity in enumerate(plan.activities) if activity.id in movable]].min())
    slots = cut(plan.calendar_table, used, begin, end, np.concatenate([length[length > 0], links.lag[kept][links.lag[kept] != 0]]))
    row = {number: k for k, number in enumerate(used)}
    amounts, free = _pool_arrays(result, pool, place, nodes.size, slots, movable)
    demand, capacity = packing.scaled(amounts, free)
    forwards = Time(slots.work, packing.packed_free(capacity))
    mirrored = Time(np.ascontiguousarray(slots.work[:, -1:] - slots.work[:, ::-1]), np.ascontiguousarray(forwards.whole[::-1]))
    calendar = np.array([row.get(int(number), 0) for number in owner_calendar], np.int64)
    lag_row = np.array([row.get(int(number), 0) for number in links.lag_calendar[kept]], np.int64)
    given = Given(place[links.source[kept]], place[links.target[kept]], links.type[kept].astype(np.int64), links.lag[kept], lag_row)
    release = np.array([slots.at_or_after(int(result.early_start[node])) if node < count else 0 for node in nodes], np.int64)
    late = np.array([int(result.late_finish[node]) if node < count else 0 for node in nodes], np.int64)
    group, weight = _weights(result, nodes, priorities or {})
    if weight.size:  # who counts more stands earlier in the lists to begin with
        late -= np.where(group >= 0, weight[group] * (int(late.max()) - int(late.min())) // int(weight.max()), 0)
    problem = Problem(
        is_plain=0,
        length=length,
        calendar=calendar,
        demand=packing.packed(demand),
        release=release,
        late=late,
        into=links_of(given, nodes.size, mirrored=False),
        out=links_of(given, nodes.size, mirrored=True),
        forwards=forwards,
        backwards=mirrored,
        group=group,
        weight=weight,
    )
    return PlanProblem(problem, nodes, slots, amounts, free)


def _weights(result: ScheduleResult, nodes: Ints, priorities: Mapping[str, int]) -> tuple[Ints, Ints]:
    """The project of each task that is an activity, and the weight of each project that has any; nothing where all count alike."""
    plan = result.plan
    owner = {project.id: place for place, project in enumerate(plan.projects)}
    group = np.array([owner[plan.activities[node].project] if node < len(plan.activities) else -1 for node in nodes], np.int64)
    if not priorities:
        return group, np.zeros(0, np.int64)
    return group, np.array([priorities.get(project.id, 1) for project in plan.projects], np.int64)


def _pool_arrays(result: ScheduleResult, pool: Pool, place: Ints, tasks: int, slots: Slots, movable: frozenset[str]) -> tuple[Ints, Ints]:
    """What the tasks demand, and what is left free by the activities that stay where they are."""
    column = {resource.id: k for k, resource in enumerate(pool.resources)}
    amounts = np.zeros((tasks, len(pool.resources)), np.int64)
    free = offered(pool.resources, slots)
    for use in pool.uses:
        node = result.plan.index[use.activity]
        if use.activity in movable:
            amounts[place[node], column[use.resource]] += use.amount
        elif result.plan.arrays.activities.actual_finish[node] == NONE:
            low = int(np.searchsorted(slots.ends[1:], result.start[node], side="right"))
            high = int(np.searchsorted(slots.edges[:-1], result.finish[node]))
            free[low:high, column[use.resource]] -= use.amount
    return amounts, np.maximum(free, 0)
