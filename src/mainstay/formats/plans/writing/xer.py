"""A plan as Primavera's .xer: tables of tab-separated text, with calendars, WBS, activities, links, resources, assignments and expenses."""

from collections.abc import Iterable
from datetime import date

from mainstay.formats.plans.writing.working_week import whole_week
from mainstay.formats.plans.writing.xer_resources import assignment_table, resource_tables
from mainstay.formats.plans.writing.xer_text import Row, hours, table
from mainstay.formats.schedule import Activity, Calendar, Link, Schedule, Shift
from mainstay.formats.terms import ActivityKind, ConstraintType, ProgressLogic

NEWLINE = "\r\n"
DAY_ZERO = date(1899, 12, 30)
CONSTRAINTS = {
    ConstraintType.MUST_START_ON: "CS_MANDSTART",
    ConstraintType.MUST_FINISH_ON: "CS_MANDFIN",
    ConstraintType.START_NO_EARLIER_THAN: "CS_MSOA",
    ConstraintType.START_NO_LATER_THAN: "CS_MSOB",
    ConstraintType.FINISH_NO_EARLIER_THAN: "CS_MEOA",
    ConstraintType.FINISH_NO_LATER_THAN: "CS_MEOB",
    ConstraintType.START_ON: "CS_MSO",
    ConstraintType.FINISH_ON: "CS_MEO",
    ConstraintType.AS_LATE_AS_POSSIBLE: "CS_ALAP",
}
CURRENCY_FIELDS = [
    *("curr_id", "decimal_digit_cnt", "curr_symbol", "decimal_symbol", "digit_group_symbol", "pos_curr_fmt_type", "neg_curr_fmt_type"),
    *("curr_type", "curr_short_name", "group_digit_cnt", "base_exch_rate"),
]
PROJECT_FIELDS = [
    *("proj_id", "proj_short_name", "clndr_id", "plan_start_date", "plan_end_date", "scd_end_date", "last_recalc_date"),
    *("critical_path_type", "critical_drtn_hr_cnt"),
]
CALENDAR_FIELDS = [
    *("clndr_id", "default_flag", "clndr_name", "proj_id", "base_clndr_id", "clndr_type", "day_hr_cnt", "week_hr_cnt", "month_hr_cnt"),
    *("year_hr_cnt", "clndr_data"),
]
WBS_FIELDS = ["wbs_id", "proj_id", "seq_num", "proj_node_flag", "status_code", "wbs_short_name", "wbs_name", "parent_wbs_id"]
TASK_FIELDS = [
    *("task_id", "proj_id", "wbs_id", "clndr_id", "phys_complete_pct", "complete_pct_type", "task_type", "duration_type", "status_code"),
    *("task_code", "task_name", "total_float_hr_cnt", "remain_drtn_hr_cnt", "target_drtn_hr_cnt", "cstr_date", "act_start_date"),
    *("act_end_date", "late_start_date", "late_end_date", "expect_end_date", "early_start_date", "early_end_date", "restart_date"),
    *("reend_date", "target_start_date", "target_end_date", "cstr_type", "priority_type", "cstr_type2", "cstr_date2"),
    *("suspend_date", "resume_date", "external_early_start_date", "external_late_end_date"),
]
OPTION_FIELDS = [
    *("schedoptions_id", "proj_id", "sched_float_type", "sched_open_critical_flag", "sched_use_expect_end_flag", "sched_retained_logic"),
    *("sched_progress_override", "sched_lag_early_start_flag", "sched_calendar_on_relationship_lag"),
]
FLOATS = {"start_slack": "FT_SS", "finish_slack": "FT_FF", "smallest_slack": "FT_Min"}
LAG_CALENDARS = {
    "successor": "rcal_Successor",
    "twenty_four_hour": "rcal_24Hour",
    "project_default": "rcal_ProjDefault",
    "predecessor": "rcal_Predecessor",
}
TASK_TYPES = {
    ActivityKind.START_MILESTONE: "TT_Mile",
    ActivityKind.FINISH_MILESTONE: "TT_FinMile",
    ActivityKind.LEVEL_OF_EFFORT: "TT_LOE",
    ActivityKind.HAMMOCK: "TT_LOE",
    ActivityKind.RESOURCE_DEPENDENT: "TT_Rsrc",
    ActivityKind.WBS_SUMMARY: "TT_WBS",
}
LINK_FIELDS = ["task_pred_id", "task_id", "pred_task_id", "proj_id", "pred_proj_id", "pred_type", "lag_hr_cnt"]
COST_FIELDS = ["cost_item_id", "task_id", "proj_id", "cost_name", "target_cost", "act_cost", "remain_cost"]


