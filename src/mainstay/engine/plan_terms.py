"""The closed lists of words of a plan: kinds of activity, link, lag and constraint, and the options of a scheduling run."""

from dataclasses import dataclass
from enum import IntEnum


class ActivityKind(IntEnum):
    TASK = 0
    MILESTONE = 1
    """Has no duration; a start and a finish milestone differ by ``Activity.starts_work``."""
    SUMMARY = 2
    """Spans its children; links and constraints on it reach them."""
    LEVEL_OF_EFFORT = 3
    """Spans the activities it is linked to and moves none of them (a hammock)."""
    WBS_SUMMARY = 4
    """Spans the activities that lie below the same summary and moves none of them (Primavera's *WBS summary*)."""


class LinkType(IntEnum):
    """Which end of the predecessor holds which end of the successor."""

    FS = 0
    SS = 1
    FF = 2
    SF = 3


class LagKind(IntEnum):
    WORKING = 0
    """Minutes of the lag calendar that the options name."""
    ELAPSED = 1
    """Minutes by the clock."""
    PERCENT = 2
    """Per cent of the predecessor's duration, as working time."""
    ELAPSED_PERCENT = 3
    """Per cent of the predecessor's duration, by the clock."""


class ConstraintType(IntEnum):
    """MS Project's eight kinds and Primavera's further four."""

    AS_SOON_AS_POSSIBLE = 0
    AS_LATE_AS_POSSIBLE = 1
    START_NO_EARLIER_THAN = 2
    START_NO_LATER_THAN = 3
    FINISH_NO_EARLIER_THAN = 4
    FINISH_NO_LATER_THAN = 5
    MUST_START_ON = 6
    """Holds early and late start, whatever the links say, as long as ``Options.honour_constraints``; else the same as START_ON."""
    MUST_FINISH_ON = 7
    START_ON = 8
    """No earlier and no later than: the links still count (Primavera's *start on*)."""
    FINISH_ON = 9
    MANDATORY_START = 10
    """Holds early and late start, whatever links and options say (Primavera's *mandatory start*)."""
    MANDATORY_FINISH = 11

    @property
    def has_date(self) -> bool:
        return self > ConstraintType.AS_LATE_AS_POSSIBLE


class ProgressLogic(IntEnum):
    """What becomes of the remaining work of an activity that began out of sequence."""

    RETAINED_LOGIC = 0
    """It waits for the predecessors all the same."""
    PROGRESS_OVERRIDE = 1
    """It goes on, as though the unfinished predecessors did not exist."""
    ACTUAL_DATES = 2
    """It goes on, but never before its own actual dates, even where those lie after the status date."""


class LagCalendar(IntEnum):
    """Whose working time a working lag is counted in."""

    PREDECESSOR = 0
    SUCCESSOR = 1
    PROJECT = 2
    TWENTY_FOUR_HOUR = 3


class SlackBasis(IntEnum):
    """How total float is read off the dates."""

    SMALLEST = 0
    """The smaller of start float and finish float."""
    START = 1
    FINISH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How one project is scheduled; the two tools' habits come ready made."""

    progress: ProgressLogic = ProgressLogic.RETAINED_LOGIC
    lag_calendar: LagCalendar = LagCalendar.SUCCESSOR
    from_finish: bool = False
    """Schedule backwards from the project's finish: everything as late as possible."""
    honour_constraints: bool = True
    """A must-start, must-finish or no-later-than constraint beats the links. Otherwise it only moves late dates."""
    remaining_from_status_date: bool = False
    """Work that is not done yet cannot lie before the status date."""
    critical_slack_minutes: int = 0
    """An activity with this total float or less is critical."""
    longest_path_is_critical: bool = False
    """Instead: an activity is critical when it drives the finish of its project."""
    slack: SlackBasis = SlackBasis.SMALLEST
    each_project_has_own_end: bool = True
    """Late dates count from the end of the activity's own project, not from the end of the whole network."""
    as_late_as_possible_keeps_successors: bool = False
    """As late as possible uses up free float only (Primavera), not total float (MS Project)."""
    milestones_keep_their_instant: bool = False
    """A finish milestone lies where its predecessors finish, even outside its own working time (Primavera)."""
    start_lag_from_actual: bool = False
    """The lag of a start link runs from the predecessor's actual start; else what it has worked counts towards the lag (Primavera)."""
    open_ends_are_critical: bool = False
    """An activity without successors gets its own early finish as late finish (MS Project: multiple critical paths)."""

    @staticmethod
    def microsoft_project() -> "Options":
        return Options()

    @staticmethod
    def primavera() -> "Options":
        return Options(
            lag_calendar=LagCalendar.PREDECESSOR,
            honour_constraints=False,
            remaining_from_status_date=True,
            as_late_as_possible_keeps_successors=True,
            milestones_keep_their_instant=True,
        )
