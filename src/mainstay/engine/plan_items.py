"""What a plan consists of: projects, activities and links, one frozen dataclass each.

Instants are minutes since the epoch (``worktime.minute_of``); durations and lags are minutes. No names: ids only.
"""

from dataclasses import dataclass, field

from mainstay.engine.plan_terms import ActivityKind, ConstraintType, LagKind, LinkType, Options


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDates:
    """What another tool worked out, kept only to be compared with; instants, and float in working minutes."""

    start: int | None = None
    finish: int | None = None
    early_start: int | None = None
    early_finish: int | None = None
    late_start: int | None = None
    late_finish: int | None = None
    total_float: int | None = None
    free_float: int | None = None
    critical: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One activity.

    ``duration`` is in working minutes of ``calendar``, by the clock when ``elapsed``. ``remaining`` is what is left of it; where None it
    follows from ``percent_complete`` (0–100). ``calendar`` None is the project's. ``fixed_start`` and ``fixed_finish`` are the dates of
    an activity that a person schedules by hand (``manual``): links do not move it, but it moves its successors.
    """

    id: str
    duration: int = 0
    project: str = ""
    kind: ActivityKind = ActivityKind.TASK
    parent: str | None = None
    calendar: str | None = None
    base_calendar: str | None = None
    """Counts lags into the activity and its floats where that is another calendar than that of its work (MS Project, with resources)."""
    elapsed: bool = False
    remaining: int | None = None
    percent_complete: float = 0.0
    actual_start: int | None = None
    actual_finish: int | None = None
    constraint: ConstraintType = ConstraintType.AS_SOON_AS_POSSIBLE
    constraint_date: int | None = None
    second_constraint: ConstraintType = ConstraintType.AS_SOON_AS_POSSIBLE
    second_constraint_date: int | None = None
    expected_finish: int | None = None
    """Its remaining duration is what leads to a finish then, and nothing where that is past (Primavera)."""
    external_start: int | None = None
    """What a plan that is not here allows as earliest start (Primavera's external early start)."""
    external_finish: int | None = None
    """What a plan that is not here allows as latest finish (Primavera's external late finish)."""
    deadline: int | None = None
    manual: bool = False
    fixed_start: int | None = None
    fixed_finish: int | None = None
    resumes: int | None = None
    """The remaining work starts no earlier than this (suspend and resume, or work split by the planner)."""
    pause: int = 0
    """Working minutes between start (where it resumes: its resumption) and finish in which nothing is done; not part of the duration."""
    levelling_delay: int = 0
    """Minutes by the clock by which levelling put off the start."""
    starts_work: bool = False
    """A milestone that marks the start of what follows: it lies at the start of a working day, not at the end of the one before."""
    stored: StoredDates | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """``lag`` is minutes, negative for a lead; per cent of the predecessor's duration where ``lag_kind`` says so."""

    predecessor: str
    successor: str
    type: LinkType = LinkType.FS
    lag: float = 0
    lag_kind: LagKind = LagKind.WORKING


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """``start`` is the earliest instant of work; ``finish`` is what late dates count from (None: the calculated end).

    With ``options.from_finish``, ``finish`` is the instant that everything is scheduled back from.
    """

    id: str = ""
    calendar: str
    start: int
    finish: int | None = None
    status_date: int | None = None
    options: Options = field(default_factory=Options)