def to_xer(schedule: Schedule) -> bytes:
    """The file as bytes in cp1252, Primavera's own encoding; the same plan gives the same bytes."""
    project, currency = 1, schedule.currency or "GBP"
    stamp = f"{schedule.status_date or schedule.start:%Y-%m-%d}"
    money = [1, 2, schedule.currency_symbol or "£", ".", ",", "#1.1", "(#1.1)", currency, currency, 3, 1]
    name = schedule.project_id or schedule.name
    dates = [schedule.start, schedule.must_finish_by, schedule.finish, schedule.status_date]
    lines = [
        f"ERMHDR\t19.12\t{stamp}\tProject\tadmin\tMainstay\tdbxDatabaseNoName\tProject Management\t{currency}",
        *table("CURRTYPE", CURRENCY_FIELDS, [money]),
        *table("PROJECT", PROJECT_FIELDS, [[project, name, schedule.default_calendar_uid, *dates, "CT_TotFloat", 0]]),
        *table("CALENDAR", CALENDAR_FIELDS, [calendar_row(calendar, schedule) for calendar in schedule.calendars]),
        *table("SCHEDOPTIONS", OPTION_FIELDS, [option_row(schedule, project)]),
        *resource_tables(schedule),
        *wbs_and_tasks(schedule, project),
        "%E",
    ]
    return (NEWLINE.join(lines) + NEWLINE).encode("cp1252", "replace")


def calendar_row(calendar: Calendar, schedule: Schedule) -> Row:
    day = hours(calendar.minutes_per_day or schedule.minutes_per_day)
    week = hours(calendar.minutes_per_week or schedule.minutes_per_week)
    is_default = calendar.uid == schedule.default_calendar_uid
    return [
        calendar.uid,
        is_default,
        calendar.name,
        None,
        calendar.parent_uid,
        "CA_Base" if calendar.parent_uid is None else "CA_Rsrc",
        day,
        week,
        (week or 0) * 4.3,
        (week or 0) * 52,
        calendar_data(calendar, schedule),
    ]


def calendar_data(calendar: Calendar, schedule: Schedule) -> str:
    """Primavera's own nested notation: days from Sunday, exceptions by day number."""
    days = whole_week(calendar, schedule.calendars)
    week = [days[6], *days[:6]]
    days_data = "".join(f"(0||{number}()({shifts_data(shifts)}))" for number, shifts in enumerate(week, 1))
    numbers = [
        (number, exception.shifts)
        for exception in calendar.exceptions
        for number in range((exception.first - DAY_ZERO).days, (exception.last - DAY_ZERO).days + 1)
    ]
    exceptions = "".join(f"(0||{place}(d|{number})({shifts_data(shifts)}))" for place, (number, shifts) in enumerate(numbers))
    return f"(0||CalendarData()((0||DaysOfWeek()({days_data}))(0||VIEW(ShowTotal|N)())(0||Exceptions()({exceptions}))))"


def shifts_data(shifts: Iterable[Shift]) -> str:
    return "".join(f"(0||{place}(s|{minute(shift.start)}|f|{minute(shift.finish)})())" for place, shift in enumerate(shifts))


def minute(value: int) -> str:
    return f"{value // 60:02}:{value % 60:02}"


