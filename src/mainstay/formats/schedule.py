"""Neutral dataclasses of one project plan, whatever tool wrote the file. Reading and writing files lives elsewhere.

Dates are naive local datetimes of the file. Durations, work, lags and slack are minutes (of working time unless the unit is elapsed).
Money is Decimal in the schedule's currency. Percentages run from 0 to 100; units of resources too (100 = one full-time person).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from mainstay.formats.terms import (
    ActivityKind,
    ConstraintType,
    ExternalEnd,
    LinkType,
    ProgressLogic,
    ResourceKind,
    TimeUnit,
)

__all__ = [
    "Activity",
    "ActivityCode",
    "ActivityKind",
    "Assignment",
    "Availability",
    "Baseline",
    "Calendar",
    "CalendarException",
    "CodeValue",
    "ConstraintType",
    "CustomValue",
    "Day",
    "Duration",
    "ExternalEnd",
    "ExternalLink",
    "Interval",
    "Link",
    "LinkType",
    "ProgressLogic",
    "Rate",
    "Resource",
    "ResourceKind",
    "Schedule",
    "Shift",
    "TimeUnit",
    "WorkWeek",
]


@dataclass(frozen=True, slots=True)
class Duration:
    minutes: float
    unit: TimeUnit = TimeUnit.MINUTES


CustomValue = str | int | float | bool | datetime | Duration


@dataclass(frozen=True, slots=True)
class Interval:
    start: datetime
    finish: datetime


@dataclass(frozen=True, slots=True)
class Shift:
    """Working time within one day, in minutes after midnight: 0 ≤ start < finish ≤ 1440."""

    start: int
    finish: int


Day = tuple[Shift, ...]
"""The shifts of one day; the empty tuple is a non-working day."""


@dataclass(frozen=True, slots=True)
class CalendarException:
    """Days first…last (both included) that differ from the week; recurring exceptions come expanded."""

    first: date
    last: date
    shifts: Day = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class WorkWeek:
    """Another week that holds from first to last; a day that is None follows the calendar's usual week."""

    first: date
    last: date
    days: tuple[Day | None, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """``week`` runs Monday to Sunday; a day that is None follows the parent calendar."""

    uid: int
    name: str
    week: tuple[Day | None, ...]
    parent_uid: int | None = None
    exceptions: tuple[CalendarException, ...] = ()
    work_weeks: tuple[WorkWeek, ...] = ()
    kind: str = ""
    minutes_per_day: float | None = None
    minutes_per_week: float | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """Baseline 0 is the baseline in force, 1 to 10 the numbered ones."""

    number: int
    start: datetime | None = None
    finish: datetime | None = None
    duration_minutes: float | None = None
    work_minutes: float | None = None
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    uid: int
    id: int | None = None
    wbs: str = ""
    outline_level: int = 0
    parent_uid: int | None = None
    name: str = ""
    guid: str = ""
    activity_id: str = ""
    """The code by which planners call it (Primavera's activity ID)."""
    kind: ActivityKind = ActivityKind.TASK
    summary: bool = False
    milestone: bool = False
    active: bool = True
    manual: bool = False
    critical: bool = False
    recurring: bool = False
    external: bool = False
    """A ghost of an activity of another file; kept so that its links can be followed."""
    project_summary: bool = False
    subproject_file: str = ""

    start: datetime | None = None
    finish: datetime | None = None
    early_start: datetime | None = None
    early_finish: datetime | None = None
    late_start: datetime | None = None
    late_finish: datetime | None = None
    actual_start: datetime | None = None
    actual_finish: datetime | None = None
    planned_start: datetime | None = None
    planned_finish: datetime | None = None
    remaining_early_start: datetime | None = None
    remaining_early_finish: datetime | None = None
    remaining_late_start: datetime | None = None
    remaining_late_finish: datetime | None = None
    expected_finish: datetime | None = None
    external_early_start: datetime | None = None
    external_late_finish: datetime | None = None
    """How early and late other plans let it be, as far as the file tells (Primavera)."""
    suspended: datetime | None = None
    resumed: datetime | None = None
    baselines: tuple[Baseline, ...] = ()
    splits: tuple[Interval, ...] = ()

    duration_minutes: float | None = None
    duration_unit: TimeUnit = TimeUnit.DAYS
    duration_estimated: bool = False
    actual_duration_minutes: float | None = None
    remaining_duration_minutes: float | None = None
    total_slack_minutes: float | None = None
    free_slack_minutes: float | None = None
    levelling_delay_minutes: float | None = None
    levelling_delay_elapsed: bool = False

    percent_complete: float | None = None
    percent_work_complete: float | None = None
    physical_percent_complete: float | None = None
    percent_complete_kind: str = ""
    """Which of the three the planner reports by (Primavera): duration, physical or units."""

    constraint: ConstraintType | None = None
    constraint_date: datetime | None = None
    secondary_constraint: ConstraintType | None = None
    secondary_constraint_date: datetime | None = None
    deadline: datetime | None = None
    calendar_uid: int | None = None
    ignore_resource_calendar: bool = False
    priority: int | None = None
    task_type: str = ""

    work_minutes: float | None = None
    actual_work_minutes: float | None = None
    remaining_work_minutes: float | None = None
    cost: Decimal | None = None
    fixed_cost: Decimal | None = None
    actual_cost: Decimal | None = None
    remaining_cost: Decimal | None = None

    notes: str = ""
    contact: str = ""
    hyperlink: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    """Activity code name → value."""
    custom_fields: Mapping[str, CustomValue] = field(default_factory=dict)
    """Name as the planner sees it (alias, else the tool's own, such as Text1) → value."""

    @property
    def duration_is_elapsed(self) -> bool:
        return self.duration_unit.is_elapsed


@dataclass(frozen=True, slots=True)
class Link:
    """``lag_minutes`` is negative for a lead. A percentage lag keeps its figure in ``lag_percent`` and is worked out in minutes too."""

    predecessor_uid: int
    successor_uid: int
    type: LinkType = LinkType.FS
    lag_minutes: float = 0
    lag_unit: TimeUnit = TimeUnit.DAYS
    lag_percent: float | None = None

    @property
    def lag_is_elapsed(self) -> bool:
        return self.lag_unit.is_elapsed


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalLink:
    """A link one end of which lies in another project or file."""

    activity_uid: int
    external_end: ExternalEnd
    project: str = ""
    """File name or project code of the other side, as far as the file tells."""
    external_uid: int | None = None
    external_id: str = ""
    external_name: str = ""
    ghost_uid: int | None = None
    """The stand-in among this plan's activities, if there is one; the link through it stands among ``Schedule.links``, too."""
    type: LinkType = LinkType.FS
    lag_minutes: float = 0
    lag_unit: TimeUnit = TimeUnit.DAYS


@dataclass(frozen=True, slots=True)
class Availability:
    """Units that a resource offers from…until; None is open."""

    units: float
    start: datetime | None = None
    finish: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """Price of one ``unit`` of work (hour unless said) from…until, in cost rate table A to E."""

    amount: Decimal
    unit: TimeUnit = TimeUnit.HOURS
    table: str = "A"
    start: datetime | None = None
    finish: datetime | None = None
    overtime: Decimal | None = None
    per_use: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    uid: int
    id: int | None = None
    name: str = ""
    guid: str = ""
    code: str = ""
    kind: ResourceKind = ResourceKind.WORK
    group: str = ""
    initials: str = ""
    email: str = ""
    parent_uid: int | None = None
    calendar_uid: int | None = None
    max_units: float | None = None
    material_label: str = ""
    generic: bool = False
    active: bool = True
    cost: Decimal | None = None
    work_minutes: float | None = None
    availability: tuple[Availability, ...] = ()
    rates: tuple[Rate, ...] = ()
    notes: str = ""
    custom_fields: Mapping[str, CustomValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    uid: int | None
    activity_uid: int
    resource_uid: int | None = None
    units: float | None = None
    start: datetime | None = None
    finish: datetime | None = None
    actual_start: datetime | None = None
    actual_finish: datetime | None = None
    delay_minutes: float | None = None
    work_minutes: float | None = None
    actual_work_minutes: float | None = None
    remaining_work_minutes: float | None = None
    percent_work_complete: float | None = None
    cost: Decimal | None = None
    actual_cost: Decimal | None = None
    remaining_cost: Decimal | None = None
    contour: str = ""
    baselines: tuple[Baseline, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeValue:
    value: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class ActivityCode:
    name: str
    values: tuple[CodeValue, ...] = ()
    scope: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One project plan. A file of several projects gives several of these."""

    name: str = ""
    project_id: str = ""
    guid: str = ""
    uid: int | None = None
    title: str = ""
    is_baseline: bool = False
    """A baseline copy that the file carries beside the project itself."""
    application: str = ""
    """Which tool wrote the file, such as Microsoft or Primavera."""
    file_type: str = ""
    """In which form, such as MPP, MSPDI, XER or PMXML."""
    manager: str = ""
    author: str = ""
    organisation: str = ""
    start: datetime | None = None
    planned_start: datetime | None = None
    """Where its planner lets it begin at the earliest, where that is not its start (Primavera)."""
    finish: datetime | None = None
    status_date: datetime | None = None
    current_date: datetime | None = None
    must_finish_by: datetime | None = None
    schedule_from_finish: bool = False
    default_calendar_uid: int | None = None
    minutes_per_day: float = 480
    minutes_per_week: float = 2400
    days_per_month: float = 20
    default_start_minute: int | None = None
    default_finish_minute: int | None = None
    critical_slack_minutes: float = 0
    longest_path_is_critical: bool = False
    progress_logic: ProgressLogic | None = None
    lag_calendar: str = ""
    """Which calendar counts lags (Primavera): predecessor, successor, twenty_four_hour or project_default."""
    honour_constraints: bool = True
    open_ends_are_critical: bool = False
    total_float_kind: str = ""
    """How total float is read off the dates (Primavera): start_slack, finish_slack or smallest_slack."""
    use_expected_finish: bool = True
    start_lag_from_early_start: bool = True
    float_to_own_finish: bool = True
    currency: str = ""
    currency_symbol: str = ""
    calendars: tuple[Calendar, ...] = ()
    activities: tuple[Activity, ...] = ()
    links: tuple[Link, ...] = ()
    external_links: tuple[ExternalLink, ...] = ()
    resources: tuple[Resource, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    activity_codes: tuple[ActivityCode, ...] = ()
    custom_field_names: Mapping[str, str] = field(default_factory=dict)
    """The tool's own field name → alias given by the planner."""
    notes: str = ""
    warnings: tuple[str, ...] = ()
    """What could not be read, one sentence each."""
