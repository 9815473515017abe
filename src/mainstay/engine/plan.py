"""A plan as the engine takes it: one network of projects, checked when made.

Its parts are in ``plan_items``, the words in ``plan_terms``, the columns in ``plan_arrays``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mainstay.engine.errors import DuplicateIdError, PlanError
from mainstay.engine.plan_arrays import NONE, PlanArrays, arrays_of
from mainstay.engine.plan_items import Activity, Link, Project, StoredDates
from mainstay.engine.plan_terms import ActivityKind, ConstraintType, LagCalendar, LagKind, LinkType, Options, ProgressLogic, SlackBasis
from mainstay.engine.worktime import Calendar, CalendarTable, compile_calendars

__all__ = [
    "NONE",
    "Activity",
    "ActivityKind",
    "ConstraintType",
    "LagCalendar",
    "LagKind",
    "Link",
    "LinkType",
    "Options",
    "PlanData",
    "ProgressLogic",
    "Project",
    "SlackBasis",
    "StoredDates",
    "join",
]


@dataclass(frozen=True, slots=True)
class PlanData:
    """One network of one or more projects.

    Raises
    ------
    PlanError
        One of its kinds, when ids are doubled or unknown, or a duration, constraint or parent is impossible. Cycles are found when
        the network is built (``network.build``), not here.
    """

    projects: tuple[Project, ...]
    calendars: tuple[Calendar, ...]
    activities: tuple[Activity, ...]
    links: tuple[Link, ...] = ()
    arrays: PlanArrays = field(init=False, repr=False, compare=False)
    calendar_table: CalendarTable = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "arrays", arrays_of(self.projects, self.calendars, self.activities, self.links))
        object.__setattr__(self, "calendar_table", compile_calendars(self.calendars))

    @property
    def index(self) -> Mapping[str, int]:
        """Place of each activity id among the activities and in every array of the engine."""
        return self.arrays.index


def join(plans: Iterable[PlanData], links_between: Sequence[Link] = ()) -> PlanData:
    """Join the plans of several projects, and the links between them, to one network.

    Activity and project ids must be unique over all plans. Calendars of one id must be equal and become one.

    Raises
    ------
    DuplicateIdError, UnknownActivityError, UnknownCalendarError
    """
    plans = tuple(plans)
    calendars: dict[str, Calendar] = {}
    for plan in plans:
        for calendar in plan.calendars:
            if calendars.setdefault(calendar.id, calendar) != calendar:
                raise DuplicateIdError(f"Two plans have different calendars with id {calendar.id}; rename one of them.")
    if not plans:
        raise PlanError("There is no plan to join; give at least one.")
    return PlanData(
        projects=tuple(project for plan in plans for project in plan.projects),
        calendars=tuple(calendars.values()),
        activities=tuple(activity for plan in plans for activity in plan.activities),
        links=(*(link for plan in plans for link in plan.links), *links_between),
    )
