"""A plan as one of its own baselines has it, so that what moved since then is told like what moved between two versions."""

from dataclasses import replace

from mainstay.formats.schedule import Activity, Baseline, Schedule
from mainstay.planning.movement.matching import rows


def numbers(schedule: Schedule) -> list[int]:
    """The baselines that the plan carries: 0 is the one in force, 1 to 10 are numbered."""
    return sorted({held.number for row in rows(schedule) for held in row.baselines if held.finish is not None})


def as_baselined(schedule: Schedule, number: int) -> Schedule:
    """The activities that this baseline holds, with its dates and lengths; links, progress and names are those of now."""
    held = {row.uid: found for row in schedule.activities if (found := baseline(row, number)) is not None}
    made = tuple(at_baseline(row, held[row.uid]) for row in schedule.activities if row.uid in held)
    links = tuple(link for link in schedule.links if link.predecessor_uid in held and link.successor_uid in held)
    last = max((row.finish for row in made if row.finish is not None and not row.summary), default=None)
    return replace(schedule, activities=made, links=links, finish=last, status_date=None)


def baseline(row: Activity, number: int) -> Baseline | None:
    return next((held for held in row.baselines if held.number == number and held.finish is not None), None)


def at_baseline(row: Activity, held: Baseline) -> Activity:
    return replace(row, start=held.start, finish=held.finish, duration_minutes=held.duration_minutes)
