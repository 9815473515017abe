"""What no schedule can beat: the longest path, and the work of each resource between the heads and tails of those who use it."""

import numpy as np

from mainstay.engine.levelling.problem import PlainProblem


def lower_bound(plain: PlainProblem) -> int:
    """The larger of the two bounds, in slots."""
    length = np.array(plain.length, np.int64)
    path = int((plain.early + length).max(initial=0))
    demand = np.array(plain.demand, np.int64).reshape(length.size, len(plain.capacity))
    return max([path, *(resource_bound(plain, demand[:, k] * length, capacity) for k, capacity in enumerate(plain.capacity) if capacity)])


def resource_bound(plain: PlainProblem, work: np.ndarray[tuple[int], np.dtype[np.int64]], capacity: int) -> int:
    """Over all heads a and tails b: a + the work of tasks with at least that head and tail, at full capacity, + b."""
    users = np.flatnonzero(work)
    if not users.size:
        return 0
    head, tail, amount = plain.early[users], plain.tail[users], work[users]
    order = np.argsort(-tail, kind="stable")
    head, tail, amount = head[order], tail[order], amount[order]
    best = 0
    for first in np.unique(head):
        inside = head >= first
        done = np.cumsum(amount[inside])
        best = max(best, int((first + -(-done // capacity) + tail[inside]).max()))
    return best
