"""Why a date or float of ours differs from the one that a file stores: one named convention for each difference.

The names are explained in docs/reference/scheduling.md.
"""

from functools import cached_property

import numpy as np

from mainstay.engine.critical_path import ScheduleResult
from mainstay.engine.plan import NONE, StoredDates
from mainstay.engine.worktime import WorkingTime

SAME_MOMENT = "same moment of work"
ROUNDING = "rounded to the minute"
CRITICAL_BY_HAND = "critical is not told of work placed by hand"
NOT_IN_FILE = "counted in a network outside the file"
NOT_RECALCULATED = "not calculated anew by its tool"
FOLLOWS = "follows from another difference"
OTHER_END = "late dates from another end"
FREE_FLOAT = "free float by its tool's own rule"
UNEXPLAINED = "unexplained"

FORWARD = frozenset({"start", "finish", "early_start", "early_finish"})
FLOATS = frozenset({"total_float", "free_float"})
PARTNERS = {"late_start": "late_finish", "late_finish": "late_start", "total_float": "late_finish", "early_start": "early_finish"}


class Conventions:
    """The reasons of one scheduled plan."""

    def __init__(self, result: ScheduleResult) -> None:
        self.result = result
        self.activities = result.plan.activities
        self.columns = result.plan.arrays.activities

    def reason(self, place: int, name: str) -> str:
        ours, stored = int(getattr(self.result, name)[place]), getattr(self._stored(place), name)
        if name == "critical":
            return CRITICAL_BY_HAND if self.columns.manual[place] else self._of_float(place, "total_float")
        if abs(ours - stored) <= 1:
            return ROUNDING
        if name in FLOATS:
            return self._of_float(place, name)
        if self._working(place).between(ours, stored) == 0:
            return SAME_MOMENT
        if name not in FORWARD and self.columns.actual_finish[place] != NONE:
            return NOT_IN_FILE
        return self._of_network(place, name)

    def _of_float(self, place: int, name: str) -> str:
        """A float differs because a date does, or else by the tool's own way of reading it off."""
        dates = ("late_start", "late_finish", "early_start", "early_finish")
        if any(self._differs[date][place] for date in dates):
            return FOLLOWS
        return FREE_FLOAT if name == "free_float" else self._of_network(place, name)

    def _of_network(self, place: int, name: str) -> str:
        if not self._is_consistent(place, name):
            return NOT_RECALCULATED
        before = name in FORWARD
        ends = self._predecessors(place) if before else self._successors(place)
        fields = FORWARD if before else ("late_start", "late_finish")
        if any(self._differs[field][end] for end in ends for field in fields):
            return FOLLOWS
        if before:
            return NOT_RECALCULATED if self._starts_before_predecessors(place) else UNEXPLAINED
        return OTHER_END if not len(ends) else NOT_RECALCULATED

    def _is_consistent(self, place: int, name: str) -> bool:
        """Whether the stored pair of dates spans the duration that the file gives; what has begun or is split has other lengths."""
        stored = self._stored(place)
        pair = ("early_start", "early_finish") if name in FORWARD else ("late_start", "late_finish")
        start, finish = (getattr(stored, field) for field in pair)
        if start is None or finish is None or self.columns.actual_start[place] != NONE or self.columns.pause[place]:
            return True
        length = self._working(place).between(start, finish)
        return length == self.columns.duration[place] or bool(self.columns.manual[place])

    def _starts_before_predecessors(self, place: int) -> bool:
        """Whether the file itself has it start before what it waits for ends; where it stores no finish, ours stands for it."""
        stored = self._stored(place)
        start = stored.early_start if stored.early_start is not None else stored.start
        return start is not None and any(self._stored_finish(end) > start for end in self._predecessors(place))

    def _stored_finish(self, place: int) -> int:
        stored = self._stored(place)
        known = [found for found in (stored.early_finish, stored.finish) if found is not None]
        return known[0] if known else int(self.result.finish[place])

    def _stored(self, place: int) -> StoredDates:
        return self.activities[place].stored or StoredDates()

    def _predecessors(self, place: int) -> list[int]:
        links = self.result.plan.arrays.links
        return [int(end) for end in links.predecessor[links.successor == place]]

    def _successors(self, place: int) -> list[int]:
        links = self.result.plan.arrays.links
        return [int(end) for end in links.successor[links.predecessor == place]]

    def _working(self, place: int) -> WorkingTime:
        number = int(self.columns.calendar[place])
        plan = self.result.plan
        return WorkingTime(None if number < 0 else plan.calendars[number], plan.calendar_table, max(number, 0))

    @cached_property
    def _differs(self) -> dict[str, np.ndarray]:
        """For each date whether the stored one is another than ours; False where none is stored."""
        found = {}
        for name in (*FORWARD, "late_start", "late_finish"):
            stored = [getattr(activity.stored, name, None) for activity in self.activities]
            ours = getattr(self.result, name).tolist()
            found[name] = np.array([one is not None and one != other for one, other in zip(stored, ours, strict=True)], np.bool_)
        return found
