"""An independent look at a levelled plan, minute by minute of the clock: no resource that moved work uses is asked for more than there is.

That links hold is the engine's own doing, since the dates are those of its forward pass. What stays where it is (begun, held in its place)
may overload a resource by itself; then nothing movable may lie beside it.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from mainstay.engine.critical_path import ScheduleResult
from mainstay.engine.levelling.pool import Pool, Resource, Use
from mainstay.engine.levelling.slots import amount_at
from mainstay.engine.plan import NONE
from mainstay.engine.worktime import WorkingTime, datetime_of

Shift = tuple[int, int]


def plan_faults(after: ScheduleResult, pool: Pool, movable: frozenset[str]) -> list[str]:
    """One sentence for each resource that is overbooked where something movable uses it, with the first such moment."""
    found = []
    for resource in pool.resources:
        uses = [use for use in pool.uses if use.resource == resource.id]
        at = next(overbooked(after, resource, uses, movable), None)
        if at is not None:
            found.append(f"{resource.name} is overbooked on {datetime_of(at):%d.%m.%Y %H:%M}")
    return found


def overbooked(after: ScheduleResult, resource: Resource, uses: Sequence[Use], movable: frozenset[str]) -> Iterator[int]:
    """The moments from which more is used than there is."""
    changes: dict[int, list[tuple[int, bool]]] = {}
    for use in uses:
        for start, finish in worked(after, use.activity):
            changes.setdefault(start, []).append((use.amount, use.activity in movable))
            changes.setdefault(finish, []).append((-use.amount, use.activity in movable))
    marks = sorted({*changes, *(mark for offer in resource.offers for mark in (offer.start, offer.finish) if mark is not None)})
    used, moving = 0, 0
    for mark, following in pairwise([*marks, marks[-1] + 1] if marks else []):
        for amount, is_movable in changes.get(mark, ()):
            used += amount
            moving += amount if is_movable else 0
        if moving and used > amount_at(resource, mark) and following > mark:
            yield mark


def worked(after: ScheduleResult, activity: str) -> Iterator[Shift]:
    """The periods in which an activity is worked on, by its calendar; what is finished uses nothing more."""
    place = after.plan.index[activity]
    columns = after.plan.arrays.activities
    start, finish = int(after.start[place]), int(after.finish[place])
    if columns.actual_finish[place] != NONE or finish <= start:
        return
    number = int(columns.calendar[place])
    time = WorkingTime(None, after.plan.calendar_table)
    time.number = number
    if number < 0:
        yield start, finish
        return
    at = time.next_working(start)
    while at < finish:
        begun = time.work_before(at)
        stop = min(finish, _end_of_shift(time, at, begun))
        yield at, stop
        at = time.next_working(stop)


def _end_of_shift(time: WorkingTime, at: int, begun: int) -> int:
    """The first instant after `at` at which work pauses; looks at most a day ahead, which is as far as a shift goes without one."""
    low, high = at + 1, at + 1440
    if time.work_before(high) - begun == 1440:
        return high
    while low < high:
        middle = (low + high + 1) // 2
        if time.work_before(middle) - begun == middle - at:
            low = middle
        else:
            high = middle - 1
    return low
