"""Which word of a file is which word of the engine."""

from mainstay.engine import plan as engine
from mainstay.formats import terms as file

LINKS = {
    file.LinkType.FS: engine.LinkType.FS,
    file.LinkType.SS: engine.LinkType.SS,
    file.LinkType.FF: engine.LinkType.FF,
    file.LinkType.SF: engine.LinkType.SF,
}

CONSTRAINTS = {
    file.ConstraintType.AS_SOON_AS_POSSIBLE: engine.ConstraintType.AS_SOON_AS_POSSIBLE,
    file.ConstraintType.AS_LATE_AS_POSSIBLE: engine.ConstraintType.AS_LATE_AS_POSSIBLE,
    file.ConstraintType.MUST_START_ON: engine.ConstraintType.MUST_START_ON,
    file.ConstraintType.MUST_FINISH_ON: engine.ConstraintType.MUST_FINISH_ON,
    file.ConstraintType.START_NO_EARLIER_THAN: engine.ConstraintType.START_NO_EARLIER_THAN,
    file.ConstraintType.START_NO_LATER_THAN: engine.ConstraintType.START_NO_LATER_THAN,
    file.ConstraintType.FINISH_NO_EARLIER_THAN: engine.ConstraintType.FINISH_NO_EARLIER_THAN,
    file.ConstraintType.FINISH_NO_LATER_THAN: engine.ConstraintType.FINISH_NO_LATER_THAN,
    file.ConstraintType.START_ON: engine.ConstraintType.START_ON,
    file.ConstraintType.FINISH_ON: engine.ConstraintType.FINISH_ON,
}

MANDATORY = CONSTRAINTS | {
    file.ConstraintType.MUST_START_ON: engine.ConstraintType.MANDATORY_START,
    file.ConstraintType.MUST_FINISH_ON: engine.ConstraintType.MANDATORY_FINISH,
}
"""Primavera's: a mandatory start or finish holds whatever the links and options say."""

SUMMARIES = frozenset({file.ActivityKind.WBS, file.ActivityKind.WBS_SUMMARY})
SPANNING = frozenset({file.ActivityKind.LEVEL_OF_EFFORT, file.ActivityKind.HAMMOCK})
MILESTONES = frozenset({file.ActivityKind.START_MILESTONE, file.ActivityKind.FINISH_MILESTONE})

PROGRESS = {
    file.ProgressLogic.RETAINED_LOGIC: engine.ProgressLogic.RETAINED_LOGIC,
    file.ProgressLogic.PROGRESS_OVERRIDE: engine.ProgressLogic.PROGRESS_OVERRIDE,
    file.ProgressLogic.ACTUAL_DATES: engine.ProgressLogic.ACTUAL_DATES,
}

LAG_CALENDARS = {
    "predecessor": engine.LagCalendar.PREDECESSOR,
    "successor": engine.LagCalendar.SUCCESSOR,
    "twenty_four_hour": engine.LagCalendar.TWENTY_FOUR_HOUR,
    "project_default": engine.LagCalendar.PROJECT,
}

SLACKS = {
    "start_slack": engine.SlackBasis.START,
    "finish_slack": engine.SlackBasis.FINISH,
    "smallest_slack": engine.SlackBasis.SMALLEST,
}


def lag_kind(percent: float | None, elapsed: bool) -> engine.LagKind:
    if percent is not None:
        return engine.LagKind.ELAPSED_PERCENT if elapsed else engine.LagKind.PERCENT
    return engine.LagKind.ELAPSED if elapsed else engine.LagKind.WORKING
