"""The milestones of a plan as iCalendar: whole days with name, code and day; whoever subscribes sees what moves."""

from datetime import date, datetime

from mainstay.formats.calendar_events import CalendarEvent
from mainstay.formats.calendar_events import to_icalendar as written
from mainstay.formats.schedule import Activity, Schedule
from mainstay.formats.terms import ActivityKind

KINDS = (ActivityKind.START_MILESTONE, ActivityKind.FINISH_MILESTONE)


def to_icalendar(schedule: Schedule) -> bytes:
    """One event for each milestone that has a date; the same plan gives the same bytes.

    An event is known by project and uid, so that a later version of the plan moves it and makes no second one.
    """
    project = schedule.project_id or schedule.name or "plan"
    stamp = schedule.status_date or schedule.start
    dated = ((activity, activity.finish or activity.start) for activity in schedule.activities if is_milestone(activity))
    events = [event(activity, project, at.date(), stamp) for activity, at in dated if at is not None]
    return written(schedule.title or schedule.name, events, "Milestones")


def is_milestone(activity: Activity) -> bool:
    return activity.active and not activity.summary and (activity.milestone or activity.kind in KINDS)


def event(activity: Activity, project: str, day: date, stamp: datetime | None) -> CalendarEvent:
    return CalendarEvent(
        key=f"{project}-{activity.uid}",
        title=activity.name or activity.activity_id or str(activity.uid),
        first=day,
        last=day,
        stamp=stamp or day,
        text=" · ".join(filter(None, (project, activity.activity_id or activity.wbs))),
        category="Milestone",
        is_sure=bool(activity.actual_finish),
    )
