"""One activity of a file → the engine's activity."""

from collections.abc import Mapping
from datetime import datetime

from mainstay.engine import plan as engine
from mainstay.engine.worktime import minute_of
from mainstay.formats import schedule as file
from mainstay.planning.conversion.terms import CONSTRAINTS, MILESTONES, SPANNING, SUMMARIES


def instant(moment: datetime | None) -> int | None:
    return None if moment is None else minute_of(moment)


def whole(minutes: float | None) -> int | None:
    return None if minutes is None else round(minutes)


def engine_activity(
    activity: file.Activity,
    *,
    key: str,
    project: str,
    parent: str | None,
    calendar: str | None,
    is_parent: bool,
    by_status_date: datetime | None = None,
) -> engine.Activity:
    """``is_parent`` says that other activities lie below it, which makes it a summary whatever the file calls it."""
    kind = engine_kind(activity, is_parent)
    finished = activity.actual_finish is not None
    started = activity.actual_start is not None
    fixed = is_fixed(activity, kind)
    first, second = constraints(activity)
    return engine.Activity(
        id=key,
        duration=0
        if kind in (engine.ActivityKind.SUMMARY, engine.ActivityKind.MILESTONE)
        else max(whole(activity.duration_minutes) or 0, 0),
        project=project,
        kind=kind,
        parent=parent,
        calendar=calendar,
        elapsed=activity.duration_is_elapsed,
        remaining=remaining(activity, kind) if started and not finished else None,
        percent_complete=min(max(activity.percent_complete or 0.0, 0.0), 100.0),
        actual_start=instant(activity.actual_start),
        actual_finish=max(instant(activity.actual_finish) or 0, instant(activity.actual_start) or 0)
        if finished and started
        else instant(activity.actual_finish),
        constraint=first[0],
        constraint_date=first[1],
        second_constraint=second[0],
        second_constraint_date=second[1],
        expected_finish=instant(activity.expected_finish),
        deadline=instant(activity.deadline),
        manual=fixed,
        fixed_start=instant(activity.start) if fixed else None,
        fixed_finish=instant(activity.finish or activity.start) if fixed else None,
        resumes=instant(activity.resumed) if activity.resumed and (by_status_date is None or activity.resumed > by_status_date) else None,
        levelling_delay=levelling_delay(activity),
        starts_work=activity.kind == file.ActivityKind.START_MILESTONE,
        stored=stored(activity),
    )


def engine_kind(activity: file.Activity, is_parent: bool) -> engine.ActivityKind:
    if activity.summary or is_parent or activity.kind in SUMMARIES:
        return engine.ActivityKind.SUMMARY
    if activity.kind in SPANNING:
        return engine.ActivityKind.LEVEL_OF_EFFORT
    if activity.kind in MILESTONES or (activity.milestone and not activity.duration_minutes):
        return engine.ActivityKind.MILESTONE
    return engine.ActivityKind.TASK


def is_fixed(activity: file.Activity, kind: engine.ActivityKind) -> bool:
    """Scheduled by hand, or the stand-in for an activity of another file whose dates are all that is known."""
    return (activity.manual or activity.external) and activity.start is not None and kind != engine.ActivityKind.SUMMARY


def remaining(activity: file.Activity, kind: engine.ActivityKind) -> int | None:
    if kind != engine.ActivityKind.TASK or activity.remaining_duration_minutes is None:
        return None
    return max(round(activity.remaining_duration_minutes), 0)


Constraint = tuple[engine.ConstraintType, int | None]


def constraints(activity: file.Activity) -> tuple[Constraint, Constraint]:
    """The two constraints; one without the date that it needs counts as none."""
    found = []
    for kind, moment in (
        (activity.constraint, activity.constraint_date),
        (activity.secondary_constraint, activity.secondary_constraint_date),
    ):
        made = CONSTRAINTS[kind] if kind is not None else engine.ConstraintType.AS_SOON_AS_POSSIBLE
        if made.has_date and moment is None:
            made = engine.ConstraintType.AS_SOON_AS_POSSIBLE
        found.append((made, instant(moment) if made.has_date else None))
    return found[0], found[1]


def levelling_delay(activity: file.Activity) -> int:
    """By the clock; a delay in working days is taken as that many days."""
    minutes = activity.levelling_delay_minutes or 0
    return round(minutes if activity.levelling_delay_elapsed else minutes * 3)


def stored(activity: file.Activity) -> engine.StoredDates:
    return engine.StoredDates(
        start=instant(activity.start),
        finish=instant(activity.finish),
        early_start=instant(activity.early_start),
        early_finish=instant(activity.early_finish),
        late_start=instant(activity.late_start),
        late_finish=instant(activity.late_finish),
        total_float=whole(activity.total_slack_minutes),
        free_float=whole(activity.free_slack_minutes),
        critical=activity.critical,
    )


def calendar_uids(schedule: file.Schedule) -> Mapping[int, int | None]:
    """Activity → calendar: its own; else, for one resource with a calendar, that one's; else the project's."""
    resources = {resource.uid: resource for resource in schedule.resources}
    by_activity: dict[int, set[int | None]] = {}
    for assignment in schedule.assignments:
        resource = resources.get(assignment.resource_uid) if assignment.resource_uid is not None else None
        if resource is not None and resource.kind in (file.ResourceKind.WORK, file.ResourceKind.EQUIPMENT):
            by_activity.setdefault(assignment.activity_uid, set()).add(resource.calendar_uid)
    primavera = "primavera" in schedule.application.lower()
    chosen: dict[int, int | None] = {}
    for activity in schedule.activities:
        found = by_activity.get(activity.uid, set()) - {None}
        by_resource = (
            next(iter(found)) if len(found) == 1 and (activity.kind == file.ActivityKind.RESOURCE_DEPENDENT or not primavera) else None
        )
        chosen[activity.uid] = activity.calendar_uid if activity.calendar_uid is not None else by_resource
    return chosen
