"""Levelling within float only: nothing starts later than its latest date, so no finish moves; what does not fit stays overbooked."""

from dataclasses import dataclass

import numpy as np

from mainstay.engine.calendar_table import Ints
from mainstay.engine.compiled import pure_kernel
from mainstay.engine.levelling.arrays import Problem, Room, room_for
from mainstay.engine.levelling.calendar_decoding import bounds, fit, reach
from mainstay.engine.levelling.chance import below, seeded
from mainstay.engine.levelling.evolution import copied, inserted
from mainstay.engine.levelling.packing import GUARD
from mainstay.engine.levelling.sampling import sample
from mainstay.engine.levelling.search import Limits, Search, Told

TURN = 20
MOVES = 3
UNKNOWN = 1 << 40


@pure_kernel
def decode_within(order: Ints, problem: Problem, latest: Ints, room: Room, held: Ints) -> int:
    """Place each task as early as it fits up to its latest slot, else where its links allow; returns the slots that are overbooked.

    ``held`` says which tasks found a place. Where a task does not fit, nothing is left free for those that follow.
    """
    work, over = problem.forwards.work, 0
    for slot in range(room.free.shape[0]):
        for word in range(room.free.shape[1]):
            room.free[slot, word] = problem.forwards.whole[slot, word]
    for place in range(order.size):
        task = order[place]
        calendar = problem.calendar[task]
        begin, end = bounds(task, problem.into, work, room.start, room.finish, problem.release[task])
        held[task] = 0
        if problem.length[task] == 0:
            room.start[task] = max(begin, end)
            room.finish[task] = room.start[task]
            continue
        if end > 0:
            begin = max(begin, reach(work, calendar, work[calendar, end - 1] - problem.length[task] + 1, 0))
        at, until = fit(task, problem, work, room.free, begin)
        if 0 <= at <= latest[task]:
            held[task] = 1
        else:
            at = reach(work, calendar, work[calendar, begin] + 1, begin) - 1
            until = min(reach(work, calendar, work[calendar, at] + problem.length[task], at), room.free.shape[0])
        for slot in range(at, until):
            if work[calendar, slot + 1] > work[calendar, slot]:
                for word in range(problem.demand.shape[1]):
                    left = room.free[slot, word] - problem.demand[task, word]
                    if left & GUARD == GUARD:
                        room.free[slot, word] = left
                    else:
                        room.free[slot, word] = GUARD
                        over += 1
        room.start[task] = at
        room.finish[task] = until
    return over


@dataclass(frozen=True, slots=True)
class Within:
    """Starts in slots, which tasks found a place, and how long was searched."""

    start: Ints
    held: Ints
    overbooked: int
    lists: int
    seconds: float
    stopped: bool


def level_within(problem: Problem, latest: Ints, bound: int, limits: Limits, told: Told) -> Within:
    """Try lists, the best one with some tasks put elsewhere in turn with new ones, until nothing is overbooked or a limit is reached."""
    search = Search(problem, bound, limits, told)
    room, state = room_for(problem), seeded(limits.seed)
    held, kept_held, kept, start = (np.zeros(problem.length.size, np.int64) for _ in range(4))
    best, made = UNKNOWN, 0
    while best > 0 and (made == 0 or not search.is_over()):
        for _turn in range(TURN):
            if made % 2 == 0 or best == UNKNOWN:
                sample(problem, room, state, 1 + below(state, 4))
            else:
                copied(kept, room.child)
                for _move in range(MOVES):
                    inserted(problem, state, room.child)
            over = decode_within(room.child, problem, latest, room, held)
            made += 1
            search.people.told[3] = made
            if over <= best:
                best = over
                kept[:], start[:], kept_held[:] = room.child, room.start, held
            if best == 0 or search.lists_left() <= 0:
                break
    return Within(start, kept_held, best, made, search.state.seconds, search.stopped)
