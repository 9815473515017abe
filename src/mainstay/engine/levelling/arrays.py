"""The arrays that the loops of levelling work on: tasks, links both ways, time, and room to work in.

Time is *slots*. In a plain problem all slots are equal, every length counts slots, every link is finish to start without lag and capacities
never change. Otherwise lengths are working minutes of the task's calendar, and ``Time.work`` holds for each calendar the minutes worked
before each slot, forwards and, for scheduling backwards, mirrored.
"""

from typing import Any, NamedTuple, cast

import numpy as np

from mainstay.engine.calendar_table import Ints


class Links(NamedTuple):
    """Links into each task: pointers, the task at the other end, kind (``LinkType``), lag in minutes and the calendar that counts it."""

    first: Ints
    other: Ints
    kind: Ints
    lag: Ints
    calendar: Ints


class Time(NamedTuple):
    """One direction of time: minutes worked before each slot by calendar, and the words free in each slot."""

    work: Ints
    whole: Ints


class Problem(NamedTuple):
    """Tasks with length, calendar, packed demand, earliest slot and latest finish; the links between them; time in both directions."""

    is_plain: int
    length: Ints
    calendar: Ints
    demand: Ints
    release: Ints
    late: Ints
    into: Links
    out: Links
    forwards: Time
    backwards: Time
    group: Ints
    """Which project each task belongs to, as a place in ``weight``; -1 for none."""
    weight: Ints
    """How much a slot of each project's finish counts; empty where only the last finish of all counts."""


class Room(NamedTuple):
    """Arrays that every decoding uses anew; ``start`` and ``finish`` hold what it found."""

    free: Ints
    back: Ints
    start: Ints
    finish: Ints
    counts: Ints
    spare: Ints
    kept: Ints
    marked: Ints
    stack: Ints
    child: Ints
    floor: Ints
    earlier: Ints
    best_start: Ints
    best_finish: Ints
    ends: Ints


class Given(NamedTuple):
    """Links as they are stated, one entry each."""

    source: Ints
    target: Ints
    kind: Ints
    lag: Ints
    calendar: Ints


MIRRORED_KINDS = np.array([0, 2, 1, 3], np.int64)
"""Backwards, start and finish change places: start to start becomes finish to finish."""


def links_of(given: Given, tasks: int, *, mirrored: bool) -> Links:
    """Sorted by target; mirrored for scheduling backwards, where sources wait for targets."""
    source, target = (given.target, given.source) if mirrored else (given.source, given.target)
    kind = MIRRORED_KINDS[given.kind] if mirrored else given.kind
    order = np.argsort(target, kind="stable")
    first = np.concatenate([[0], np.cumsum(np.bincount(target, minlength=tasks))]).astype(np.int64)
    other, kinds, lag, calendar = (np.ascontiguousarray(column[order], np.int64) for column in (source, kind, given.lag, given.calendar))
    return Links(first, other, kinds, lag, calendar)


def room_for(problem: Problem) -> Room:
    tasks, slots = problem.length.size, problem.forwards.whole.shape[0]
    shapes = (tasks, tasks, max(slots + 3, tasks + 1), *(tasks,) * 9, problem.weight.size)
    arrays = cast("Any", (np.zeros(shape, np.int64) for shape in shapes))
    return Room(problem.forwards.whole.copy(), problem.backwards.whole.copy(), *arrays)
