"""Places every node of a network for many iterations at once, in instants: the plain counterpart of ``kernels``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import ELAPSED
from mainstay.engine.network import Network
from mainstay.engine.plan import ActivityKind, LinkType, PlanData
from mainstay.engine.schedule_arrays import Dates, Problem
from mainstay.engine.simulation.network_tables import HIGH, LOW, Clock, NodeFacts, has_children, moving, node_facts, standing_lags
from mainstay.engine.simulation.reference_acts import Acts
from mainstay.engine.worktime import WorkingTime

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

FINISH_TYPES: Final = (int(LinkType.FF), int(LinkType.SF))
START_TYPES: Final = (int(LinkType.SS), int(LinkType.SF))


@dataclass(slots=True)
class Placed:
    """Instants and minutes of each node, lane by lane, and for each link the lanes in which it sets its successor's dates."""

    start: dict[int, Ints] = field(default_factory=dict)
    finish: dict[int, Ints] = field(default_factory=dict)
    length: dict[int, Ints] = field(default_factory=dict)
    drives: dict[int, Flags] = field(default_factory=dict)


class Placer:
    """The network of one plan, ready to be placed for given durations; minutes count from an origin, a midnight."""

    def __init__(self, plan: PlanData, network: Network, problem: Problem, dates: Dates, origin: int) -> None:
        self.plan, self.network, self.problem, self.dates = plan, network, problem, dates
        self.clock = Clock(plan, origin)
        self.facts: NodeFacts = node_facts(network, problem, dates, self.clock)
        self.closed = has_children(network)
        self.lags, self.moving = standing_lags(problem), moving(network, self.facts)

    def place(self, durations: Mapping[int, Ints], acts: Acts) -> Placed:
        """Place all nodes; `durations` (whole minutes, pauses included) where uncertain."""
        placed = Placed()
        for node in self.network.order.tolist():
            if not self.facts.is_left_out[node]:
                own = durations.get(node, np.full(acts.lanes, self.facts.remaining[node] + self.facts.extra[node]))
                self._place(placed, node, np.maximum(own, 0), acts)
        return placed

    def _place(self, placed: Placed, node: int, own: Ints, acts: Acts) -> None:
        facts = self.facts
        working = self.clock.working(int(facts.calendar[node]))
        zero = working.work_before(self.clock.origin)
        links = [] if facts.is_held[node] else self._links_into(node)
        values = {link: self._value(placed, link, node, working) - zero for link in links}
        holding = {link: self._holds_finish(link, node) for link in links}
        alive = acts.alive(node)
        begin = acts.floor(node, not links)
        for link in links:
            if not holding[link]:
                begin = np.maximum(begin, values[link])
        begin = np.where(alive, np.minimum(begin, facts.ceiling[node]), begin)
        length = acts.length(node, begin, own)
        begun = begin + length
        finish = np.where(alive, np.maximum(begun, facts.finish_floor[node]), begun)
        for link in links:
            if holding[link]:
                finish = np.maximum(finish, values[link])
        if facts.ceiling[node] < HIGH:
            finish = np.where(alive, np.minimum(finish, facts.ceiling[node] + length), finish)
        for link in links:
            placed.drives[link] = values[link] == finish if holding[link] else (values[link] == begin) & (begun == finish)
        acts.decide(node, finish)
        ends_at_start = bool(facts.starts_work[node]) and facts.calendar[node] != ELAPSED
        placed.length[node] = length
        placed.finish[node] = working.start_instants(finish + zero) if ends_at_start else working.finish_instants(finish + zero)
        known = facts.known_start[node]
        start = finish - length + facts.front[node] if known == LOW else np.full(length.shape, known)
        placed.start[node] = working.start_instants(start + zero)

    def _links_into(self, node: int) -> list[int]:
        links, left_out = self.network.links, self.facts.is_left_out
        return [k for k in range(int(links.first[node]), int(links.first[node + 1])) if not left_out[links.source[k]] and self.moving[k]]

    def _holds_finish(self, link: int, node: int) -> bool:
        return int(self.network.links.type[link]) in FINISH_TYPES and node < self.network.activities and not self.closed[node]

    def _value(self, placed: Placed, link: int, node: int, working: WorkingTime) -> Ints:
        """Working minutes of the successor's calendar at which a link lets it start or finish."""
        links = self.network.links
        source = int(links.source[link])
        from_start = int(links.type[link]) in START_TYPES and source < self.network.activities
        at = placed.start[source] if from_start else placed.finish[source]
        if lag := int(self.lags[link]):
            at = self.clock.working(int(links.lag_calendar[link])).add_each(at, np.full(at.shape, lag))
        return working.work_before_each(at)

    def ends(self, placed: Placed) -> Ints:
        """Instants at which each project finishes, one row a project."""
        project, kind = self.plan.arrays.activities.project, self.plan.arrays.activities.kind
        counted = np.flatnonzero(kind < ActivityKind.LEVEL_OF_EFFORT)
        rows = []
        for number in range(len(self.plan.projects)):
            inside = counted[project[counted] == number].tolist()
            rows.append(np.max([placed.finish[k] for k in inside], axis=0))
        return np.array(rows, np.int64)

    def driving(self, placed: Placed, ends: Ints, project: int | None) -> dict[int, Flags]:
        """For each node the lanes in which it drives the finish of the programme, or that of one project by its own links alone."""
        owner = self.facts.project
        aim = ends.max(axis=0) if project is None else ends[project]
        reached: dict[int, Flags] = {}
        links = self.network.links
        for node in self.network.order[::-1].tolist():
            if self.facts.is_left_out[node] or (project is not None and owner[node] != project):
                continue
            found = (placed.finish[node] == aim) if node < self.network.activities else np.zeros(aim.shape, np.bool_)
            out = self.network.outgoing[self.network.outgoing_first[node] : self.network.outgoing_first[node + 1]]
            for link in out.tolist():
                after = reached.get(int(links.target[link]))
                if after is not None and link in placed.drives:
                    found = found | (after & placed.drives[link])
            reached[node] = found
        return reached
