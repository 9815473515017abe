"""How far a run can reach: longest durations and paths, so that 32 bits always hold them."""

from typing import Final

import numpy as np

from mainstay.engine.calendar_table import Ints
from mainstay.engine.simulation.distributions import BetaPert, Cumulative, Distribution, Triangular
from mainstay.engine.simulation.errors import SimulationError
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.tables import ModelTables
from mainstay.engine.simulation.uncertainty import Uncertain

FARTHEST: Final = 1 << 29
"""Working minutes, some thousand years: longer paths are refused, so that 32 bits always hold them."""


def check_reach(tables: ModelTables, uncertain: Uncertain, model: SimulationModel) -> None:
    """Refuse a model in which a path of the longest durations does not fit the kernels' 32 bits."""
    longest = tables.nodes.duration.astype(np.int64)
    highest = np.array([largest(found) for found in uncertain.distributions] or [0.0])
    stretch = largest_factor(model)
    highest, longest = highest * stretch, np.ceil(longest * stretch).astype(np.int64)
    delays = sum(largest(impact.minutes) for risk in model.risks for impact in risk.time)
    total = float(longest.sum()) + float(np.maximum(highest, 0).sum()) + delays + float(np.abs(tables.edges.lag.astype(np.int64)).sum())
    if max(float(highest.max()), delays) >= FARTHEST:
        raise SimulationError("A duration may last a thousand years or more; correct its distribution.")
    if total < FARTHEST:
        return
    sample = tables.nodes.sample
    longest = np.where(sample >= 0, np.ceil(highest[np.maximum(sample, 0)]), longest).astype(np.int64)
    if longest_path(tables, longest) + delays >= FARTHEST:
        raise SimulationError("The longest path may last a thousand years or more; correct the distributions of its durations.")


def largest(distribution: Distribution) -> float:
    """Return the largest value that is ever drawn."""
    if isinstance(distribution, Triangular | BetaPert):
        return distribution.pessimistic
    if isinstance(distribution, Cumulative):
        return distribution.values[-1]
    return float(distribution.quantile(np.array([1.0 - 2.0**-33]))[0])


def largest_factor(model: SimulationModel) -> float:
    """The most that risks together multiply the duration of one activity by."""
    found: dict[str, float] = {}
    for risk in model.risks:
        for factor in risk.factors:
            found[factor.activity] = found.get(factor.activity, 1.0) * max(1.0, largest(factor.ratio))
    return max(found.values(), default=1.0)


def longest_path(tables: ModelTables, durations: Ints) -> int:
    """Minutes of the longest path; calendars are left out of account."""
    finish: dict[int, int] = {}
    reach = 0
    edges = tables.edges
    first, source, lag = edges.first.tolist(), edges.source.tolist(), edges.lag.tolist()
    for place, length in enumerate(durations.tolist()):
        begin = max((finish[source[k]] + abs(lag[k]) for k in range(first[place], first[place + 1])), default=0)
        finish[int(tables.nodes.slot[place])] = begin + length
        reach = max(reach, begin + length)
    return reach
