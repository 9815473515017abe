"""Quantiles as polynomials on 32 pieces, so that a kernel picks its coefficients by number: of the normal distribution and of beta-PERT.

Pieces of ``u`` are octaves of the tails, p = min(u, 1 - u); within one the polynomial is in where p lies between its ends, -1/2 to 1/2.
"""

from functools import cache
from statistics import NormalDist
from typing import Final, NamedTuple

import numpy as np
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

from mainstay.engine.simulation.beta import REACH, beta_quantile

PIECES: Final = 32
NORMAL_DEGREE: Final = 5
DEGREE: Final = 4
"""Of beta-PERT in u: 16 octaves of either tail. Numbers beyond, 3 in 200,000, are moved to their ends."""
SCORE_DEGREE: Final = 3
"""Of beta-PERT in the normal quantile: 32 equal pieces from -`REACH` to `REACH`."""
MODES: Final = 128
"""Shapes are tabulated at this many steps of the mode fraction and blended in between."""

_FITTED: Final = 14
_OCTAVES: Final = PIECES // 2
Floats = NDArray[np.float64]
_quantile = np.vectorize(NormalDist().inv_cdf, otypes=[np.float64])
_below = np.vectorize(NormalDist().cdf, otypes=[np.float64])


class PertCurves(NamedTuple):
    """Beta-PERT on [0, 1] at each step of the mode fraction, float32.

    ``of_u`` has shape (MODES + 1, DEGREE + 1, PIECES), first the octaves of the lower tail from the farthest in, then those of the upper;
    ``of_score`` (MODES + 1, SCORE_DEGREE + 1, PIECES).
    """

    of_u: NDArray[np.float32]
    of_score: NDArray[np.float32]


def _within(degree: int) -> tuple[Floats, Floats]:
    """Chebyshev places between -1/2 and 1/2, and what makes coefficients (lowest power first) of the values there."""
    x = np.cos(np.pi * (np.arange(degree + 1) + 0.5) / (degree + 1)) / 2
    return x, np.asarray(np.linalg.inv(np.vander(x, degree + 1, increasing=True)), np.float64)


@cache
def normal_curve() -> NDArray[np.float32]:
    """Return the normal quantile of the lower tail over 32 octaves of p, shape (NORMAL_DEGREE + 1, PIECES); largest error 4e-6."""
    x, solve = _within(NORMAL_DEGREE)
    p = (1.5 + x)[:, None] * 2.0 ** (np.arange(PIECES) - PIECES - 1)
    return np.asarray(solve @ _quantile(p), np.float32)


@cache
def pert_curves() -> PertCurves:
    """Return the quantiles of beta-PERT; largest error 3e-5 of the range, at shapes whose mode is an end.

    Notes
    -----
    Quantiles are computed at Chebyshev places of the mode fraction and go from there to its steps, which is exact for all that follows
    from them linearly. The upper tail of the shape with mode fraction m is one minus the lower tail of that with 1 - m.
    """
    x, solve = _within(DEGREE)
    lower = _at_steps(((1.5 + x)[:, None] * 2.0 ** (np.arange(_OCTAVES) - _OCTAVES - 1)).ravel()).reshape(MODES + 1, DEGREE + 1, -1)
    of_u = np.concatenate([lower, 1.0 - lower[::-1]], axis=2)
    x, solve_scores = _within(SCORE_DEGREE)
    scores = ((np.arange(_OCTAVES) + 0.5 + x[:, None]) / _OCTAVES - 1.0) * REACH
    lower = _at_steps(_below(scores.ravel())).reshape(MODES + 1, SCORE_DEGREE + 1, -1)
    # Mirrored, the places within a piece and the pieces run the other way.
    of_score = np.concatenate([lower, 1.0 - lower[::-1, ::-1, ::-1]], axis=2)
    return PertCurves(np.asarray(solve @ of_u, np.float32), np.asarray(solve_scores @ of_score, np.float32))


def _at_steps(p: Floats) -> Floats:
    """Beta-PERT quantiles at probabilities of the lower half, at each step of the mode fraction: shape (MODES + 1, probabilities)."""
    nodes = np.cos(np.pi * (np.arange(_FITTED) + 0.5) / _FITTED)
    mode, below = np.broadcast_arrays((nodes[:, None] + 1.0) / 2.0, p[None, :])
    found = beta_quantile(1.0 + 4.0 * mode, 5.0 - 4.0 * mode, below)
    fitted = chebyshev.chebfit(nodes, found, _FITTED - 1)
    return np.asarray(chebyshev.chebvander(np.linspace(-1.0, 1.0, MODES + 1), _FITTED - 1) @ fitted)
