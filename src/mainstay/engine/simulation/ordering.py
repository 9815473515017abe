"""The order in which nodes are simulated, with what gathers the ends of projects and of the programme put between them."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import ELAPSED
from mainstay.engine.network import Network
from mainstay.engine.simulation.network_tables import HIGH, LinkFacts, NodeFacts

Flags = NDArray[np.bool_]

FAN_IN: Final = 8
"""Ends that one gatherer takes, beside the gatherer before it: their rows of working memory are given back early."""


@dataclass(slots=True)
class Ordering:
    """Places in the order of simulation.

    ``node`` is the node of the network at each place, -1 for a gatherer, an end of a project or, last, the end of the programme.
    ``project`` is -1 for the ends. ``joins`` are the links of gatherers and ends, as places.
    """

    node: list[int] = field(default_factory=list)
    calendar: list[int] = field(default_factory=list)
    project: list[int] = field(default_factory=list)
    joins: list[tuple[int, int]] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def add(self, node: int, calendar: int, project: int) -> int:
        self.node.append(node)
        self.calendar.append(calendar)
        self.project.append(project)
        return len(self.node) - 1


def ordered(network: Network, facts: NodeFacts, links: LinkFacts, kept: Flags, projects: int) -> Ordering:
    """Put the kept nodes in order; every end of a project hangs on its activities that nothing else of the project outlasts."""
    found = Ordering()
    last = open_ends(network, facts, links, kept)
    waiting: dict[tuple[int, int], list[int]] = {}
    calendars, owners = facts.calendar.tolist(), facts.project.tolist()
    for node in network.order[kept[network.order]].tolist():
        key = (owners[node], calendars[node])
        place = found.add(node, key[1], key[0])
        if last[node]:
            pending = waiting.setdefault(key, [])
            pending.append(place)
            if len(pending) > FAN_IN:
                waiting[key] = [_gathered(found, key, pending)]
    for project in range(projects):
        sources = [place for key, pending in waiting.items() if key[0] == project for place in pending]
        end = found.add(-1, ELAPSED, -1)
        found.ends.append(end)
        found.joins += [(place, end) for place in sources]
    programme = found.add(-1, ELAPSED, -1)
    found.joins += [(end, programme) for end in found.ends]
    return found


def _gathered(found: Ordering, key: tuple[int, int], places: list[int]) -> int:
    project, calendar = key
    gatherer = found.add(-1, calendar, project)
    found.joins += [(place, gatherer) for place in places]
    return gatherer


def open_ends(network: Network, facts: NodeFacts, links: LinkFacts, kept: Flags) -> Flags:
    """Activities whose finish nothing else of their project is sure to reach."""
    source, target = links.source, links.target
    same = (facts.project[source] == facts.project[target]) & (facts.calendar[source] == facts.calendar[target])
    outlasts = same & ~links.from_start & (links.lag >= 0) & (facts.ceiling[target] >= HIGH)
    covered = np.zeros(network.nodes, np.bool_)
    covered[source[outlasts]] = True
    gate = np.arange(network.nodes) >= network.activities
    return np.asarray(kept & ~covered & ~gate)
