"""How uncertain durations are: the planner's own three points where a plan has them, else a default that every page and file names."""

import re
from collections.abc import Mapping
from typing import Final

from mainstay.engine.plan import PlanData
from mainstay.engine.simulation.distributions import BetaPert, Distribution
from mainstay.engine.simulation.errors import DistributionError
from mainstay.engine.simulation.inputs import DurationClass, DurationUncertainty, Loading
from mainstay.formats.schedule import Activity, CustomValue, Duration, Schedule
from mainstay.planning.conversion import activity_key

LOW, LIKELY, HIGH = 90, 100, 130
"""The default class: actual over planned duration, per cent, of work that is not complete."""

CORRELATION: Final = 0.3
"""Between the durations of one project, where nobody has said otherwise: crews, weather, suppliers and estimators are shared."""

NAMES: Final[Mapping[str, frozenset[str]]] = {
    "low": frozenset(
        {"optimistic", "optimisticduration", "durationoptimistic", "minimumduration", "minduration", "durationmin", "bestcaseduration"}
    ),
    "likely": frozenset({"mostlikely", "mostlikelyduration", "durationmostlikely", "likelyduration", "expectedduration"}),
    "high": frozenset(
        {"pessimistic", "pessimisticduration", "durationpessimistic", "maximumduration", "maxduration", "durationmax", "worstcaseduration"}
    ),
}  # fmt: skip


def default_ratio() -> Distribution:
    return BetaPert(LOW / 100, LIKELY / 100, HIGH / 100)


def loadings(project: str) -> tuple[Loading, ...]:
    """The same loading on one factor gives any two durations of a project the default correlation."""
    return (Loading(f"durations of {project}", CORRELATION**0.5),)


def group_of(project: str) -> str:
    """How the default class of a project is called in a run."""
    return f"durations:{project}"


def default_classes(plan: PlanData) -> tuple[DurationClass, ...]:
    """One class a project, so that its durations move together and can be left out together."""
    members: dict[str, list[str]] = {}
    for activity in plan.activities:
        members.setdefault(activity.project, []).append(activity.id)
    return tuple(
        DurationClass(group_of(project), default_ratio(), tuple(activities), loadings(project)) for project, activities in members.items()
    )


def own_durations(plan: PlanData, schedules: Mapping[str, Schedule]) -> tuple[DurationUncertainty, ...]:
    """The three points that the plans' own fields give, by activity of the joined plan."""
    found = []
    for project, schedule in schedules.items():
        for activity in schedule.activities:
            key = activity_key(project, activity.uid)
            if key in plan.index and (points := three_points(activity, schedule)) is not None:
                found.append(DurationUncertainty(key, points, loadings(project), group_of(project)))
    return tuple(found)


def three_points(activity: Activity, schedule: Schedule) -> BetaPert | None:
    """Optimistic, most likely and pessimistic duration in minutes; None unless all that are needed stand there and rise."""
    given: dict[str, float] = {}
    for name, value in activity.custom_fields.items():
        plain = re.sub(r"[^a-z]", "", name.lower())
        for point, names in NAMES.items():
            if plain in names and (minutes := in_minutes(value, schedule)) is not None:
                given[point] = minutes
    likely = given.get("likely") or activity.duration_minutes or 0.0
    if "low" not in given or "high" not in given or not given["high"]:
        return None
    try:
        return BetaPert(given["low"], likely, given["high"])
    except DistributionError:
        return None


def in_minutes(value: CustomValue, schedule: Schedule) -> float | None:
    """A duration, or a bare number taken as days."""
    if isinstance(value, Duration):
        return value.minutes
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) * (schedule.minutes_per_day or 480)
    return None


def assumptions(own: int, by_default: int) -> tuple[str, ...]:
    """What was taken for granted, one sentence each."""
    told = []
    if own:
        told.append(f"{own:,} durations follow the three points of their plan as beta-PERT.")
    if by_default:
        told.append(
            f"{by_default:,} durations without three points of their own follow the default class: beta-PERT with {LOW} %, {LIKELY} % and "
            f"{HIGH} % of the planned remaining duration. It is an assumption, not a measurement."
        )
    if own or by_default:
        told.append(
            f"Durations of one project are correlated with {CORRELATION:g}, those of different projects through links and risks only."
        )
    return tuple(told)
