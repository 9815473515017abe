"""Who works on what in the demonstration's plans: resources, and their assignments with the work done up to the status day."""

from collections.abc import Sequence
from dataclasses import replace

from mainstay.exchange.demo.notation import notation
from mainstay.formats.schedule import Activity, Assignment, Baseline, Resource
from mainstay.formats.terms import ResourceKind

ONE = 100
"""Units of one of them."""


def resources_of(code: str) -> tuple[Resource, ...]:
    """The people of a plan, numbered as its data names them."""
    told = notation()[code].get("people", {})
    return tuple(
        Resource(uid=uid, id=uid, name=name, kind=ResourceKind.WORK, max_units=people["most"] * ONE, generic=True)
        for uid, (name, people) in enumerate(told.items(), 1)
    )


def assignments_of(code: str, activities: Sequence[Activity]) -> tuple[Assignment, ...]:
    """Each of the people on each of their activities that this version of the plan has."""
    by_code = {activity.activity_id: activity for activity in activities if activity.activity_id}
    told = notation()[code].get("people", {})
    found = [
        assignment(by_code[name], resource, people.get("each", 1))
        for resource, people in enumerate(told.values(), 1)
        for name in people["does"]
        if name in by_code
    ]
    return tuple(replace(row, uid=uid) for uid, row in enumerate(found, 1))


def assignment(activity: Activity, resource: int, count: int) -> Assignment:
    whole, done, left = (
        (minutes or 0) * count
        for minutes in (activity.duration_minutes, activity.actual_duration_minutes, activity.remaining_duration_minutes)
    )
    planned = activity.baselines[0]
    return Assignment(
        uid=None,
        activity_uid=activity.uid,
        resource_uid=resource,
        units=count * ONE,
        start=activity.start,
        finish=activity.finish,
        actual_start=activity.actual_start,
        actual_finish=activity.actual_finish,
        work_minutes=whole,
        actual_work_minutes=done,
        remaining_work_minutes=left,
        percent_work_complete=activity.percent_complete,
        baselines=(Baseline(0, planned.start, planned.finish, None, (planned.duration_minutes or 0) * count),),
    )


def with_work(activities: Sequence[Activity], assignments: Sequence[Assignment]) -> tuple[Activity, ...]:
    """The activities with the work of all who are assigned to them."""
    sums: dict[int, list[float]] = {}
    for row in assignments:
        held = sums.setdefault(row.activity_uid, [0.0, 0.0, 0.0])
        for place, minutes in enumerate((row.work_minutes, row.actual_work_minutes, row.remaining_work_minutes)):
            held[place] += minutes or 0
    return tuple(
        replace(
            activity,
            work_minutes=sums[activity.uid][0],
            actual_work_minutes=sums[activity.uid][1],
            remaining_work_minutes=sums[activity.uid][2],
            percent_work_complete=activity.percent_complete,
        )
        if activity.uid in sums
        else activity
        for activity in activities
    )
