"""The search: a population of lists, two of them crossed, a task moved, the child justified and taken in where it is good and new.

After Hartmann, *A competitive genetic algorithm for resource-constrained project scheduling*, Naval Research Logistics 45 (1998) 733-750,
with justification. One call makes a number of lists; the caller looks at the clock and asks again.
"""

from typing import NamedTuple

import numpy as np

from mainstay.engine.calendar_table import Ints
from mainstay.engine.compiled import pure_kernel
from mainstay.engine.levelling.arrays import Links, Problem, Room
from mainstay.engine.levelling.chance import State, below, seeded
from mainstay.engine.levelling.justification import improved
from mainstay.engine.levelling.sampling import sample

HELD, BEST, IDLE, MADE = range(4)
"""Places of ``Population.told``: lists held, best last finish, lists made since it changed, lists made."""
UNKNOWN = 1 << 40


class Population(NamedTuple):
    """Lists with the last finish and a fingerprint of the dates of each; what is told of them; the state of chance."""

    lists: Ints
    last: Ints
    mark: Ints
    told: Ints
    state: State


def population(size: int, tasks: int, seed: int) -> Population:
    told = np.array([0, UNKNOWN, 0, 0], np.int64)
    return Population(np.zeros((size, tasks), np.int64), np.zeros(size, np.int64), np.zeros(size, np.int64), told, seeded(seed))


@pure_kernel
def crossed(mother: Ints, father: Ints, low: int, high: int, taken: Ints, child: Ints) -> None:
    """The mother's list up to ``low``, then the father's order of what is left up to ``high``, then the mother's."""
    for place in range(mother.size):
        taken[place] = 0
    for place in range(low):
        child[place] = mother[place]
        taken[mother[place]] = 1
    place = low
    for task in father:
        if place >= high:
            break
        if taken[task] == 0:
            child[place] = task
            taken[task] = 1
            place += 1
    for task in mother:
        if taken[task] == 0:
            child[place] = task
            place += 1


@pure_kernel
def is_linked(links: Links, task: int, other: int) -> bool:
    found = False
    for link in range(links.first[task], links.first[task + 1]):
        if links.other[link] == other:
            found = True
    return found


@pure_kernel
def inserted(problem: Problem, state: State, child: Ints) -> None:
    """One task moves anywhere between the last that it waits for and the first that waits for it."""
    at = below(state, child.size)
    task = child[at]
    low, high = at, at
    while low > 0 and not is_linked(problem.into, task, child[low - 1]):
        low -= 1
    while high < child.size - 1 and not is_linked(problem.out, task, child[high + 1]):
        high += 1
    to = low + below(state, high - low + 1)
    step = 1 if to > at else -1
    for place in range(at, to, step):
        child[place] = child[place + step]
    child[to] = task


@pure_kernel
def fingerprint(finish: Ints) -> int:
    mark = 17
    for task in range(finish.size):
        mark = mark * 1000003 + finish[task]
        mark ^= mark >> 29
    return mark


@pure_kernel
def copied(source: Ints, target: Ints) -> None:
    for place in range(source.size):
        target[place] = source[place]


@pure_kernel
def better_of_two(people: Population) -> int:
    one, two = below(people.state, people.told[HELD]), below(people.state, people.told[HELD])
    return two if people.last[two] < people.last[one] else one


@pure_kernel
def born(problem: Problem, room: Room, people: Population, mother: int, per_mille: int) -> None:
    """Cross a list with a good one into ``room.child``."""
    father = better_of_two(people)
    low, high = below(people.state, room.child.size), below(people.state, room.child.size)
    crossed(people.lists[mother], people.lists[father], min(low, high), max(low, high), room.marked, room.child)
    if below(people.state, 1000) < per_mille:
        inserted(problem, people.state, room.child)


@pure_kernel
def taken_in(people: Population, room: Room, last: int, mother: int) -> None:
    """Put the child in an empty place, else in its mother's where it is no worse, which keeps the population varied; never dates twice."""
    mark = fingerprint(room.finish)
    held = people.told[HELD]
    if held == people.last.size and last > people.last[mother]:
        return
    for place in range(held):
        if people.mark[place] == mark and people.last[place] == last:
            return
    if held < people.last.size:
        mother = held
        people.told[HELD] += 1
    people.last[mother] = last
    people.mark[mother] = mark
    copied(room.child, people.lists[mother])


@pure_kernel
def noted(people: Population, room: Room, last: int) -> None:
    """Count a list, and keep its dates where it is the best so far."""
    people.told[IDLE] += 1
    people.told[MADE] += 1
    if 0 <= last < people.told[BEST]:
        people.told[BEST] = last
        people.told[IDLE] = 0
        copied(room.start, room.best_start)
        copied(room.finish, room.best_finish)


@pure_kernel
def evolve(problem: Problem, room: Room, people: Population, births: int, bound: int, per_mille: int) -> int:
    """Make lists, at most so many, until one ends at the bound; returns how many were made."""
    for birth in range(births):
        if people.told[BEST] <= bound:
            return birth
        mother = 0
        if people.told[HELD] < people.last.size and people.told[MADE] < 4 * people.last.size:
            sample(problem, room, people.state, 1 + people.told[MADE] % 4)
        else:
            mother = below(people.state, max(people.told[HELD], 1))
            born(problem, room, people, mother, per_mille)
        last = improved(room.child, problem, room)
        noted(people, room, last)
        if last >= 0:
            taken_in(people, room, last, mother)
    return births
