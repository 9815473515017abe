"""Working time cut into slots: boundaries so that between two of them the calendars in use work or do not."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mainstay.engine.calendar_table import ELAPSED, Ints
from mainstay.engine.levelling.pool import Resource
from mainstay.engine.worktime import CalendarTable, WorkingTime

STEPS = (480, 240, 120, 60, 30, 15, 10, 5, 1)
MOST_SLOTS = 40_000


@dataclass(frozen=True, slots=True)
class Slots:
    """``edges`` are instants, one more than there are slots; ``ends`` the same as ends of work, before a night. ``work`` is the minutes
    worked before each edge, one row a calendar.

    ``is_even`` says that every slot is the same length of the only calendar, so that lengths can be counted in slots of ``step`` minutes.
    """

    edges: Ints
    ends: Ints
    work: Ints
    step: int
    is_even: bool

    @property
    def count(self) -> int:
        return self.edges.size - 1

    def at_or_after(self, instant: int) -> int:
        """First edge that is not before an instant."""
        return int(np.searchsorted(self.edges, instant))

    def end_of(self, edge: int) -> int:
        return int(self.ends[min(edge, self.count)])

    def start_of(self, edge: int) -> int:
        return int(self.edges[min(edge, self.count)])


def cut(table: CalendarTable, calendars: Sequence[int], begin: int, end: int, lengths: Ints) -> Slots:
    """Cut the time from one instant to another; ``lengths`` are the minutes that the slots should divide."""
    times = [WorkingTime(None, table, 0) if number == ELAPSED else _time(table, number) for number in calendars]
    shared = int(np.gcd.reduce(lengths)) if lengths.size else 0
    if len(calendars) == 1 and calendars[0] != ELAPSED and shared:
        work = times[0].work_before(begin)
        most = times[0].work_before(end) - work
        if most // shared <= MOST_SLOTS:
            marks = work + shared * np.arange(most // shared + 2, dtype=np.int64)
            return Slots(times[0].start_instants(marks), times[0].finish_instants(marks), (marks - work)[None, :], shared, True)
    first = begin - begin % 1440
    for step in (*(step for step in reversed(STEPS) if (end - first) // step <= 40 * MOST_SLOTS), STEPS[0]):
        found = _stepped(times, first, end, step)
        if found.count <= MOST_SLOTS or step == STEPS[0]:
            return found
    raise AssertionError("the coarsest step always returns")


def _time(table: CalendarTable, number: int) -> WorkingTime:
    time = WorkingTime(None, table)
    time.number = number
    return time


def _stepped(times: Sequence[WorkingTime], first: int, end: int, step: int) -> Slots:
    """Edges at every step by the clock at which some calendar works just before or just after; a night is one slot without work."""
    edges = np.arange(first, end + 2 * step, step, dtype=np.int64)
    work = np.array([time.work_before_each(edges) for time in times])
    by_clock = [row for row, time in enumerate(times) if time.number == ELAPSED]
    working = np.delete(work, by_clock, axis=0) if len(by_clock) < len(times) else work
    works = np.any(np.diff(working, axis=1) > 0, axis=0).reshape(-1)
    kept = np.concatenate([[True], works[:-1] | works[1:], [True]])
    work, edges = work[:, kept], edges[kept]
    rests = np.concatenate([[False], ~np.any(np.diff(work, axis=1) > 0, axis=0).reshape(-1)])
    ends = np.where(rests, np.roll(edges, 1), edges)
    return Slots(edges, ends, np.ascontiguousarray(work - work[:, :1]), step, False)


def offered(resources: Sequence[Resource], slots: Slots) -> Ints:
    """The amount of each resource that is there during the whole of each slot, as far as anybody works in it."""
    found = np.zeros((slots.count, len(resources)), np.int64)
    begin, end = slots.edges[:-1], slots.ends[1:]
    for k, resource in enumerate(resources):
        marks = sorted({mark for offer in resource.offers for mark in (offer.start, offer.finish) if mark is not None})
        points = [int(begin[0]), *(mark for mark in marks if begin[0] < mark < end[-1])]
        found[:, k] = np.iinfo(np.int64).max
        for place, point in enumerate(points):
            until = points[place + 1] if place + 1 < len(points) else int(end[-1])
            low, high = int(np.searchsorted(end, point, side="right")), int(np.searchsorted(begin, until))
            found[low:high, k] = np.minimum(found[low:high, k], amount_at(resource, point))
    return found


def amount_at(resource: Resource, instant: int) -> int:
    """What is there at an instant."""
    amount = 0
    for offer in resource.offers:
        if (offer.start is None or offer.start <= instant) and (offer.finish is None or instant < offer.finish):
            amount = offer.amount
    return amount
