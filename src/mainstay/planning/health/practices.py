"""GAO's ten practices of scheduling, each judged by the points and facts that speak for it; what a file cannot tell is left open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mainstay.planning.health.point import Point
from mainstay.planning.health.population import Population

MOST_UNASSIGNED = 5
MOST_UNBASELINED = 5
"""Per cent."""


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice: whether it holds (None where the plan's file cannot tell), and what that rests on."""

    number: int
    title: str
    holds: bool | None
    why: str


def practices(points: Sequence[Point], people: Population, has_risk_analysis: bool | None) -> tuple[Practice, ...]:
    by_code = {point.code: point for point in points}
    return (
        Practice(1, _("Capturing all activities"), None, _("A file cannot tell what it lacks: compare it with scope and products.")),
        resting(2, _("Sequencing all activities"), by_code, "missing_logic", "leads", "lags", "finish_to_start"),
        within(3, _("Assigning resources to all activities"), by_code["resources"].value, MOST_UNASSIGNED, _("without anybody assigned")),
        resting(4, _("Establishing the duration of all activities"), by_code, "long_duration"),
        resting(5, _("Verifying that it can be traced horizontally and vertically"), by_code, "path_test", "missing_logic"),
        resting(6, _("Confirming that the critical path is valid"), by_code, "path_test", "hard_constraints"),
        resting(7, _("Ensuring reasonable total float"), by_code, "high_float", "negative_float"),
        Practice(8, _("Conducting a schedule risk analysis"), has_risk_analysis, said(has_risk_analysis)),
        resting(9, _("Updating the schedule using actual progress and logic"), by_code, "invalid_dates"),
        within(10, _("Maintaining a baseline schedule"), without_baseline(people), MOST_UNBASELINED, _("without a baseline")),
    )


def resting(number: int, title: str, points: Mapping[str, Point], *codes: str) -> Practice:
    """Holds where all these points hold; fails where one fails; else it is open."""
    told = [points[code] for code in codes]
    failed = [point.title for point in told if point.holds is False]
    open_points = [point.title for point in told if point.holds is None]
    if failed:
        return Practice(number, title, False, _("Fails: %(points)s.") % {"points": ", ".join(failed)})
    if open_points:
        return Practice(number, title, None, _("Cannot be judged: %(points)s.") % {"points": ", ".join(open_points)})
    return Practice(number, title, True, _("Holds: %(points)s.") % {"points": ", ".join(point.title for point in told)})


def within(number: int, title: str, value: float | None, most: float, what: str) -> Practice:
    if value is None:
        return Practice(number, title, None, _("No unfinished work to look at."))
    why = _("%(share).0f %% %(what)s; up to %(most)g %% is let pass.") % {"share": value, "what": what, "most": most}
    return Practice(number, title, value <= most, why)


def without_baseline(people: Population) -> float | None:
    of = int(people.open.sum())
    if not of:
        return None
    bare = people.open & people.flags(lambda row: not any(b.number == 0 for b in row.baselines))
    return 100 * int(bare.sum()) / of


def said(has_risk_analysis: bool | None) -> str:
    if has_risk_analysis is None:
        return _("Not in the file: look at the forecasts of its initiative.")
    if has_risk_analysis:
        return _("A forecast has been run over this plan or one before it.")
    return _("No forecast has been run over this plan.")
