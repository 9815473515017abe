"""Tables that turn working minutes of one calendar into those of another with a single look-up, for simulation."""

from dataclasses import dataclass
from math import gcd

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import MINUTES_PER_DAY, Ints
from mainstay.engine.errors import CalendarError
from mainstay.engine.worktime import WorkingTime

LARGEST = 1 << 30


@dataclass(frozen=True, slots=True)
class CalendarMap:
    """W of the target calendar at working minute w of the source, both counted from one instant, the origin.

    Entry ``k`` of ``table`` (int32) belongs to the source's working minutes ``k * quantum`` to ``(k + 1) * quantum``: it is the value
    at the slot's start times 2, plus 1 where the target works through the slot as well. With ``base = table[k] >> 1`` and
    ``slope = table[k] & 1`` the value is ``base + slope * (w - k * quantum)``, where the slot is

    * ``k = w // quantum`` for a moment at which work starts (right limit; SS and SF links),
    * ``k = (w - 1) // quantum``, and 0 for w = 0, for a moment at which work finishes (left limit; FS and FF links).

    Notes
    -----
    Exact as long as every shift of both calendars starts and finishes at a multiple of ``quantum``, which is chosen that way.
    """

    quantum: int
    table: NDArray[np.int32]

    def at_starts(self, work: Ints) -> Ints:
        """Target's working minutes at instants where the source starts working minute ``work`` + 1."""
        return self._read(work, work // self.quantum)

    def at_finishes(self, work: Ints) -> Ints:
        """Target's working minutes at instants where the source ends working minute ``work``."""
        return self._read(work, np.maximum(work - 1, 0) // self.quantum)

    def _read(self, work: Ints, slot: Ints) -> Ints:
        entry = self.table[slot].astype(np.int64)
        return (entry >> 1) + (entry & 1) * (work - slot * self.quantum)


def calendar_map(source: WorkingTime, target: WorkingTime, origin: int, work: int, largest_quantum: int = MINUTES_PER_DAY) -> CalendarMap:
    """Tabulate source minutes 0 to ``work`` against the target.

    Parameters
    ----------
    source, target : WorkingTime
    origin : int
        Instant at which both count 0; a midnight.
    work : int
        Last working minute of the source that will be asked for.
    largest_quantum : int
        The quantum is no longer than this and divides it.
    """
    if origin % MINUTES_PER_DAY:
        raise CalendarError(f"The origin of a calendar map must be a midnight, not minute {origin % MINUTES_PER_DAY} of a day.")
    quantum = gcd(shift_quantum(source, target), largest_quantum)
    slots = max(1, -(-work // quantum))
    if slots * quantum >= LARGEST:
        raise CalendarError("The plan reaches too far ahead for a calendar map; shorten its longest durations.")
    zero = source.work_before(origin)
    starts = zero + np.arange(slots, dtype=np.int64) * quantum
    at_start = target.work_before_each(source.start_instants(starts)) - target.work_before(origin)
    at_finish = target.work_before_each(source.finish_instants(starts + quantum)) - target.work_before(origin)
    slope = at_finish - at_start == quantum
    return CalendarMap(quantum, (at_start << 1 | slope).astype(np.int32))


def shift_quantum(*calendars: WorkingTime) -> int:
    """Return the longest number of minutes, at most a day, that divides every start and finish of a shift."""
    quantum = MINUTES_PER_DAY
    for working in calendars:
        if working.calendar is not None:
            days = [*working.calendar.week, *(exception.shifts for exception in working.calendar.exceptions)]
            quantum = gcd(quantum, *(minute for day in days for shift in day for minute in shift))
    return quantum
