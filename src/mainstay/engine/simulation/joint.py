"""Time and cost at once: the share of iterations within both, and the pairs that a wished share of them meets (the frontier).

References
----------
NASA Cost Estimating Handbook, version 4.0, 2015, appendix J: joint cost and schedule confidence level.
"""

import math
from dataclasses import dataclass

import numpy as np

from mainstay.engine.simulation.errors import SimulationError
from mainstay.engine.simulation.result import Sample


@dataclass(frozen=True, slots=True)
class JointPair:
    """A finish (minutes since 1970) and an amount of money that hold together."""

    finish: float
    cost: float


def share_within(finish: Sample, cost: Sample, instant: float, amount: float) -> float:
    """Share of the iterations that finished by an instant and cost no more than an amount."""
    _same(finish, cost)
    return float(((finish.values <= instant) & (cost.values <= amount)).mean())


def share_error(share: float, count: int) -> float:
    """Standard error of a share of independent iterations."""
    return math.sqrt(max(share * (1.0 - share), 0.0) / count)


def frontier(finish: Sample, cost: Sample, share: float, points: int = 48) -> tuple[JointPair, ...]:
    """Pairs of finish and cost that at least this share of the iterations meets, neither of which can be lowered alone.

    Parameters
    ----------
    share
        Above 0 and at most 1, such as 0.7.
    points
        How many pairs are wanted at most, spread evenly over the iterations.

    Returns
    -------
    tuple of JointPair
        From the earliest finish with the highest cost to the latest finish with the lowest.

    Notes
    -----
    Exact for the sample: by the k-th earliest finish, the cost is the m-th lowest of those k iterations, m being the share of all.
    """
    _same(finish, cost)
    if not 0.0 < share <= 1.0:
        raise SimulationError(f"A share of the iterations lies above 0 and is at most 1, not {share:g}.")
    wanted = max(math.ceil(share * finish.count - 1e-9), 1)
    order = np.lexsort((cost.values, finish.values))
    by_finish, costs = finish.values[order], cost.values[order]
    last_of_tie = np.append(by_finish[1:] != by_finish[:-1], True)
    possible = np.flatnonzero(last_of_tie & (np.arange(finish.count) + 1 >= wanted))
    chosen = possible[np.unique(np.linspace(0, possible.size - 1, min(points, possible.size)).round().astype(np.int64))]
    made: list[JointPair] = []
    for place in chosen.tolist():
        least = float(np.partition(costs[: place + 1], wanted - 1)[wanted - 1])
        if not made or least < made[-1].cost:
            made.append(JointPair(float(by_finish[place]), least))
    return tuple(made)


def scattered(finish: Sample, cost: Sample, most: int) -> tuple[JointPair, ...]:
    """At most that many iterations as they came: they are independent, so that any of them stand for all."""
    _same(finish, cost)
    kept = min(most, finish.count)
    return tuple(JointPair(float(a), float(b)) for a, b in zip(finish.values[:kept], cost.values[:kept], strict=True))


def _same(finish: Sample, cost: Sample) -> None:
    if finish.count != cost.count:
        raise SimulationError("Finish and cost must come from the same iterations.")
