"""Double justification (forward-backward improvement): everything as late, then as early as possible.

Published by Valls, Ballestín and Quintanilla, *Justification and RCPSP: A technique that pays*, EJOR 165 (2005) 375-386.
"""

from mainstay.engine.calendar_table import Ints
from mainstay.engine.compiled import pure_kernel
from mainstay.engine.levelling.arrays import Links, Problem, Room
from mainstay.engine.levelling.calendar_decoding import OFF, decode_calendars
from mainstay.engine.levelling.decoding import decode, restore


@pure_kernel
def by_finish_backwards(order: Ints, finish: Ints, last: int, count: Ints, out: Ints) -> None:
    """Sort by falling finish; of equal ones the later in the list first, so that a list that respects its links goes on doing so."""
    for time in range(last + 2):
        count[time] = 0
    for task in order:
        count[last - finish[task] + 1] += 1
    for time in range(last):
        count[time + 1] += count[time]
    for place in range(order.size - 1, -1, -1):
        task = order[place]
        key = last - finish[task]
        out[count[key]] = task
        count[key] += 1


@pure_kernel
def by_start(order: Ints, start: Ints, last: int, count: Ints, out: Ints) -> None:
    """Sort by rising start, equal ones as they stand in the list."""
    for time in range(last + 2):
        count[time] = 0
    for task in order:
        count[start[task] + 1] += 1
    for time in range(last):
        count[time + 1] += count[time]
    for task in order:
        key = start[task]
        out[count[key]] = task
        count[key] += 1


@pure_kernel
def after_links(order: Ints, links: Links, room: Room) -> None:
    """Bring a list to respect links of every kind: a task that stands before one it waits for takes that one ahead of itself."""
    placed, stack, out = room.marked, room.stack, room.kept
    for place in range(order.size):
        placed[place] = 0
    done = 0
    for first in order:
        top = 0
        stack[0] = first
        while top >= 0:
            task = stack[top]
            missing = -1
            if placed[task] == 0:
                for link in range(links.first[task], links.first[task + 1]):
                    if placed[links.other[link]] == 0:
                        missing = links.other[link]
                        break
            if missing >= 0:
                top += 1
                stack[top] = missing
                continue
            if placed[task] == 0:
                placed[task] = 1
                out[done] = task
                done += 1
            top -= 1
    for place in range(order.size):
        order[place] = out[place]


@pure_kernel
def improved(order: Ints, problem: Problem, room: Room) -> int:
    """Decode a list, justify it right and left, leave the list sorted by the starts found; returns the last finish, or OFF."""
    return improved_plain(order, problem, room) if problem.is_plain else improved_calendars(order, problem, room)


@pure_kernel
def improved_plain(order: Ints, problem: Problem, room: Room) -> int:
    length, demand, whole, free = problem.length, problem.demand, problem.forwards.whole, room.free
    last = decode(order, length, demand, problem.into, free, room.start, room.finish)
    restore(free, whole, 0, last)
    by_finish_backwards(order, room.finish, last, room.counts, room.spare)
    last = decode(room.spare, length, demand, problem.out, free, room.start, room.finish)
    restore(free, whole, 0, last)
    by_finish_backwards(room.spare, room.finish, last, room.counts, order)
    last = decode(order, length, demand, problem.into, free, room.start, room.finish)
    restore(free, whole, 0, last)
    by_start(order, room.start, last, room.counts, room.spare)
    for place in range(order.size):
        order[place] = room.spare[place]
    return last


@pure_kernel
def value(problem: Problem, room: Room, last: int) -> int:
    """What is to be small: the last finish; where projects have weights, the sum of their last finishes, each by its weight."""
    if problem.weight.size == 0 or last < 0:
        return last
    for project in range(problem.weight.size):
        room.ends[project] = 0
    for task in range(problem.group.size):
        project = problem.group[task]
        if project >= 0:
            room.ends[project] = max(room.ends[project], room.finish[task])
    total = 0
    for project in range(problem.weight.size):
        total += problem.weight[project] * room.ends[project]
    return total


@pure_kernel
def latest(problem: Problem, room: Room, task: int, last: int) -> int:
    """How late a task may finish when all is pushed late: by the end of its project where projects have weights, else of everything."""
    if problem.weight.size == 0 or problem.group[task] < 0:
        return last
    return int(room.ends[problem.group[task]])


@pure_kernel
def forwards(order: Ints, problem: Problem, room: Room) -> int:
    last = decode_calendars(order, problem, problem.into, problem.forwards, room.free, problem.release, room.start, room.finish)
    restore(room.free, problem.forwards.whole, 0, last if last >= 0 else room.free.shape[0])
    return last


@pure_kernel
def improved_calendars(order: Ints, problem: Problem, room: Room) -> int:
    """With calendars the last pass may be worse than the first: then the first stands. Returns what ``value`` says of it."""
    slots = room.free.shape[0]
    first = forwards(order, problem, room)
    if first < 0:
        return OFF
    worth = value(problem, room, first)
    by_start(order, room.start, first, room.counts, room.spare)
    for place in range(order.size):
        room.earlier[place] = room.spare[place]
        room.floor[place] = slots - latest(problem, room, place, first)
    after_links(room.earlier, problem.into, room)
    by_finish_backwards(order, room.finish, first, room.counts, room.spare)
    after_links(room.spare, problem.out, room)
    back = decode_calendars(room.spare, problem, problem.out, problem.backwards, room.back, room.floor, room.start, room.finish)
    restore(room.back, problem.backwards.whole, slots - first, back if back >= 0 else slots)
    if back >= 0:
        by_finish_backwards(room.spare, room.finish, back, room.counts, order)
        after_links(order, problem.into, room)
        last = forwards(order, problem, room)
        found = value(problem, room, last)
        if last >= 0 and found <= worth:
            by_start(order, room.start, last, room.counts, room.spare)
            for place in range(order.size):
                order[place] = room.spare[place]
            after_links(order, problem.into, room)
            return found
    for place in range(order.size):
        order[place] = room.earlier[place]
    return value(problem, room, forwards(order, problem, room))
