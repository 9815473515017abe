"""Serial schedule generation in a plain problem: tasks in the order of a list, each as early as its predecessors and resources allow."""

from mainstay.engine.calendar_table import Ints
from mainstay.engine.compiled import pure_kernel
from mainstay.engine.levelling.arrays import Links
from mainstay.engine.levelling.packing import GUARD


@pure_kernel
def earliest(free: Ints, demand: Ints, task: int, time: int, length: int) -> int:
    """First slot, not before ``time``, from which the demand fits for the whole length. No slot is looked at twice."""
    words = demand.shape[1]
    known = time
    end = time + length
    slot = end - 1
    while slot >= known:
        fits = True
        for word in range(words):
            if (free[slot, word] - demand[task, word]) & GUARD != GUARD:
                fits = False
        if fits:
            slot -= 1
        else:
            time = slot + 1
            known = end
            end = time + length
            slot = end - 1
    return time


@pure_kernel
def decode(order: Ints, length: Ints, demand: Ints, links: Links, free: Ints, start: Ints, finish: Ints) -> int:
    """Fill in the dates of a list and return the last finish; what is used is taken from ``free``."""
    words = demand.shape[1]
    last = 0
    for place in range(order.size):
        task = order[place]
        time = 0
        for link in range(links.first[task], links.first[task + 1]):
            time = max(time, finish[links.other[link]])
        lasts = length[task]
        if lasts > 0:
            time = earliest(free, demand, task, time, lasts)
            for slot in range(time, time + lasts):
                for word in range(words):
                    free[slot, word] -= demand[task, word]
        start[task] = time
        finish[task] = time + lasts
        last = max(last, finish[task])
    return last


@pure_kernel
def restore(free: Ints, whole: Ints, begin: int, end: int) -> None:
    """Make free again what a schedule used between two slots."""
    for slot in range(begin, end):
        for word in range(free.shape[1]):
            free[slot, word] = whole[slot, word]
