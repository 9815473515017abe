"""Activities whose work a planner split: the working time between the parts, so that they end where the parts do."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mainstay.engine import plan as engine
from mainstay.engine.worktime import Calendar, WorkingTime, minute_of
from mainstay.formats import schedule as file


def with_pauses(
    activities: Sequence[engine.Activity], rows: Mapping[int, file.Activity], calendars: Mapping[str, Calendar], default: Calendar
) -> list[engine.Activity]:
    """``activities`` and ``rows`` are the same in the same order; ``calendars`` by their id."""
    times: dict[str | None, WorkingTime] = {}
    found = []
    for made, row in zip(activities, rows.values(), strict=True):
        if len(row.splits) < 2 or not made.duration or made.actual_finish is not None:
            found.append(made)
            continue
        name = None if made.elapsed else made.calendar or default.id
        if name not in times:
            times[name] = WorkingTime(None if name is None else calendars[name])
        found.append(replace(made, pause=pause(made, row, times[name])))
    return found


def pause(made: engine.Activity, row: file.Activity, working: WorkingTime) -> int:
    """The idle time from the start to the last part's finish, or of work that has begun, from where it resumes."""
    last = minute_of(row.splits[-1].finish)
    if made.actual_start is not None and made.resumes is not None:
        left = made.remaining if made.remaining is not None else made.duration
        return max(0, working.between(made.resumes, last) - left)
    return max(0, working.between(minute_of(row.splits[0].start), last) - made.duration)
