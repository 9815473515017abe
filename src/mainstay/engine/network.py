"""The precedence graph of a plan: nodes, links in order, cycles named, the path that drives an end. No dates here."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mainstay.engine import network_kernels as kernels
from mainstay.engine.calendar_table import ELAPSED, Ints
from mainstay.engine.errors import CycleError
from mainstay.engine.network_kernels import Bytes, LinkTable
from mainstay.engine.plan import ActivityKind, ConstraintType, LagCalendar, LagKind, LinkType, PlanData

__all__ = ["LinkTable", "Network", "build", "driving_path"]

STRUCTURE = -1
"""Number of a link that comes from the outline, not from the planner."""


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and links of one plan.

    Nodes 0…``activities`` - 1 are the plan's activities in their order. A summary's own node stands for its *end* (its children are
    joined to it finish to finish); a summary that something holds up has a second node, its *gate*, from which its children hang start
    to start. Gates come after the activities. Levels of effort have no links here, since they move nothing: theirs are in ``spanning``.

    Attributes
    ----------
    nodes, activities : int
    links : LinkTable
        Sorted by successor. ``links.first[k]:links.first[k + 1]`` are the links into node ``k``; lags are minutes, percentages worked
        out, counted in calendar ``lag_calendar`` (``ELAPSED``: by the clock). ``origin`` is the link's place in ``PlanData.links``, or -1.
    outgoing_first, outgoing : int64 arrays
        ``outgoing[outgoing_first[k]:outgoing_first[k + 1]]`` are the places in ``links`` of the links out of node ``k``.
    order : int64 array
        The nodes, every one after all its predecessors, last in first out: few activities are open at any place of the order.
    gate : int64 array
        For each activity its gate, or -1.
    spanning, spanning_lag, spanning_lag_calendar : int64 arrays
        Places in ``PlanData.links`` of the links at a level of effort, their lags in minutes and the calendars that count these.
    """

    nodes: int
    activities: int
    links: LinkTable
    outgoing_first: Ints
    outgoing: Ints
    order: Ints
    gate: Ints
    spanning: Ints
    spanning_lag: Ints
    spanning_lag_calendar: Ints


def build(plan: PlanData) -> Network:
    """Build the network of a plan.

    Raises
    ------
    CycleError
        When activities wait for each other; names one cycle.
    """
    kind, parent = plan.arrays.activities.kind, plan.arrays.activities.parent
    count = kind.size
    gate, nodes = _gates(plan)
    spanning, source, target, types, origin = _resolved(plan, gate)
    inside = np.flatnonzero((parent >= 0) & (kind < ActivityKind.LEVEL_OF_EFFORT))
    gated = inside[gate[parent[inside]] >= 0]
    hung = np.where(gate[gated] >= 0, gate[gated], gated)
    extra = inside.size + gated.size
    source = np.concatenate([source, inside, gate[parent[gated]]])
    target = np.concatenate([target, parent[inside], hung])
    types = np.concatenate([types, np.full(inside.size, LinkType.FF, np.int8), np.full(gated.size, LinkType.SS, np.int8)])
    lag, lag_calendar = _lags(plan, origin)
    table = LinkTable(
        first=np.zeros(nodes + 1, np.int64),
        source=source,
        target=target,
        type=types,
        lag=np.concatenate([lag, np.zeros(extra, np.int64)]),
        lag_calendar=np.concatenate([lag_calendar, np.full(extra, ELAPSED, np.int64)]),
        origin=np.concatenate([origin, np.full(extra, STRUCTURE, np.int64)]),
    )
    links = kernels.sorted_by_target(table, nodes)
    outgoing_first, outgoing = kernels.outgoing(links, nodes)
    order = kernels.topological_order(links, outgoing_first, outgoing)
    if order.size < nodes:
        raise _cycle(plan, links, order, gate, nodes)
    return Network(nodes, count, links, outgoing_first, outgoing, order, gate, spanning, *_lags(plan, spanning))


def _gates(plan: PlanData) -> tuple[Ints, int]:
    """Number the second nodes of summaries that are held up, or lie in a summary that is."""
    columns = plan.arrays.activities
    summary = columns.kind == ActivityKind.SUMMARY
    held = np.zeros(columns.kind.size, np.bool_)
    held[plan.arrays.links.successor] = True
    held |= columns.constraint > ConstraintType.AS_LATE_AS_POSSIBLE
    held |= columns.levelling_delay > 0
    held &= summary
    inside = np.flatnonzero(summary & (columns.parent >= 0))
    while inside.size:
        reached = inside[held[columns.parent[inside]] & ~held[inside]]
        if not reached.size:
            break
        held[reached] = True
    gate = np.where(held, columns.kind.size + np.cumsum(held) - 1, -1)
    return gate, columns.kind.size + int(held.sum())


