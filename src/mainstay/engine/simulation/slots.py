"""Which rows of the working memory hold which nodes: a row is given back once the last successor has read it."""

import numpy as np

from mainstay.engine.compiled import kernel
from mainstay.engine.simulation.tables import Places


@kernel
def allocate_slots(first: Places, source: Places) -> tuple[Places, int]:
    """Allocate rows to nodes in topological order.

    Parameters
    ----------
    first
        ``first[k]:first[k + 1]`` are the links into node k.
    source
        Predecessor node of each link.

    Returns
    -------
    tuple
        The row of each node, and how many rows are needed. A node's row is none of those that it reads.
    """
    count = first.size - 1
    last_use = np.full(count, -1, np.int64)
    for node in range(count):
        for link in range(first[node], first[node + 1]):
            last_use[source[link]] = node
    slot = np.empty(count, np.int32)
    free = np.empty(count, np.int32)
    available = 0
    used = 0
    for node in range(count):
        if available > 0:
            available -= 1
            slot[node] = free[available]
        else:
            slot[node] = used
            used += 1
        for link in range(first[node], first[node + 1]):
            predecessor = source[link]
            if last_use[predecessor] == node:
                last_use[predecessor] = -2
                free[available] = slot[predecessor]
                available += 1
        if last_use[node] == -1:
            free[available] = slot[node]
            available += 1
    return slot, used
