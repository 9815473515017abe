"""A plan as Microsoft Project's XML (MSPDI): calendars, activities with progress, baselines and links, resources, assignments, costs."""

from collections.abc import Iterable
from datetime import datetime, time
from io import BytesIO
from xml.etree import ElementTree as ET  # only written here, never read

from mainstay.formats.plans.writing.mspdi_resources import write_assignments, write_resources
from mainstay.formats.plans.writing.mspdi_text import clock, duration, pence, write
from mainstay.formats.schedule import Activity, Baseline, Calendar, Link, Schedule, Shift
from mainstay.formats.terms import ConstraintType, LinkType, TimeUnit

NAMESPACE = "http://schemas.microsoft.com/project"
LINK_TYPES = {LinkType.FF: 0, LinkType.FS: 1, LinkType.SF: 2, LinkType.SS: 3}
CONSTRAINTS = {
    ConstraintType.AS_SOON_AS_POSSIBLE: 0,
    ConstraintType.AS_LATE_AS_POSSIBLE: 1,
    ConstraintType.MUST_START_ON: 2,
    ConstraintType.MUST_FINISH_ON: 3,
    ConstraintType.START_NO_EARLIER_THAN: 4,
    ConstraintType.START_NO_LATER_THAN: 5,
    ConstraintType.FINISH_NO_EARLIER_THAN: 6,
    ConstraintType.FINISH_NO_LATER_THAN: 7,
}
DURATION_FORMATS = {
    TimeUnit.MINUTES: 3,
    TimeUnit.HOURS: 5,
    TimeUnit.DAYS: 7,
    TimeUnit.WEEKS: 9,
    TimeUnit.MONTHS: 11,
    TimeUnit.PERCENT: 19,
    TimeUnit.ELAPSED_MINUTES: 4,
    TimeUnit.ELAPSED_HOURS: 6,
    TimeUnit.ELAPSED_DAYS: 8,
    TimeUnit.ELAPSED_WEEKS: 10,
    TimeUnit.ELAPSED_MONTHS: 12,
    TimeUnit.ELAPSED_PERCENT: 20,
}
TASK_TYPES = {"fixed_units": 0, "fixed_duration": 1, "fixed_work": 2}
DAYS = 7


def to_mspdi(schedule: Schedule) -> bytes:
    """The XML document; the same plan gives the same bytes."""
    root = ET.Element("Project", xmlns=NAMESPACE)
    write(
        root,
        SaveVersion=14,
        Name=schedule.name,
        Title=schedule.title,
        Manager=schedule.manager,
        Company=schedule.organisation,
        ScheduleFromStart=not schedule.schedule_from_finish,
        StartDate=schedule.start,
        FinishDate=schedule.finish,
        CurrencyCode=schedule.currency,
        CurrencySymbol=schedule.currency_symbol,
        CalendarUID=schedule.default_calendar_uid,
        DefaultStartTime=clock(schedule.default_start_minute),
        DefaultFinishTime=clock(schedule.default_finish_minute),
        MinutesPerDay=round(schedule.minutes_per_day),
        MinutesPerWeek=round(schedule.minutes_per_week),
        DaysPerMonth=round(schedule.days_per_month),
        StatusDate=schedule.status_date,
        CurrentDate=schedule.current_date,
        CriticalSlackLimit=round(schedule.critical_slack_minutes / (schedule.minutes_per_day or 480)),
        HonorConstraints=schedule.honour_constraints,
        MultipleCriticalPaths=schedule.open_ends_are_critical,
    )
    write_calendars(ET.SubElement(root, "Calendars"), schedule.calendars)
    tasks = ET.SubElement(root, "Tasks")
    by_successor: dict[int, list[Link]] = {}
    for link in schedule.links:
        by_successor.setdefault(link.successor_uid, []).append(link)
    for number, activity in enumerate(schedule.activities, 1):
        write_activity(ET.SubElement(tasks, "Task"), activity, number, by_successor.get(activity.uid, []))
    write_resources(ET.SubElement(root, "Resources"), schedule)
    write_assignments(ET.SubElement(root, "Assignments"), schedule.assignments)
    ET.indent(root, " ")
    target = BytesIO()
    ET.ElementTree(root).write(target, encoding="UTF-8", xml_declaration=True)
    return target.getvalue()


