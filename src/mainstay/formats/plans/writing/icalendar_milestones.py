"""The milestones of a plan as iCalendar (RFC 5545): whole days with name, code and day; whoever subscribes sees what moves."""

from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from mainstay.formats.schedule import Activity, Schedule
from mainstay.formats.terms import ActivityKind

KINDS = (ActivityKind.START_MILESTONE, ActivityKind.FINISH_MILESTONE)


def to_icalendar(schedule: Schedule) -> bytes:
    """One event for each milestone that has a date; the same plan gives the same bytes.

    An event is known by project and uid, so that a later version of the plan moves it and makes no second one.
    """
    project = schedule.project_id or schedule.name or "plan"
    calendar = Calendar()
    calendar.add("prodid", "-//Mainstay//Milestones//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", schedule.title or schedule.name)
    stamp = schedule.status_date or schedule.start
    for activity in filter(is_milestone, schedule.activities):
        at = activity.finish or activity.start
        if at is not None:
            calendar.add_component(event(activity, project, at.date(), stamp))
    written: bytes = calendar.to_ical()
    return written


def is_milestone(activity: Activity) -> bool:
    return activity.active and not activity.summary and (activity.milestone or activity.kind in KINDS)


def event(activity: Activity, project: str, day: date, stamp: datetime | None) -> Event:
    made = Event()
    made.add("uid", f"{project}-{activity.uid}@mainstay")
    made.add("summary", activity.name or activity.activity_id or str(activity.uid))
    made.add("dtstart", day)
    made.add("dtend", day + timedelta(days=1))
    made.add("dtstamp", (stamp or datetime.combine(day, time())).replace(tzinfo=UTC))
    made.add("description", " · ".join(filter(None, (project, activity.activity_id or activity.wbs))))
    made.add("categories", ["Milestone"])
    made.add("status", "CONFIRMED" if activity.actual_finish else "TENTATIVE")
    made.add("transp", "TRANSPARENT")
    return made
