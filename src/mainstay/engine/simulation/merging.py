"""Merge bias: where several paths meet, the latest of them is later on average than any one of them. PERT does not see it.

References
----------
MacCrimmon, Ryavec: An analytical study of the PERT assumptions. Operations Research 12 (1964) 16–37.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from mainstay.engine.plan import NONE, Activity, ActivityKind, ConstraintType, Link, LinkType
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.pert import Pert, pert
from mainstay.engine.simulation.rerun import Rerun
from mainstay.engine.simulation.result import SimulationResult
from mainstay.engine.simulation.translation import translate

MOST_MERGES: Final = 40
MOST_LINKS: Final = 400
HOLDS_START: Final = (LinkType.FS, LinkType.SS)
MOVES: Final = (ActivityKind.TASK, ActivityKind.MILESTONE)


@dataclass(frozen=True, slots=True)
class Merge:
    """An activity at which paths meet; ``activity`` "" is the end of the programme, at which the projects meet.

    ``delay`` is what the meeting itself adds: the mean of the latest arrival less the latest of the mean arrivals, in working minutes of
    the activity's calendar (at the end of the programme by the clock). ``pert`` and ``mean`` are the instants (minutes since 1970) at
    which all have arrived, by PERT and on average over the iterations. ``arrivals`` gives each predecessor (or project) with the share
    of iterations in which it was the last, ties counting for each.
    """

    activity: str
    delay: float
    pert: float
    mean: float
    arrivals: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class MergeBias:
    """PERT beside the simulation, and the merges that delay most, those first."""

    pert: Pert
    end: Merge
    merges: tuple[Merge, ...]


def merge_bias(model: SimulationModel, criticality: Mapping[str, float], rerun: Rerun, most: int = 12) -> MergeBias:
    """Compare PERT with the simulation at the end of the programme and at the merges that drive it.

    Parameters
    ----------
    criticality
        Of a run of the same model: only merges that drive the programme in some iteration are looked at, the most critical first.
    most
        How many merges are told.

    Notes
    -----
    Each link into a merge gets a milestone of its own with that one link, which passes through the same calendars and lags; all arrivals
    are therefore seen in one run, iteration by iteration.
    """
    links = merging_links(model, criticality)
    probes = {name: [f"{name}\x1f{number}" for number in range(len(found))] for name, found in links.items()}
    own = _watched(model, links, probes)
    ready = translate(own)
    planned, on_means = pert(own, ready)
    found = rerun.of(own, ready)
    merges = [_merge(name, links[name], probes[name], found, on_means) for name in links]
    told = sorted((one for one in merges if one.delay > 0), key=lambda one: (-one.delay, one.activity))[:most]
    real = tuple(name for name in planned.path if "\x1f" not in name)
    return MergeBias(replace(planned, path=real), _end(model, found, on_means), tuple(told))


def merging_links(model: SimulationModel, criticality: Mapping[str, float]) -> dict[str, list[Link]]:
    """The links that hold the start of each merge worth looking at; an activity that has begun merges nothing more."""
    columns, index = model.plan.arrays.activities, model.plan.index
    into: dict[str, list[Link]] = {}
    for link in model.plan.links:
        if link.type in HOLDS_START and criticality.get(link.successor, 0.0) > 0:
            into.setdefault(link.successor, []).append(link)
    kept: dict[str, list[Link]] = {}
    count = 0
    for name in sorted(into, key=lambda one: (-criticality[one], one)):
        at = index[name]
        if len(into[name]) < 2 or columns.kind[at] not in MOVES or columns.actual_start[at] != NONE:
            continue
        count += len(into[name])
        if len(kept) == MOST_MERGES or count > MOST_LINKS:
            break
        kept[name] = into[name]
    return kept


def _watched(model: SimulationModel, links: Mapping[str, Sequence[Link]], probes: Mapping[str, Sequence[str]]) -> SimulationModel:
    plan = model.plan
    added = [_probe(plan.activities[plan.index[name]], key) for name, keys in probes.items() for key in keys]
    joined = [replace(link, successor=key) for name, keys in probes.items() for key, link in zip(keys, links[name], strict=True)]
    watched = replace(plan, activities=(*plan.activities, *added), links=(*plan.links, *joined))
    named = tuple(activity.id for activity in added)
    # A class without a list takes in every activity; a milestone has no duration that could be uncertain.
    return replace(model, plan=watched, milestones=(*model.milestones, *named))


def _probe(activity: Activity, key: str) -> Activity:
    """A milestone that stands where the activity would start on account of one link alone."""
    held = activity.constraint is ConstraintType.START_NO_EARLIER_THAN
    return Activity(
        id=key,
        project=activity.project,
        kind=ActivityKind.MILESTONE,
        calendar=activity.calendar,
        base_calendar=activity.base_calendar,
        elapsed=activity.elapsed,
        constraint=activity.constraint if held else ConstraintType.AS_SOON_AS_POSSIBLE,
        constraint_date=activity.constraint_date if held else None,
    )


def _merge(name: str, links: Sequence[Link], keys: Sequence[str], found: SimulationResult, on_means: SimulationResult) -> Merge:
    rows = np.stack([found.finish[found.row(key)] for key in keys]).astype(np.float64)
    instants = np.stack([found.finish_of(key).values for key in keys])
    last = rows.max(axis=0)
    return Merge(
        activity=name,
        delay=float(last.mean() - rows.mean(axis=1).max()),
        pert=max(on_means.finish_of(key).mean for key in keys),
        mean=float(instants.max(axis=0).mean()),
        arrivals=tuple(_shares([link.predecessor for link in links], rows == last)),
    )


def _end(model: SimulationModel, found: SimulationResult, on_means: SimulationResult) -> Merge:
    names = [project.id for project in model.plan.projects]
    rows = np.stack([found.finish_of(name).values for name in names]).astype(np.float64)
    last = rows.max(axis=0)
    return Merge(
        activity="",
        delay=float(last.mean() - rows.mean(axis=1).max()),
        pert=on_means.finish_of().mean,
        mean=float(last.mean()),
        arrivals=tuple(_shares(names, rows == last)),
    )


def _shares(names: Sequence[str], is_last: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> Iterator[tuple[str, float]]:
    """Each name with its share, the most frequent first; those that were never the last are left out."""
    shares: dict[str, float] = {}
    for name, row in zip(names, is_last, strict=True):
        shares[name] = max(shares.get(name, 0.0), float(row.mean()))
    yield from sorted(((name, share) for name, share in shares.items() if share > 0), key=lambda one: (-one[1], one[0]))
