"""Who is counted: the activities of a scheduled plan that the assessment looks at, in the engine's order."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mainstay.engine.plan import NONE, ActivityKind
from mainstay.engine.plan_arrays import Flags
from mainstay.formats.schedule import Activity, Schedule
from mainstay.planning.comparison import ScheduledPlan
from mainstay.planning.health.point import NAMED


@dataclass(frozen=True)
class Population:
    """The columns of the engine beside the rows of the file.

    Summaries, subprojects, levels of effort and WBS summaries count nowhere, also not as an end of a link (protocol of 9 November 2009).
    """

    plan: ScheduledPlan

    @property
    def file(self) -> Schedule:
        return self.plan.schedule

    @cached_property
    def rows(self) -> list[Activity]:
        found = {f":{row.uid}": row for row in self.file.activities}
        return [found[activity.id] for activity in self.plan.result.plan.activities]

    @cached_property
    def columns(self):  # type: ignore[no-untyped-def]  # a tuple of arrays, typed where it is made
        return self.plan.result.plan.arrays.activities

    def flags(self, test: Callable[[Activity], bool]) -> Flags:
        return np.fromiter((test(row) for row in self.rows), np.bool_, len(self.rows))

    @cached_property
    def real(self) -> Flags:
        """Activities and milestones, whether done or not."""
        kinds = (self.columns.kind == ActivityKind.TASK) | (self.columns.kind == ActivityKind.MILESTONE)
        found: Flags = kinds & self.flags(lambda row: not row.external and not row.subproject_file and not row.summary)
        return found

    @cached_property
    def work(self) -> Flags:
        """Those of them that take time."""
        found: Flags = self.real & (self.columns.kind == ActivityKind.TASK) & self.flags(lambda row: (row.duration_minutes or 0) > 0)
        return found

    @cached_property
    def done(self) -> Flags:
        found: Flags = (self.columns.actual_finish != NONE) | self.flags(lambda row: (row.percent_complete or 0) >= 100)
        return found

    @cached_property
    def open(self) -> Flags:
        """Unfinished activities and milestones."""
        return self.real & ~self.done

    @cached_property
    def open_work(self) -> Flags:
        """The protocol's *total tasks*: with a duration, and not finished."""
        return self.work & ~self.done

    @property
    def day(self) -> float:
        """Minutes of one working day, as the plan counts them."""
        return self.file.minutes_per_day or 480

    def codes(self, found: Flags) -> tuple[str, ...]:
        rows = self.rows
        return tuple(code_of(rows[place]) for place in np.flatnonzero(found)[:NAMED])


def code_of(row: Activity) -> str:
    return row.activity_id or row.wbs or str(row.uid)
