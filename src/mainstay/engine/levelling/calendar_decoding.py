"""Serial schedule generation where tasks follow calendars, links have kinds and lags, and capacities change over time."""

from mainstay.engine.calendar_table import Ints
from mainstay.engine.compiled import pure_kernel
from mainstay.engine.levelling.arrays import Links, Problem, Time
from mainstay.engine.levelling.packing import GUARD

OFF = -1
"""There is no room before time ends."""


@pure_kernel
def reach(work: Ints, calendar: int, minutes: int, slot: int) -> int:
    """First boundary, not before ``slot``, before which so many minutes were worked; one past the last when there is none."""
    end = work.shape[1]
    step = 1
    low = slot
    high = slot
    while high < end and work[calendar, high] < minutes:
        low = high + 1
        high += step
        step *= 2
    high = min(high, end)
    while low < high:
        middle = (low + high) >> 1
        if work[calendar, middle] < minutes:
            low = middle + 1
        else:
            high = middle
    return low


@pure_kernel
def bounds(task: int, links: Links, work: Ints, start: Ints, finish: Ints, time: int) -> tuple[int, int]:
    """Earliest slots of its start and of its finish that the links allow."""
    end = 0
    for link in range(links.first[task], links.first[task + 1]):
        other = links.other[link]
        kind = links.kind[link]
        at = finish[other] if kind == 0 or kind == 2 else start[other]
        if links.lag[link] != 0:
            minutes = work[links.calendar[link], at] + links.lag[link]
            at = reach(work, links.calendar[link], minutes, at if links.lag[link] > 0 else 0)
        if kind < 2:
            time = max(time, at)
        else:
            end = max(end, at)
    return time, end


@pure_kernel
def fit(task: int, problem: Problem, work: Ints, free: Ints, time: int) -> tuple[int, int]:
    """First start and finish, from ``time`` on, with the task's demand free wherever it works; (OFF, OFF) when time ends before."""
    calendar = problem.calendar[task]
    words = problem.demand.shape[1]
    slots = free.shape[0]
    known = 0
    while True:
        minutes = work[calendar, time]
        begin = reach(work, calendar, minutes + 1, time) - 1
        end = reach(work, calendar, minutes + problem.length[task], begin)
        if end > slots:
            return OFF, OFF
        blocked = OFF
        for slot in range(end - 1, max(begin, known) - 1, -1):
            if work[calendar, slot + 1] > work[calendar, slot]:
                for word in range(words):
                    if (free[slot, word] - problem.demand[task, word]) & GUARD != GUARD:
                        blocked = slot
                if blocked >= 0:
                    break
        if blocked < 0:
            return begin, end
        time = blocked + 1
        known = max(known, end)


@pure_kernel
def decode_calendars(order: Ints, problem: Problem, links: Links, time: Time, free: Ints, floor: Ints, start: Ints, finish: Ints) -> int:
    """Fill in the dates of a list and return the last finish, or OFF; what is used is taken from ``free``."""
    work = time.work
    last = 0
    for place in range(order.size):
        task = order[place]
        calendar = problem.calendar[task]
        begin, end = bounds(task, links, work, start, finish, floor[task])
        if max(begin, end) >= work.shape[1]:
            return OFF
        if problem.length[task] == 0:
            begin = max(begin, end)
            end = begin
        else:
            if end > 0:
                begin = max(begin, reach(work, calendar, work[calendar, end - 1] - problem.length[task] + 1, 0))
            begin, end = fit(task, problem, work, free, begin)
            if end < 0:
                return OFF
            for slot in range(begin, end):
                if work[calendar, slot + 1] > work[calendar, slot]:
                    for word in range(problem.demand.shape[1]):
                        free[slot, word] -= problem.demand[task, word]
        start[task] = begin
        finish[task] = end
        last = max(last, end)
    return last
