"""The errors of the engine. Each message is one sentence for a planner: what is wrong with which value, and what to do.

EngineError
├── CalendarError                a calendar that cannot be worked by, or runs out of working time
└── PlanError                    a plan that cannot be scheduled
    ├── DuplicateIdError         two activities, calendars or projects with one id
    ├── UnknownActivityError     a link or parent that names no activity
    ├── UnknownCalendarError     a calendar that the plan does not hold
    ├── UnknownProjectError      a project that the plan does not hold
    ├── DurationError            a negative duration, remaining duration or percentage out of range
    ├── ConstraintError          a constraint without its date, or dates that contradict each other
    ├── OutlineError             a parent that is no summary, or is its own descendant
    └── CycleError               activities that wait for each other; names them in order
"""

from collections.abc import Sequence


class EngineError(ValueError):
    """Anything that the engine refuses to calculate."""


class CalendarError(EngineError):
    """A calendar without working time, with unusable shifts, or whose working time ends before the work does."""


class PlanError(EngineError):
    """A plan that cannot be scheduled."""


class DuplicateIdError(PlanError):
    """Two things with one id."""


class UnknownActivityError(PlanError):
    """A link or a parent names an activity that the plan does not hold."""


class UnknownCalendarError(PlanError):
    """A calendar is named that the plan does not hold."""


class UnknownProjectError(PlanError):
    """A project is named that the plan does not hold."""


class DurationError(PlanError):
    """A duration or percentage outside its range."""


class ConstraintError(PlanError):
    """A constraint without its date, or actual dates that contradict each other."""


class OutlineError(PlanError):
    """A parent that is not a summary, or that lies below itself."""


class CycleError(PlanError):
    """Activities that wait for each other.

    Attributes
    ----------
    activities : tuple of str
        Ids of the activities of one cycle, each a predecessor of the next and the last of the first.
    projects : tuple of str
        The project of each of these activities.
    """

    def __init__(self, activities: Sequence[str], projects: Sequence[str] = ()) -> None:
        self.activities = tuple(activities)
        self.projects = tuple(projects)
        several = len(set(self.projects)) > 1
        names = [f"{activity} ({project})" if several else activity for activity, project in _paired(self.activities, self.projects)]
        shown = [*names, names[0]] if len(names) <= 12 else [*names[:6], "…", *names[-5:], names[0]]
        super().__init__(f"These activities wait for each other: {' → '.join(shown)}; remove one of the links between them.")


def _paired(activities: Sequence[str], projects: Sequence[str]) -> list[tuple[str, str]]:
    return [(activity, projects[k] if k < len(projects) else "") for k, activity in enumerate(activities)]
