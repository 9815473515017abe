"""What a plan holds that a format cannot carry, or that we do not write into it, counted: said to whoever has the file written."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from mainstay.formats.schedule import Schedule
from mainstay.formats.terms import ActivityKind, ConstraintType, ResourceKind


class Target(StrEnum):
    """The formats that plans are written in."""

    MSPDI = "mspdi"
    XER = "xer"
    PMXML = "pmxml"
    CSV = "csv"
    ICAL = "ical"


PRIMAVERA = frozenset({Target.XER, Target.PMXML})
TOOLS = PRIMAVERA | {Target.MSPDI}
ACTIVITIES = TOOLS | {Target.CSV}
PRIMAVERA_ONLY = (ConstraintType.START_ON, ConstraintType.FINISH_ON)
SPANNING = (ActivityKind.LEVEL_OF_EFFORT, ActivityKind.HAMMOCK, ActivityKind.WBS_SUMMARY)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of plans: its name in the plural, how much of it a plan has, and the formats that carry it."""

    name: str
    count: Callable[[Schedule], int]
    carriers: frozenset[Target]


def of(rows: str, has: Callable[..., object]) -> Callable[[Schedule], int]:
    """How many of the schedule's ``rows`` have something."""
    return lambda schedule: sum(bool(has(row)) for row in getattr(schedule, rows))


PARTS = (
    Part("activities that are no milestones", of("activities", lambda row: not row.milestone), ACTIVITIES),
    Part("links", of("links", lambda _row: True), ACTIVITIES),
    Part("assignments", of("assignments", lambda row: row.resource_uid is not None), ACTIVITIES),
    Part("work of assignments", of("assignments", lambda row: row.work_minutes), TOOLS),
    Part("resources with amounts, prices or calendars", of("resources", lambda _row: True), TOOLS),
    Part("calendars with working times", of("calendars", lambda _row: True), TOOLS),
    Part("links to other plans", of("external_links", lambda _row: True), frozenset()),
    Part("activities with baselines", of("activities", lambda row: row.baselines), frozenset({Target.MSPDI})),
    Part("activities with notes", of("activities", lambda row: row.notes), frozenset({Target.MSPDI})),
    Part("activities with codes", of("activities", lambda row: row.codes), frozenset()),
    Part("activities with fields of the planner's own", of("activities", lambda row: row.custom_fields), frozenset()),
    Part("activities with splits", of("activities", lambda row: row.splits), frozenset()),
    Part("activities with costs", of("activities", lambda row: row.cost or row.fixed_cost), TOOLS),
    Part("deadlines", of("activities", lambda row: row.deadline), frozenset({Target.MSPDI, Target.CSV})),
    Part("activities scheduled by hand", of("activities", lambda row: row.manual), frozenset({Target.MSPDI, Target.CSV})),
    Part("priorities", of("activities", lambda row: row.priority not in (None, 500)), frozenset({Target.MSPDI, Target.CSV})),
    Part("second constraints", of("activities", lambda row: row.secondary_constraint), PRIMAVERA | {Target.CSV}),
    Part("expected finishes", of("activities", lambda row: row.expected_finish), PRIMAVERA | {Target.CSV}),
    Part("activities with suspension", of("activities", lambda row: row.suspended and row.resumed), TOOLS),
    Part("softer constraints of Primavera", of("activities", lambda row: row.constraint in PRIMAVERA_ONLY), PRIMAVERA | {Target.CSV}),
    Part("levels of effort", of("activities", lambda row: row.kind in SPANNING), PRIMAVERA | {Target.CSV}),
    Part("lags by the clock", of("links", lambda row: row.lag_is_elapsed), frozenset({Target.MSPDI, Target.CSV})),
    Part("lags in per cent", of("links", lambda row: row.lag_percent is not None), frozenset({Target.MSPDI, Target.CSV})),
    Part("weeks that differ for a time", of("calendars", lambda row: row.work_weeks), frozenset()),
    Part("equipment apart from people", of("resources", lambda row: row.kind == ResourceKind.EQUIPMENT), PRIMAVERA),
    Part("overtime rates and costs per use", of("resources", lambda row: any(rate.overtime or rate.per_use for rate in row.rates)),
         frozenset({Target.MSPDI})),
    Part("contours", of("assignments", lambda row: row.contour), frozenset({Target.MSPDI})),
)  # fmt: skip


def losses(schedule: Schedule, target: Target) -> list[tuple[str, int]]:
    """The parts that will be missing, with how many of them there are; in order of weight."""
    counted = ((part.name, part.count(schedule)) for part in PARTS if target not in part.carriers)
    return [(name, count) for name, count in counted if count]
