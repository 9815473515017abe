"""One activity of a file → the engine's activity."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mainstay.engine import plan as engine
from mainstay.engine.worktime import minute_of
from mainstay.formats import schedule as file
from mainstay.planning.conversion.terms import CONSTRAINTS, MANDATORY, MILESTONES, SPANNING, SUMMARIES
from mainstay.planning.conversion.working_calendars import Chosen


@dataclass(frozen=True, slots=True)
class Habits:
    """What the tool and the options of a file mean for each of its activities."""

    by_status_date: bool
    """Work that is not done lies after the status date (Primavera)."""
    status_date: datetime | None
    expects_finishes: bool
    keeps_starts: bool
    """An activity stays on the day on which its planner put it until a predecessor moves it (GanttProject)."""


KEEPING = (engine.ConstraintType.AS_SOON_AS_POSSIBLE, engine.ConstraintType.START_NO_EARLIER_THAN)


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
    chosen: Chosen,
    is_parent: bool,
    habits: Habits,
) -> engine.Activity:
    """``is_parent`` says that other activities lie below it, which makes it a summary whatever the file calls it."""
    kind = engine_kind(activity, is_parent)
    finished = activity.actual_finish is not None
    started = activity.actual_start is not None
    fixed = is_fixed(activity, kind)
    first, second = constraints(activity, MANDATORY if habits.by_status_date else CONSTRAINTS)
    if habits.keeps_starts and not is_parent and first[0] in KEEPING and activity.start is not None:
        first = (engine.ConstraintType.START_NO_EARLIER_THAN, instant(activity.start))
    return engine.Activity(
        id=key,
        duration=0
        if kind in (engine.ActivityKind.SUMMARY, engine.ActivityKind.MILESTONE)
        else max(whole(activity.duration_minutes) or 0, 0),
        project=project,
        kind=kind,
        parent=parent,
        calendar=chosen.work,
        base_calendar=chosen.base,
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
        expected_finish=instant(activity.expected_finish) if habits.expects_finishes else None,
        external_start=instant(activity.external_early_start),
        external_finish=instant(activity.external_late_finish),
        deadline=instant(activity.deadline),
        manual=fixed,
        fixed_start=instant(activity.start) if fixed else None,
        fixed_finish=instant(activity.finish or activity.start) if fixed else None,
        resumes=resumption(activity, habits),
        levelling_delay=levelling_delay(activity),
        starts_work=activity.kind == file.ActivityKind.START_MILESTONE,
        stored=stored(activity),
    )


def resumption(activity: file.Activity, habits: Habits) -> int | None:
    """Where interrupted work goes on: in Primavera after the status date only, in MS Project for what has begun."""
    if activity.resumed is None or activity.actual_finish is not None:
        return None
    if habits.by_status_date:
        return instant(activity.resumed) if habits.status_date is None or activity.resumed > habits.status_date else None
    return instant(activity.resumed) if activity.actual_start is not None else None


def engine_kind(activity: file.Activity, is_parent: bool) -> engine.ActivityKind:
    if activity.kind == file.ActivityKind.WBS_SUMMARY and not is_parent:
        return engine.ActivityKind.WBS_SUMMARY
    if (activity.summary and not (activity.subproject_file and activity.start)) or is_parent or activity.kind in SUMMARIES:
        return engine.ActivityKind.SUMMARY
    if activity.kind in SPANNING:
        return engine.ActivityKind.LEVEL_OF_EFFORT
    if activity.kind in MILESTONES or (activity.milestone and not activity.duration_minutes):
        return engine.ActivityKind.MILESTONE
    return engine.ActivityKind.TASK


def is_fixed(activity: file.Activity, kind: engine.ActivityKind) -> bool:
    """Scheduled by hand, or the stand-in for an activity or a plan of another file whose dates are all that is known."""
    elsewhere = activity.external or bool(activity.subproject_file)
    return (activity.manual or elsewhere) and activity.start is not None and kind != engine.ActivityKind.SUMMARY


def remaining(activity: file.Activity, kind: engine.ActivityKind) -> int | None:
    if kind != engine.ActivityKind.TASK or activity.remaining_duration_minutes is None:
        return None
    return max(round(activity.remaining_duration_minutes), 0)


Constraint = tuple[engine.ConstraintType, int | None]


def constraints(activity: file.Activity, words: Mapping[file.ConstraintType, engine.ConstraintType]) -> tuple[Constraint, Constraint]:
    """The two constraints; one without the date that it needs counts as none."""
    found = []
    for kind, moment in (
        (activity.constraint, activity.constraint_date),
        (activity.secondary_constraint, activity.secondary_constraint_date),
    ):
        made = words[kind] if kind is not None else engine.ConstraintType.AS_SOON_AS_POSSIBLE
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
        early_start=instant(activity.early_start or activity.remaining_early_start),
        early_finish=instant(activity.early_finish or activity.remaining_early_finish),
        late_start=instant(activity.late_start or activity.remaining_late_start),
        late_finish=instant(activity.late_finish or activity.remaining_late_finish),
        total_float=whole(activity.total_slack_minutes),
        free_float=whole(activity.free_slack_minutes),
        critical=activity.critical,
    )