def write_calendars(parent: ET.Element, calendars: Iterable[Calendar]) -> None:
    for calendar in calendars:
        element = ET.SubElement(parent, "Calendar")
        write(
            element,
            UID=calendar.uid,
            Name=calendar.name,
            IsBaseCalendar=calendar.parent_uid is None,
            BaseCalendarUID=calendar.parent_uid or -1,
        )
        days = ET.SubElement(element, "WeekDays")
        for place, shifts in enumerate(calendar.week):
            if shifts is not None:
                day = ET.SubElement(days, "WeekDay")
                write(day, DayType=(place + 1) % DAYS + 1, DayWorking=bool(shifts))
                write_shifts(day, shifts)
        exceptions = ET.SubElement(element, "Exceptions")
        for exception in calendar.exceptions:
            one = ET.SubElement(exceptions, "Exception")
            count = (exception.last - exception.first).days + 1
            write(one, EnteredByOccurrences=0)
            write(
                ET.SubElement(one, "TimePeriod"),
                FromDate=datetime.combine(exception.first, time()),
                ToDate=datetime.combine(exception.last, time(23, 59)),
            )
            write(one, Occurrences=count, Name=exception.name, Type=1, DayWorking=bool(exception.shifts))
            write_shifts(one, exception.shifts)


def write_shifts(parent: ET.Element, shifts: Iterable[Shift]) -> None:
    if not shifts:
        return
    times = ET.SubElement(parent, "WorkingTimes")
    for shift in shifts:
        write(ET.SubElement(times, "WorkingTime"), FromTime=clock(shift.start), ToTime=clock(shift.finish))


def write_activity(element: ET.Element, activity: Activity, number: int, links: Iterable[Link]) -> None:
    write(
        element,
        UID=activity.uid,
        ID=activity.id or number,
        Name=activity.name,
        Active=activity.active,
        Manual=activity.manual,
        Type=TASK_TYPES.get(activity.task_type, 1),
        IsNull=0,
        WBS=activity.wbs or activity.activity_id,
        OutlineLevel=activity.outline_level,
        Priority=activity.priority if activity.priority is not None else 500,
        Start=activity.start,
        Finish=activity.finish,
        Duration=duration(activity.duration_minutes),
        DurationFormat=DURATION_FORMATS.get(activity.duration_unit, 7),
        Work=duration(activity.work_minutes),
        Stop=activity.suspended,
        Resume=activity.resumed,
        Milestone=activity.milestone,
        Summary=activity.summary,
        Critical=activity.critical,
        PercentComplete=round(activity.percent_complete or 0),
        PercentWorkComplete=None if activity.percent_work_complete is None else round(activity.percent_work_complete),
        Cost=pence(activity.cost),
        FixedCost=pence(activity.fixed_cost),
        ActualStart=activity.actual_start,
        ActualFinish=activity.actual_finish,
        ActualDuration=duration(activity.actual_duration_minutes),
        ActualCost=pence(activity.actual_cost),
        ActualWork=duration(activity.actual_work_minutes),
        RemainingDuration=duration(activity.remaining_duration_minutes),
        RemainingWork=duration(activity.remaining_work_minutes),
        ConstraintType=CONSTRAINTS.get(activity.constraint, 0) if activity.constraint else 0,
        CalendarUID=-1 if activity.calendar_uid is None else activity.calendar_uid,
        ConstraintDate=activity.constraint_date,
        Deadline=activity.deadline,
        Notes=activity.notes,
    )
    for link in links:
        one = ET.SubElement(element, "PredecessorLink")
        lag = round(link.lag_minutes * 10) if link.lag_percent is None else round(link.lag_percent)
        write(one, PredecessorUID=link.predecessor_uid, Type=LINK_TYPES[link.type], CrossProject=0, LinkLag=lag)
        write(one, LagFormat=DURATION_FORMATS.get(link.lag_unit, 7))
    for baseline in activity.baselines:
        write_baseline(ET.SubElement(element, "Baseline"), baseline)


def write_baseline(element: ET.Element, baseline: Baseline) -> None:
    write(
        element,
        Number=baseline.number,
        Start=baseline.start,
        Finish=baseline.finish,
        Duration=duration(baseline.duration_minutes),
        DurationFormat=7,
        Cost=pence(baseline.cost),
    )
