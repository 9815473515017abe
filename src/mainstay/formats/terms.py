"""The closed lists of words that a project plan uses: link types, units, kinds, constraints."""

from enum import StrEnum


class LinkType(StrEnum):
    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"


class TimeUnit(StrEnum):
    """The unit in which a planner typed a duration; the elapsed ones ignore calendars."""

    MINUTES = "m"
    HOURS = "h"
    DAYS = "d"
    WEEKS = "w"
    MONTHS = "mo"
    YEARS = "y"
    PERCENT = "%"
    ELAPSED_MINUTES = "em"
    ELAPSED_HOURS = "eh"
    ELAPSED_DAYS = "ed"
    ELAPSED_WEEKS = "ew"
    ELAPSED_MONTHS = "emo"
    ELAPSED_YEARS = "ey"
    ELAPSED_PERCENT = "e%"

    @property
    def is_elapsed(self) -> bool:
        return self.value.startswith("e")


class ActivityKind(StrEnum):
    TASK = "task"
    START_MILESTONE = "start_milestone"
    FINISH_MILESTONE = "finish_milestone"
    LEVEL_OF_EFFORT = "level_of_effort"
    HAMMOCK = "hammock"
    RESOURCE_DEPENDENT = "resource_dependent"
    WBS = "wbs"
    WBS_SUMMARY = "wbs_summary"


class ConstraintType(StrEnum):
    """MSO and MFO are hard (Primavera's mandatory start and finish, too); START_ON and FINISH_ON are Primavera's softer pair."""

    AS_SOON_AS_POSSIBLE = "ASAP"
    AS_LATE_AS_POSSIBLE = "ALAP"
    MUST_START_ON = "MSO"
    MUST_FINISH_ON = "MFO"
    START_NO_EARLIER_THAN = "SNET"
    START_NO_LATER_THAN = "SNLT"
    FINISH_NO_EARLIER_THAN = "FNET"
    FINISH_NO_LATER_THAN = "FNLT"
    START_ON = "SO"
    FINISH_ON = "FO"


class ResourceKind(StrEnum):
    WORK = "work"
    EQUIPMENT = "equipment"
    MATERIAL = "material"
    COST = "cost"


class ExternalEnd(StrEnum):
    """Which end of an external link lies in the other file."""

    PREDECESSOR = "predecessor"
    SUCCESSOR = "successor"


class ProgressLogic(StrEnum):
    """How remaining work of an activity begun out of sequence is scheduled (Primavera's option)."""

    RETAINED_LOGIC = "retained_logic"
    PROGRESS_OVERRIDE = "progress_override"
    ACTUAL_DATES = "actual_dates"
