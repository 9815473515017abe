"""What no schedule can beat: the longest path, the work of each resource between heads and tails or in any window of time, tasks that
exclude each other.

A resource is also looked at with its demands said in another way that keeps every schedule (dual feasible functions), so that a demand
above half of the capacity counts as the whole of it: Carlier and Néron, *Computing redundant resources for the resource constrained project
scheduling problem*, EJOR 176 (2007) 1452-1463. Tasks no two of which can run at once are one machine: Mingozzi and others, Management
Science 44 (1998) 714-729.
"""

from collections.abc import Iterator

import numpy as np

from mainstay.engine.calendar_table import Ints
from mainstay.engine.compiled import pure_kernel
from mainstay.engine.levelling.problem import PlainProblem

MOST_THRESHOLDS = 40
MOST_FACTORS = 6
MOST_FULLEST = 8
MOST_EXCLUSIVE = 1_500
"""Beyond so many tasks pairs are not looked at."""


def lower_bound(plain: PlainProblem) -> int:
    """The largest of the bounds, in slots."""
    length = np.array(plain.length, np.int64)
    if not length.size:
        return 0
    demand = np.array(plain.demand, np.int64).reshape(length.size, len(plain.capacity))
    resources = [said for k, capacity in enumerate(plain.capacity) for said in said_otherwise(demand[:, k], capacity)]
    best = max(
        int((plain.early + length).max(initial=0)),
        *(resource_bound(plain, amounts * length, most) for amounts, most in resources),
        *(resource_bound(plain, np.where(group, length, 0), 1) for group in exclusive(plain, demand)),
        0,
    )
    return energy_bound(plain, fullest(resources, length), best)


def fullest(resources: list[tuple[Ints, int]], length: Ints) -> list[tuple[Ints, int]]:
    """The resources that are asked for most, for their capacity."""
    return sorted(resources, key=lambda said: -int((said[0] * length).sum()) / said[1])[:MOST_FULLEST]


def energy_bound(plain: PlainProblem, resources: list[tuple[Ints, int]], bound: int) -> int:
    """The first length, from ``bound`` on, in which no window of time is asked for more work than it has room for."""
    length = np.array(plain.length, np.int64)
    if length.size > MOST_EXCLUSIVE:
        return bound
    while any(is_overfull(plain, amounts, capacity, length, bound) for amounts, capacity in resources):
        bound += 1
    return bound


def is_overfull(plain: PlainProblem, amounts: Ints, capacity: int, length: Ints, last: int) -> bool:
    users = np.flatnonzero(amounts * length)
    lasts, amount, head = length[users], amounts[users], plain.early[users]
    late = last - plain.tail[users] - lasts
    begins, ends = np.unique(np.concatenate([head, late])), np.unique(np.concatenate([late + lasts, head + lasts]))
    return bool(has_overfull_window(head, late, lasts, amount, begins, ends, capacity))


@pure_kernel
def has_overfull_window(head: Ints, late: Ints, length: Ints, amount: Ints, begins: Ints, ends: Ints, capacity: int) -> bool:
    """Whether some window holds more than it can, counting of each task what lies inside wherever it is put between head and late."""
    for begin in begins:
        for end in ends:
            room = capacity * (end - begin)
            if room <= 0:
                continue
            for task in range(head.size):
                inside = min(end - begin, length[task], head[task] + length[task] - begin, end - late[task])
                if inside > 0:
                    room -= amount[task] * inside
            if room < 0:
                return True
    return False


def resource_bound(plain: PlainProblem, work: Ints, capacity: int) -> int:
    """Over all heads a and tails b: a + the work of tasks with at least that head and tail, at full capacity, + b."""
    users = np.flatnonzero(work)
    if not users.size or not capacity:
        return 0
    users = users[np.argsort(-plain.tail[users], kind="stable")]
    head = np.ascontiguousarray(plain.early[users])
    return int(window_bound(head, np.ascontiguousarray(plain.tail[users]), np.ascontiguousarray(work[users]), np.unique(head), capacity))


@pure_kernel
def window_bound(head: Ints, tail: Ints, work: Ints, starts: Ints, capacity: int) -> int:
    """Tasks stand by falling tail."""
    best = 0
    for start in starts:
        done = 0
        for task in range(head.size):
            if head[task] >= start:
                done += work[task]
                best = max(best, start + (done + capacity - 1) // capacity + tail[task])
    return best


def said_otherwise(demand: Ints, capacity: int) -> Iterator[tuple[Ints, int]]:
    """The demands themselves, then those of each dual feasible function: no set of them that fitted before fits no more."""
    if not capacity or not demand.any():
        return
    yield demand, capacity
    low = np.unique(np.concatenate([demand, capacity - demand + 1]))
    low = low[(low > 0) & (2 * low <= capacity)]
    for threshold in low[:: -(-low.size // MOST_THRESHOLDS) if low.size else 1]:
        yield np.where(demand > capacity - threshold, capacity, np.where(demand < threshold, 0, demand)), capacity
    for parts in range(1, MOST_FACTORS):
        # What is more than k of (parts + 1) equal shares counts as k of parts; an exact share counts as what it is.
        scaled = (parts + 1) * demand
        exact = scaled % capacity == 0
        yield np.where(exact, demand * parts, (scaled // capacity) * capacity), capacity * parts


def exclusive(plain: PlainProblem, demand: Ints) -> Iterator[np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Groups of tasks no two of which can run at once: from each task on, the longest that still excludes all taken."""
    length = np.array(plain.length, np.int64)
    if length.size > MOST_EXCLUSIVE:
        return
    apart = before_or_after(plain)
    for k, capacity in enumerate(plain.capacity):
        apart |= demand[:, k][:, None] + demand[:, k][None, :] > capacity
    apart &= (length[:, None] > 0) & (length[None, :] > 0)
    by_length = np.argsort(-length, kind="stable")
    seen = set[bytes]()
    for first in by_length:
        group = np.zeros(length.size, np.bool_)
        open_to = apart[first].copy()
        group[first] = True
        for task in by_length:
            if open_to[task] and not group[task]:
                group[task] = True
                open_to &= apart[task]
        if (key := group.tobytes()) not in seen:
            seen.add(key)
            yield group


def before_or_after(plain: PlainProblem) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Which pairs links keep apart, directly or by others between."""
    found = np.zeros((len(plain.length),) * 2, np.bool_)
    for task in reversed(plain.order):
        for after in plain.successors[task]:
            found[task] |= found[after]
            found[task, after] = True
    return found | found.T
