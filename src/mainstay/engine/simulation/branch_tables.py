"""Branches of the network as rows of existence, and which activities each row decides."""

from dataclasses import dataclass, field

import numpy as np

from mainstay.engine.network import Network
from mainstay.engine.plan import ActivityKind, PlanData
from mainstay.engine.simulation.errors import SimulationError
from mainstay.engine.simulation.layout import threshold
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.random import entity_keys
from mainstay.engine.simulation.tables import BranchTable


@dataclass(slots=True)
class Branches:
    """Rows that decide each activity (by its index), and for each that decides a condition: after, and the two rows."""

    exists: dict[int, list[int]] = field(default_factory=dict)
    watched: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    low: list[int] = field(default_factory=list)
    high: list[int] = field(default_factory=list)
    planned: list[bool] = field(default_factory=list)
    rows: int = 0

    def drawn(self, name: str, low: float, high: float, planned: bool) -> int:
        self.names.append(name)
        self.low.append(threshold(low))
        self.high.append(threshold(high))
        self.planned.append(planned)
        self.rows += 1
        return self.rows - 1

    def table(self) -> BranchTable:
        return BranchTable(
            key=entity_keys(self.names),
            low=np.array(self.low, np.uint64),
            high=np.array(self.high, np.uint64),
            planned=np.array(self.planned, np.bool_),
            rows=self.rows,
        )


def branches_of(model: SimulationModel, network: Network) -> Branches:
    """Number the rows of existence; raises `SimulationError` where an activity would be decided by one that does not come before it."""
    found = Branches()
    plan = model.plan

    def decide(names: tuple[str, ...], row: int) -> None:
        for index in below(plan, names):
            found.exists.setdefault(index, []).append(row)

    for existence in model.existences:
        decide(existence.activities, found.drawn(existence.id, 0.0, existence.probability, existence.probability >= 0.5))
    for branch in model.branches:
        ends = np.concatenate([[0.0], np.cumsum([alternative.probability for alternative in branch.alternatives])])
        ends[-1] = 1.0
        likely = int(np.argmax([alternative.probability for alternative in branch.alternatives]))
        for k, alternative in enumerate(branch.alternatives):
            decide(alternative.activities, found.drawn(branch.id, float(ends[k]), float(ends[k + 1]), k == likely))
    for condition in model.conditions:
        index = plan.index[condition.activity]
        reached = _after(network, index)
        for name in (*condition.then, *condition.otherwise):
            if plan.index[name] not in reached:
                raise SimulationError(
                    f"Branch {condition.id} is decided by activity {condition.activity}, which {name} does not wait for; "
                    f"link the two or choose an activity that comes before."
                )
        found.watched.setdefault(index, []).append((condition.after, found.rows, found.rows + 1))
        decide(condition.then, found.rows)
        decide(condition.otherwise, found.rows + 1)
        found.rows += 2
    return found


def below(plan: PlanData, names: tuple[str, ...]) -> list[int]:
    """Indices of activities; a summary stands for all that lies below it."""
    wanted = {plan.index[name] for name in names}
    kind, parent = plan.arrays.activities.kind, plan.arrays.activities.parent
    if not any(kind[index] == ActivityKind.SUMMARY for index in wanted):
        return sorted(wanted)
    found = []
    for index in range(len(plan.activities)):
        at = index
        while at >= 0 and at not in wanted:
            at = int(parent[at])
        if at >= 0 and kind[index] != ActivityKind.SUMMARY:
            found.append(index)
    return found


def _after(network: Network, index: int) -> set[int]:
    """All nodes that wait for one, directly or not."""
    found: set[int] = set()
    waiting = [index]
    while waiting:
        node = waiting.pop()
        for link in network.outgoing[network.outgoing_first[node] : network.outgoing_first[node + 1]].tolist():
            target = int(network.links.target[link])
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found
