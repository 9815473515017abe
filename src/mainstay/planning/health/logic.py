"""Points 1 to 5: missing logic, leads, lags, kinds of links, hard constraints."""

from collections.abc import Iterator

import numpy as np
from django.utils.translation import gettext as _

from mainstay.engine.plan import ConstraintType, LinkType
from mainstay.engine.plan_arrays import Flags
from mainstay.planning.health.point import Limits, Point, share
from mainstay.planning.health.population import Population

HARD = (
    ConstraintType.MUST_START_ON,
    ConstraintType.MUST_FINISH_ON,
    ConstraintType.START_NO_LATER_THAN,
    ConstraintType.FINISH_NO_LATER_THAN,
    ConstraintType.MANDATORY_START,
    ConstraintType.MANDATORY_FINISH,
)
"""The four of the protocol; Primavera's mandatory dates are its must-start-on and must-finish-on."""


def points(people: Population, limits: Limits) -> Iterator[Point]:
    yield missing(people, limits)
    yield from links(people, limits)
    hard = people.open_work & np.isin(people.columns.constraint, [int(kind) for kind in HARD])
    count, of = int(hard.sum()), int(people.open_work.sum())
    yield share(
        5,
        "hard_constraints",
        _("Hard constraints"),
        _("unfinished work"),
        count,
        of,
        limits.hard_constraints,
        activities=people.codes(hard),
    )


def missing(people: Population, limits: Limits) -> Point:
    """No predecessor or no successor; the first and the last of a plan may lack one, and one each is forgiven."""
    links = people.plan.result.plan.arrays.links
    inner = people.real[links.predecessor] & people.real[links.successor]
    before, after = (np.zeros(len(people.rows), np.bool_) for _side in range(2))
    before[links.successor[inner]] = True
    after[links.predecessor[inner]] = True
    milestone = people.flags(lambda row: row.milestone or not row.duration_minutes)
    wrong = people.open & (~before | ~after) & ~((before | after) & milestone & ends(people))
    driven, driving = driven_ends(people, inner)
    dangling = people.open & ((before & ~driven) | (after & ~driving))
    note = _("Dangling beside these, with a start that nothing drives or a finish that drives nothing: %(count)d.") % {
        "count": int(dangling.sum())
    }
    return share(
        1,
        "missing_logic",
        _("Missing logic"),
        _("unfinished activities"),
        int(wrong.sum()),
        int(people.open.sum()),
        limits.missing_logic,
        activities=people.codes(wrong),
        note=note if dangling.any() else "",
    )


def ends(people: Population) -> Flags:
    """The activities that begin first or finish last of all."""
    result = people.plan.result
    real = people.real
    if not real.any():
        return real
    found: Flags = real & ((result.start == result.start[real].min()) | (result.finish == result.finish[real].max()))
    return found


def driven_ends(people: Population, inner: Flags) -> tuple[Flags, Flags]:
    """Whose start some link drives, and whose finish drives some link."""
    links = people.plan.result.plan.arrays.links
    starts = inner & np.isin(links.type, [int(LinkType.FS), int(LinkType.SS)])
    finishes = inner & np.isin(links.type, [int(LinkType.FS), int(LinkType.FF)])
    driven, driving = (np.zeros(len(people.rows), np.bool_) for _side in range(2))
    driven[links.successor[starts]] = True
    driving[links.predecessor[finishes]] = True
    return driven, driving


def links(people: Population, limits: Limits) -> Iterator[Point]:
    """Leads, lags and kinds, of links between counted activities whose successor is unfinished."""
    arrays = people.plan.result.plan.arrays.links
    counted = people.real[arrays.predecessor] & people.open[arrays.successor]
    of = int(counted.sum())
    for number, code, title, wrong, limit in (
        (2, "leads", _("Leads"), arrays.lag < 0, limits.leads),
        (3, "lags", _("Lags"), arrays.lag > 0, limits.lags),
    ):
        found = counted & wrong
        rows = np.zeros(len(people.rows), np.bool_)
        rows[arrays.successor[found]] = True
        yield share(number, code, title, _("links to unfinished activities"), int(found.sum()), of, limit, activities=people.codes(rows))
    other = counted & (arrays.type != LinkType.FS)
    rows = np.zeros(len(people.rows), np.bool_)
    rows[arrays.successor[other]] = True
    yield share(
        4,
        "finish_to_start",
        _("Finish-to-start links"),
        _("links to unfinished activities"),
        of - int(other.sum()),
        of,
        limits.finish_to_start,
        is_least=True,
        activities=people.codes(rows),
    )
