"""Which nodes have an uncertain duration, and what is drawn for each: its own distribution, or that of its class."""

from dataclasses import dataclass

import numpy as np

from mainstay.engine.calendar_table import Ints
from mainstay.engine.plan import NONE, ActivityKind
from mainstay.engine.simulation.distributions import Distribution
from mainstay.engine.simulation.inputs import Loading
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.network_tables import NodeFacts


@dataclass(frozen=True, slots=True)
class Uncertain:
    """One entry an uncertain activity: its node, the distribution of its remaining minutes, its loadings on common factors."""

    nodes: Ints
    distributions: tuple[Distribution, ...]
    loadings: tuple[tuple[Loading, ...], ...]
    groups: dict[str, Ints]


def uncertain_nodes(model: SimulationModel, facts: NodeFacts) -> Uncertain:
    """Give each activity that is not complete its uncertainty; its own comes before that of a class."""
    plan = model.plan
    columns = plan.arrays.activities
    grouped, _ = group_loadings(model)
    open_task = (columns.kind == ActivityKind.TASK) & (columns.actual_finish == NONE)
    found: dict[int, tuple[Distribution, tuple[Loading, ...], str]] = {}
    for item in model.durations:
        node = plan.index[item.activity]
        if open_task[node] and not (columns.actual_start[node] != NONE and facts.remaining[node] == 0):
            share = facts.remaining[node] / columns.duration[node] if columns.actual_start[node] != NONE and columns.duration[node] else 1.0
            found[node] = (item.minutes.scaled(float(share)), grouped.get(item.activity, item.loadings), item.group)
    uncertain = open_task & (facts.remaining[: open_task.size] > 0)
    for group in model.classes:
        members = np.flatnonzero(uncertain).tolist() if group.activities is None else [plan.index[name] for name in group.activities]
        for node in members:
            if uncertain[node] and node not in found:
                found[node] = (group.ratio.scaled(float(facts.remaining[node])), group.loadings, group.id)
    order = sorted(found)
    groups: dict[str, list[int]] = {}
    for node in order:
        if found[node][2]:
            groups.setdefault(found[node][2], []).append(node)
    return Uncertain(
        np.array(order, np.int64),
        tuple(found[node][0] for node in order),
        tuple(found[node][1] for node in order),
        {name: np.array(nodes, np.int64) for name, nodes in groups.items()},
    )


def group_loadings(model: SimulationModel) -> tuple[dict[str, tuple[Loading, ...]], dict[str, tuple[Loading, ...]]]:
    """Loadings of the members of correlation groups: by activity, and by cost item."""
    durations: dict[str, tuple[Loading, ...]] = {}
    items: dict[str, tuple[Loading, ...]] = {}
    for group in model.correlations:
        rows = group.loadings()
        durations |= dict(zip(group.durations, rows, strict=False))
        items |= dict(zip(group.items, rows[len(group.durations) :], strict=True))
    return durations, items
