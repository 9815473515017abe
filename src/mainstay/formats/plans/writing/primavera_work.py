"""What both of Primavera's formats say of an assignment's work, whichever way they write it."""

from dataclasses import dataclass
from datetime import datetime

from mainstay.formats.schedule import Assignment


@dataclass(frozen=True, slots=True)
class Work:
    """Minutes done, left and as planned first; when it was planned, and what of that remains. None is not known."""

    done: float
    left: float | None
    target: float | None
    planned_start: datetime | None
    planned_finish: datetime | None
    remaining_start: datetime | None
    remaining_finish: datetime | None


def work_of(row: Assignment) -> Work:
    """The original baseline comes before the plan as it is; nothing remains of what is finished."""
    done, left = row.actual_work_minutes or 0, row.remaining_work_minutes
    if left is None and row.work_minutes is not None:
        left = row.work_minutes - done
    planned = next((found for found in row.baselines if found.number == 0), None)
    is_finished = row.actual_finish is not None
    return Work(
        done=done,
        left=left,
        target=planned.work_minutes if planned and planned.work_minutes is not None else row.work_minutes,
        planned_start=(planned.start if planned else None) or row.start,
        planned_finish=(planned.finish if planned else None) or row.finish,
        remaining_start=None if is_finished else row.start,
        remaining_finish=None if is_finished else row.finish,
    )
