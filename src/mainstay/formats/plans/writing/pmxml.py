"""A plan as Primavera's XML (P6 XML): calendars, options, WBS, activities with progress, links, resources, assignments."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from xml.etree import ElementTree as ET  # only written here, never read

from mainstay.formats.plans.writing.mspdi_text import clock, write
from mainstay.formats.plans.writing.pmxml_resources import hours, write_assignment, write_rates, write_resources
from mainstay.formats.plans.writing.working_week import whole_week
from mainstay.formats.schedule import Activity, Calendar, Link, Schedule, Shift
from mainstay.formats.terms import ActivityKind, ConstraintType, LinkType, ProgressLogic

NAMESPACE = "http://xmlns.oracle.com/Primavera/P6/V19.12/API/BusinessObjects"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PROJECT = 1
LINKS = {
    LinkType.FS: "Finish to Start",
    LinkType.SS: "Start to Start",
    LinkType.FF: "Finish to Finish",
    LinkType.SF: "Start to Finish",
}
CONSTRAINTS = {
    ConstraintType.AS_LATE_AS_POSSIBLE: "As Late As Possible",
    ConstraintType.MUST_START_ON: "Mandatory Start",
    ConstraintType.MUST_FINISH_ON: "Mandatory Finish",
    ConstraintType.START_NO_EARLIER_THAN: "Start On or After",
    ConstraintType.START_NO_LATER_THAN: "Start On or Before",
    ConstraintType.FINISH_NO_EARLIER_THAN: "Finish On or After",
    ConstraintType.FINISH_NO_LATER_THAN: "Finish On or Before",
    ConstraintType.START_ON: "Start On",
    ConstraintType.FINISH_ON: "Finish On",
}
KINDS = {
    ActivityKind.START_MILESTONE: "Start Milestone",
    ActivityKind.FINISH_MILESTONE: "Finish Milestone",
    ActivityKind.LEVEL_OF_EFFORT: "Level of Effort",
    ActivityKind.HAMMOCK: "Level of Effort",
    ActivityKind.RESOURCE_DEPENDENT: "Resource Dependent",
    ActivityKind.WBS_SUMMARY: "WBS Summary",
}
LOGIC = {
    ProgressLogic.RETAINED_LOGIC: "Retained Logic",
    ProgressLogic.PROGRESS_OVERRIDE: "Progress Override",
    ProgressLogic.ACTUAL_DATES: "Actual Dates",
}
LAG_CALENDARS = {
    "successor": "Successor Activity Calendar",
    "twenty_four_hour": "24 Hour Calendar",
    "project_default": "Project Default Calendar",
}
FLOATS = {
    "start_slack": "Start Float = Late Start - Early Start",
    "finish_slack": "Finish Float = Late Finish - Early Finish",
    "smallest_slack": "Smallest of Start Float and Finish Float",
}


def to_pmxml(schedule: Schedule) -> bytes:
    """The XML document; the same plan gives the same bytes."""
    root = ET.Element("APIBusinessObjects", xmlns=NAMESPACE)
    for calendar in schedule.calendars:
        write_calendar(ET.SubElement(root, "Calendar"), calendar, schedule)
    write_resources(root, schedule.resources)
    write_rates(root, schedule.resources)
    project = ET.SubElement(root, "Project")
    write(
        project,
        ActivityDefaultCalendarObjectId=schedule.default_calendar_uid,
        DataDate=schedule.status_date,
        Id=schedule.project_id or schedule.name,
        MustFinishByDate=schedule.must_finish_by,
        Name=schedule.title or schedule.name,
        ObjectId=PROJECT,
        PlannedStartDate=schedule.planned_start or schedule.start,
        Status="Active",
    )
    summaries = {activity.uid for activity in schedule.activities if activity.summary}
    for place, activity in enumerate(schedule.activities):
        if activity.summary:
            write_wbs(ET.SubElement(project, "WBS"), activity, place)
    for activity in schedule.activities:
        if not activity.summary:
            write_activity(ET.SubElement(project, "Activity"), activity, schedule, activity.parent_uid in summaries)
    for number, link in enumerate(schedule.links, 1):
        write_link(ET.SubElement(project, "Relationship"), link, number)
    kinds = {row.uid: row.kind for row in schedule.resources}
    for place, assignment in enumerate(schedule.assignments, 1):
        write_assignment(ET.SubElement(project, "ResourceAssignment"), place, assignment, kinds, PROJECT)
    write_options(ET.SubElement(project, "ScheduleOptions"), schedule)
    ET.indent(root, " ")
    target = BytesIO()
    ET.ElementTree(root).write(target, encoding="UTF-8", xml_declaration=True)
    return target.getvalue()


def write_options(element: ET.Element, schedule: Schedule) -> None:
    write(
        element,
        CalculateFloatBasedOnFinishDate=schedule.float_to_own_finish,
        ComputeTotalFloatType=FLOATS.get(schedule.total_float_kind),
        CriticalActivityFloatThreshold=hours(schedule.critical_slack_minutes),
        CriticalActivityPathType="Longest Path" if schedule.longest_path_is_critical else "Critical Float",
        MakeOpenEndedActivitiesCritical=schedule.open_ends_are_critical,
        OutOfSequenceScheduleType=LOGIC[schedule.progress_logic or ProgressLogic.RETAINED_LOGIC],
        ProjectObjectId=PROJECT,
        RelationshipLagCalendar=LAG_CALENDARS.get(schedule.lag_calendar, "Predecessor Activity Calendar"),
        StartToStartLagCalculationType=schedule.start_lag_from_early_start,
        UseExpectedFinishDates=schedule.use_expected_finish,
    )


def write_calendar(element: ET.Element, calendar: Calendar, schedule: Schedule) -> None:
    write(
        element,
        BaseCalendarObjectId=calendar.parent_uid,
        HoursPerDay=hours(calendar.minutes_per_day or schedule.minutes_per_day),
        HoursPerWeek=hours(calendar.minutes_per_week or schedule.minutes_per_week),
        IsDefault=calendar.uid == schedule.default_calendar_uid,
        Name=calendar.name,
        ObjectId=calendar.uid,
        Type="Global" if calendar.parent_uid is None else "Resource",
    )
    week = ET.SubElement(element, "StandardWorkWeek")
    for name, shifts in zip(DAYS, whole_week(calendar, schedule.calendars), strict=True):
        day = ET.SubElement(week, "StandardWorkHours")
        write(day, DayOfWeek=name)
        write_shifts(day, shifts)
    exceptions = ET.SubElement(element, "HolidayOrExceptions")
    for exception in calendar.exceptions:
        for number in range((exception.last - exception.first).days + 1):
            day = ET.SubElement(exceptions, "HolidayOrException")
            write(day, Date=midnight(exception.first + timedelta(days=number)))
            write_shifts(day, exception.shifts)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def write_shifts(day: ET.Element, shifts: Iterable[Shift]) -> None:
    """Primavera writes the last minute of a shift, not its end."""
    for shift in shifts:
        write(ET.SubElement(day, "WorkTime"), Start=clock(shift.start), Finish=clock(shift.finish - 1))


def write_wbs(element: ET.Element, activity: Activity, place: int) -> None:
    write(
        element,
        Code=activity.wbs or str(activity.uid),
        Name=activity.name,
        ObjectId=activity.uid,
        ParentObjectId=activity.parent_uid,
        ProjectObjectId=PROJECT,
        SequenceNumber=place,
        Status="Active",
    )


def write_activity(element: ET.Element, activity: Activity, schedule: Schedule, in_wbs: bool) -> None:
    done, begun = activity.actual_finish is not None, activity.actual_start is not None
    remaining = 0 if done else activity.remaining_duration_minutes
    remaining = activity.duration_minutes if remaining is None else remaining
    share = (activity.percent_complete or 0) / 100
    write(
        element,
        ActualDuration=hours(max(0, (activity.duration_minutes or 0) - (remaining or 0)) if begun else 0),
        ActualFinishDate=activity.actual_finish,
        ActualStartDate=activity.actual_start,
        AtCompletionDuration=hours(activity.duration_minutes),
        CalendarObjectId=activity.calendar_uid or schedule.default_calendar_uid,
        DurationPercentComplete=share,
        ExpectedFinishDate=activity.expected_finish,
        ExternalEarlyStartDate=activity.external_early_start,
        ExternalLateFinishDate=activity.external_late_finish,
        FinishDate=activity.finish,
        Id=activity.activity_id or activity.wbs or str(activity.uid),
        Name=activity.name,
        ObjectId=activity.uid,
        PercentComplete=share,
        PercentCompleteType="Duration",
        PlannedDuration=hours(activity.duration_minutes),
        PlannedFinishDate=activity.planned_finish or activity.finish,
        PlannedStartDate=activity.planned_start or activity.start,
        PrimaryConstraintDate=activity.constraint_date,
        PrimaryConstraintType=CONSTRAINTS.get(activity.constraint) if activity.constraint else None,
        ProjectObjectId=PROJECT,
        RemainingDuration=hours(remaining),
        RemainingEarlyFinishDate=None if done else activity.early_finish,
        RemainingEarlyStartDate=None if done else activity.early_start,
        RemainingLateFinishDate=None if done else activity.late_finish,
        RemainingLateStartDate=None if done else activity.late_start,
        ResumeDate=activity.resumed,
        SecondaryConstraintDate=activity.secondary_constraint_date,
        SecondaryConstraintType=CONSTRAINTS.get(activity.secondary_constraint) if activity.secondary_constraint else None,
        StartDate=activity.start,
        Status="Completed" if done else "In Progress" if begun else "Not Started",
        SuspendDate=activity.suspended,
        Type=KINDS.get(activity.kind, "Finish Milestone" if activity.milestone else "Task Dependent"),
        WBSObjectId=activity.parent_uid if in_wbs else None,
    )


def write_link(element: ET.Element, link: Link, number: int) -> None:
    write(
        element,
        Lag=hours(link.lag_minutes),
        ObjectId=number,
        PredecessorActivityObjectId=link.predecessor_uid,
        PredecessorProjectObjectId=PROJECT,
        SuccessorActivityObjectId=link.successor_uid,
        SuccessorProjectObjectId=PROJECT,
        Type=LINKS[link.type],
    )
