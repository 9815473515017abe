"""The loops over a network: sorting links, topological order, one cycle."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import Ints
from mainstay.engine.compiled import kernel

Bytes = NDArray[np.int8]


class LinkTable(NamedTuple):
    """Links between nodes; see ``network.Network.links``."""

    first: Ints
    source: Ints
    target: Ints
    type: Bytes
    lag: Ints
    lag_calendar: Ints
    origin: Ints


def sorted_by_target(table: LinkTable, nodes: int) -> LinkTable:
    """Sort links by successor, keeping the planner's order within one; ``first`` is filled in."""
    order = np.argsort(table.target, kind="stable")
    counts = np.bincount(table.target, minlength=nodes)
    columns: Any = (column[order] for column in table[1:])  # of the types that the table declares
    return LinkTable(np.concatenate([[0], np.cumsum(counts)]).astype(np.int64), *columns)


@kernel
def outgoing(links: LinkTable, nodes: int) -> tuple[Ints, Ints]:
    """Links out of each node, as pointers and places."""
    first = np.zeros(nodes + 1, np.int64)
    for link in range(links.source.size):
        first[links.source[link] + 1] += 1
    for node in range(nodes):
        first[node + 1] += first[node]
    place = first[:-1].copy()
    out = np.empty(links.source.size, np.int64)
    for link in range(links.source.size):
        node = links.source[link]
        out[place[node]] = link
        place[node] += 1
    return first, out


@kernel
def topological_order(links: LinkTable, outgoing_first: Ints, outgoing_links: Ints) -> Ints:
    """Return nodes after their predecessors, the node freed last first; shorter than all nodes when there is a cycle."""
    nodes = outgoing_first.size - 1
    waiting = np.empty(nodes, np.int64)
    free = np.empty(nodes, np.int64)
    order = np.empty(nodes, np.int64)
    top = 0
    done = 0
    for node in range(nodes - 1, -1, -1):
        waiting[node] = links.first[node + 1] - links.first[node]
        if waiting[node] == 0:
            free[top] = node
            top += 1
    while top > 0:
        top -= 1
        node = free[top]
        order[done] = node
        done += 1
        for place in range(outgoing_first[node + 1] - 1, outgoing_first[node] - 1, -1):
            target = links.target[outgoing_links[place]]
            waiting[target] -= 1
            if waiting[target] == 0:
                free[top] = target
                top += 1
    return order[:done]


@kernel
def cycle_nodes(links: LinkTable, order: Ints, nodes: int) -> Ints:
    """Return the nodes of one cycle, each a predecessor of the next, given the incomplete topological order."""
    ordered = np.zeros(nodes, np.bool_)
    for node in order:
        ordered[node] = True
    seen = np.full(nodes, -1, np.int64)
    walk = np.empty(nodes, np.int64)
    node = 0
    while ordered[node]:
        node += 1
    length = 0
    while seen[node] < 0:
        seen[node] = length
        walk[length] = node
        length += 1
        link = links.first[node]
        while ordered[links.source[link]]:
            link += 1
        node = links.source[link]
    return walk[seen[node] : length][::-1].copy()
