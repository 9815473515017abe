"""Full matrices of rank correlation between durations and cost items, and the nearest possible one where a matrix is not possible."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.simulation.errors import CorrelationError, SimulationError
from mainstay.engine.simulation.inputs import Loading

Matrix = NDArray[np.float64]

TOLERANCE: Final = 1e-9
"""A matrix whose smallest eigenvalue lies above minus this is possible: people give decimal places, not eigenvalues."""
FLOOR: Final = 1e-8
"""Smallest eigenvalue of the matrix that is offered instead of an impossible one."""
ROUNDS: Final = 2_000


@dataclass(frozen=True, slots=True)
class CorrelationGroup:
    """Rank correlations between quantities that each keep their own distribution exactly.

    Attributes
    ----------
    durations, items
        Ids of activities with an uncertainty of their own, then of cost items: the order of the matrix.
    matrix
        Spearman's rank correlations, symmetrical, with ones on the diagonal.

    Raises
    ------
    CorrelationError
        Where no quantities can be correlated like that. It carries the nearest matrix that is possible, which nothing uses by itself.
    SimulationError
        Where the matrix has not the size of its members, is not symmetrical, or holds a number outside -1 to 1.

    Notes
    -----
    A Gaussian copula: normal scores with the linear correlation 2 sin(π ρ / 6), each turned into its own distribution. Ranks then have the
    correlation ρ whatever the distributions are, and no marginal moves. Correlating the values themselves would move their means.

    References
    ----------
    Kruskal: Ordinal measures of association. Journal of the American Statistical Association 53, 1958, pages 814-861.
    Higham: Computing the nearest correlation matrix. IMA Journal of Numerical Analysis 22, 2002, pages 329-343.
    """

    id: str
    durations: tuple[str, ...]
    items: tuple[str, ...]
    matrix: tuple[tuple[float, ...], ...]

    def __post_init__(self) -> None:
        names = self.members
        if len(set(self.durations)) < len(self.durations) or len(set(self.items)) < len(self.items):
            raise SimulationError(f"The correlation group {self.id} names one of its members twice; name each once.")
        if len(self.matrix) != len(names) or any(len(row) != len(names) for row in self.matrix):
            raise SimulationError(f"The correlation group {self.id} has {len(names)} members and needs as many rows and columns.")
        given = np.array(self.matrix, np.float64).reshape(len(names), len(names))
        if not np.isfinite(given).all() or (np.abs(given) > 1.0).any():
            raise SimulationError(f"The correlation group {self.id} holds a correlation outside -1 to 1; correct it.")
        if (np.diag(given) != 1.0).any() or not np.allclose(given, given.T, rtol=0.0, atol=1e-12):
            raise SimulationError(
                f"The matrix of the correlation group {self.id} needs ones on its diagonal and the same below it as above."
            )
        if names and float(np.linalg.eigvalsh(normal_scores(given)).min()) < -TOLERANCE:
            offered = nearest(given)
            raise CorrelationError(_told(self.id, names, given, offered), tuple(tuple(row) for row in offered.tolist()))

    @property
    def members(self) -> tuple[str, ...]:
        return self.durations + self.items

    def loadings(self) -> tuple[tuple[Loading, ...], ...]:
        """Loadings of each member on independent factors of the group, whose scores then have the correlations wanted."""
        root = triangle(normal_scores(np.array(self.matrix, np.float64)))
        return tuple(tuple(Loading(f"{self.id}\x1f{k}", float(value)) for k, value in enumerate(row) if abs(value) > 1e-12) for row in root)


def normal_scores(ranks: Matrix) -> Matrix:
    """Turn Spearman's correlations into linear ones of normal scores, elementwise."""
    found: Matrix = 2.0 * np.sin(np.pi / 6.0 * ranks)
    np.fill_diagonal(found, 1.0)
    return found


def triangle(scores: Matrix) -> Matrix:
    """Return a lower triangle L with L Lᵀ the matrix, also where it has eigenvalues of zero; its rows have the length 1."""
    values, vectors = np.linalg.eigh(scores)
    root = (vectors * np.sqrt(np.maximum(values, 0.0))).T
    found: Matrix = np.linalg.qr(root).R.T
    found = found * np.where(np.diag(found) < 0.0, -1.0, 1.0)
    return np.asarray(found / np.sqrt((found**2).sum(axis=1, keepdims=True)))


def nearest(ranks: Matrix) -> Matrix:
    """Return possible rank correlations near impossible ones.

    Notes
    -----
    Nearest in the sum of squares of the normal scores, by alternating projections on the matrices without negative eigenvalues and on those
    with a unit diagonal, with Dykstra's correction; then kept clear of zero eigenvalues, and rounded to nine places, so that it is
    accepted when given.
    """
    wanted = normal_scores(np.asarray(ranks, np.float64))
    found, correction = wanted.copy(), np.zeros_like(wanted)
    for _ in range(ROUNDS):
        before = found
        shifted = found - correction
        lifted = _lifted(shifted, 0.0)
        correction = lifted - shifted
        found = lifted.copy()
        np.fill_diagonal(found, 1.0)
        if np.abs(found - before).max() < 1e-12:
            break
    size = found.shape[0]
    least = float(np.linalg.eigvalsh(found).min())
    if least < FLOOR:  # towards independence, as far as needed
        share = min(1.0, (FLOOR - least) / (1.0 - least))
        found = (1.0 - share) * found + share * np.eye(size)
    offered: Matrix = np.round(6.0 / np.pi * np.arcsin(np.clip(found / 2.0, -0.5, 0.5)), 9)
    offered = (offered + offered.T) / 2.0
    np.fill_diagonal(offered, 1.0)
    return offered


def _lifted(matrix: Matrix, least: float) -> Matrix:
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2.0)
    return np.asarray((vectors * np.maximum(values, least)) @ vectors.T)


def _told(name: str, members: Sequence[str], given: Matrix, offered: Matrix) -> str:
    pairs = [(abs(offered[a, b] - given[a, b]), a, b) for a in range(len(members)) for b in range(a)]
    changed = sorted((row for row in pairs if row[0] > 5e-4), reverse=True)[:6]
    listed = ", ".join(f"{members[b]} and {members[a]} {offered[a, b]:.3f} instead of {given[a, b]:g}" for _, a, b in changed)
    distance = math.sqrt(2.0 * sum(row[0] ** 2 for row in pairs))
    return (
        f"No quantities can have the correlations of group {name} all at once. The nearest that are possible have "
        f"{listed or 'small changes'} (distance {distance:.3f}); take them or correct the matrix."
    )