def wbs_and_tasks(schedule: Schedule, project: int) -> list[str]:
    """Summaries become WBS elements below the project's own; every other activity a task."""
    top = max((activity.uid for activity in schedule.activities), default=0) + 1
    name = schedule.project_id or schedule.name
    wbs: list[Row] = [[top, project, 0, True, "WS_Open", name, schedule.title or schedule.name, None]]
    tasks: list[Row] = []
    costs: list[Row] = []
    for place, activity in enumerate(schedule.activities):
        parent = activity.parent_uid or top
        if activity.summary:
            wbs.append([activity.uid, project, place, False, "WS_Open", activity.wbs or str(activity.uid), activity.name, parent])
            continue
        tasks.append(task_row(activity, schedule, project, parent))
        if activity.fixed_cost:
            whole = float(activity.fixed_cost)
            actual = whole * (activity.percent_complete or 0) / 100
            costs.append([len(costs) + 1, activity.uid, project, "Contract price", whole, actual, whole - actual])
    relations = [link_row(number, link, project) for number, link in enumerate(schedule.links, 1)]
    return [
        *table("PROJWBS", WBS_FIELDS, wbs),
        *table("TASK", TASK_FIELDS, tasks),
        *table("TASKPRED", LINK_FIELDS, relations),
        *assignment_table(schedule, project),
        *table("PROJCOST", COST_FIELDS, costs),
    ]


def option_row(schedule: Schedule, project: int) -> Row:
    logic = schedule.progress_logic or ProgressLogic.RETAINED_LOGIC
    return [
        1,
        project,
        FLOATS.get(schedule.total_float_kind, "FT_Min"),
        schedule.open_ends_are_critical,
        schedule.use_expected_finish,
        logic == ProgressLogic.RETAINED_LOGIC,
        logic == ProgressLogic.PROGRESS_OVERRIDE,
        schedule.start_lag_from_early_start,
        LAG_CALENDARS.get(schedule.lag_calendar, "rcal_Predecessor"),
    ]


def word_of(constraint: ConstraintType | None) -> str | None:
    return CONSTRAINTS.get(constraint) if constraint else None


def link_row(number: int, link: Link, project: int) -> Row:
    return [number, link.successor_uid, link.predecessor_uid, project, project, f"PR_{link.type}", hours(link.lag_minutes)]


def task_row(activity: Activity, schedule: Schedule, project: int, parent: int) -> Row:
    status = "TK_Complete" if activity.actual_finish else "TK_Active" if activity.actual_start else "TK_NotStart"
    remaining = 0.0 if activity.actual_finish else activity.remaining_duration_minutes
    if remaining is None:
        remaining = activity.duration_minutes
    restart = (
        None
        if activity.actual_finish
        else max(filter(None, (activity.start, schedule.status_date if activity.actual_start else None)), default=None)
    )
    early = (restart, None if activity.actual_finish else activity.finish)
    baseline = next((found for found in activity.baselines if found.number == 0), None)
    target = (baseline.start, baseline.finish) if baseline else (activity.start, activity.finish)
    target_minutes = baseline.duration_minutes if baseline else activity.duration_minutes
    kind = TASK_TYPES.get(activity.kind, "TT_FinMile" if activity.milestone else "TT_Task")
    return [
        activity.uid, project, parent, activity.calendar_uid or schedule.default_calendar_uid, activity.percent_complete or 0, "CP_Drtn",
        kind, "DT_FixedDUR2", status, activity.activity_id or activity.wbs, activity.name,
        hours(activity.total_slack_minutes), hours(remaining), hours(target_minutes), activity.constraint_date,
        activity.actual_start, activity.actual_finish, activity.late_start, activity.late_finish, activity.expected_finish,
        *early, *early, *target, word_of(activity.constraint), "PT_Normal",
        word_of(activity.secondary_constraint), activity.secondary_constraint_date, activity.suspended, activity.resumed,
        activity.external_early_start, activity.external_late_finish,
    ]  # fmt: skip