def _resolved(plan: PlanData, gate: Ints) -> tuple[Ints, Ints, Ints, Bytes, Ints]:
    """Links between nodes: those at a level of effort left out, those to a summary led to its gate or, FF and SF, to its activities."""
    kind, links = plan.arrays.activities.kind, plan.arrays.links
    loose = kind >= ActivityKind.LEVEL_OF_EFFORT
    at_effort = loose[links.predecessor] | loose[links.successor]
    origin = np.flatnonzero(~at_effort)
    source, target, types = links.predecessor[origin], links.successor[origin], links.type[origin]
    to_summary = kind[target] == ActivityKind.SUMMARY
    spread = to_summary & (types >= LinkType.FF)
    target = np.where(to_summary, gate[target], target)
    if spread.any():
        leaves = [_leaves(plan, int(links.successor[k])) for k in origin[spread]]
        repeats = [leaf.size for leaf in leaves]
        keep = ~spread
        source = np.concatenate([source[keep], np.repeat(source[spread], repeats)])
        types = np.concatenate([types[keep], np.repeat(types[spread], repeats)])
        target = np.concatenate([target[keep], *leaves])
        origin = np.concatenate([origin[keep], np.repeat(origin[spread], repeats)])
    return np.flatnonzero(at_effort), source, target, types, origin


def _leaves(plan: PlanData, summary: int) -> Ints:
    parent, kind = plan.arrays.activities.parent, plan.arrays.activities.kind
    below = np.zeros(parent.size, np.bool_)
    below[summary] = True
    while True:
        reached = below | ((parent >= 0) & below[parent])
        if (reached == below).all():
            return np.flatnonzero(below & (kind != ActivityKind.SUMMARY) & (kind < ActivityKind.LEVEL_OF_EFFORT))
        below = reached


def _lags(plan: PlanData, origin: Ints) -> tuple[Ints, Ints]:
    """Lag in minutes and the calendar that counts it, for the planner's links."""
    columns, links, kinds = plan.arrays.activities, plan.arrays.links, plan.arrays.links.lag_kind[origin]
    predecessor, successor, written = links.predecessor[origin], links.successor[origin], links.lag[origin]
    share = (kinds == LagKind.PERCENT) | (kinds == LagKind.ELAPSED_PERCENT)
    lag = np.rint(np.where(share, written * columns.duration[predecessor] / 100, written)).astype(np.int64)
    choice = np.array([project.options.lag_calendar for project in plan.projects], np.int64)[columns.project[predecessor]]
    calendar = np.select(
        [choice == LagCalendar.PREDECESSOR, choice == LagCalendar.SUCCESSOR, choice == LagCalendar.PROJECT],
        [columns.base_calendar[predecessor], columns.base_calendar[successor], plan.arrays.project_calendar[columns.project[predecessor]]],
        ELAPSED,
    )
    by_clock = (kinds == LagKind.ELAPSED) | (kinds == LagKind.ELAPSED_PERCENT)
    return lag, np.where(by_clock, ELAPSED, calendar)


def _cycle(plan: PlanData, links: LinkTable, order: Ints, gate: Ints, nodes: int) -> CycleError:
    """Walk back from an activity that never became free, always to a predecessor that did not either, until one comes again.

    The activity that stands first in the plan is named first.
    """
    owner = np.arange(nodes)
    owner[gate[gate >= 0]] = np.flatnonzero(gate >= 0)
    walked = kernels.cycle_nodes(links, order, nodes)
    activities = owner[walked].tolist()
    ids = [plan.activities[node].id for k, node in enumerate(activities) if node != activities[k - 1] or len(activities) == 1]
    first = min(range(len(ids)), key=lambda k: plan.index[ids[k]])
    ids = [*ids[first:], *ids[:first]]
    return CycleError(ids, [plan.activities[plan.index[name]].project for name in ids])


def driving_path(links: LinkTable, driver: Ints, end: int) -> Sequence[int]:
    """Return the nodes that drive ``end``, first to last; ``driver`` gives for each node the link that drives it, or less than 0."""
    path = [end]
    while driver[path[-1]] >= 0:
        path.append(int(links.source[driver[path[-1]]]))
    return path[::-1]
