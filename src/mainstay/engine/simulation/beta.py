"""The beta distribution behind beta-PERT: quantiles in double precision and a polynomial form of them for the kernels."""

import math
from functools import cache
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

DEGREE: Final = 13
REACH: Final = 4.75
"""Standard deviations at which the polynomial in the normal quantile ends; 2 numbers in a million lie beyond and are moved to it."""

_SHAPES: Final = 13
_TINY: Final = 1e-300


_log_gamma = np.vectorize(math.lgamma, otypes=[np.float64])


def incomplete_beta(a: NDArray[np.float64], b: NDArray[np.float64], x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the regularised incomplete beta function I_x(a, b), elementwise, with a relative error near 1e-14 for a, b <= 5.

    References
    ----------
    NIST Digital Library of Mathematical Functions, 8.17.4 (reflection) and 8.17.22 (continued fraction).
    """
    mirrored = x > (a + 1.0) / (a + b + 2.0)
    y = np.where(mirrored, 1.0 - x, x)
    p, q = np.where(mirrored, b, a), np.where(mirrored, a, b)
    scale = _log_gamma(a + b) - _log_gamma(a) - _log_gamma(b)
    with np.errstate(divide="ignore", under="ignore"):
        front = np.exp(p * np.log(y) + q * np.log1p(-y) + scale) / p
    c, d = np.ones_like(y), 1.0 / np.maximum(1.0 - (p + q) * y / (p + 1.0), _TINY)
    h = d.copy()
    for m in range(1, 30):
        for coefficient in (
            m * (q - m) * y / ((p + 2 * m - 1) * (p + 2 * m)),
            -(p + m) * (p + q + m) * y / ((p + 2 * m) * (p + 2 * m + 1)),
        ):
            d = 1.0 / (1.0 + coefficient * d)
            c = 1.0 + coefficient / c
            h *= c * d
    below = front * h
    return np.asarray(np.where(mirrored, 1.0 - below, below))


def beta_quantile(a: NDArray[np.float64], b: NDArray[np.float64], u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the x in [0, 1] with I_x(a, b) = u, elementwise over equal shapes, by bisection to 1e-14."""
    low, high = np.zeros_like(u), np.ones_like(u)
    for _ in range(46):
        middle = 0.5 * (low + high)
        above = incomplete_beta(a, b, middle) > u
        high = np.where(above, middle, high)
        low = np.where(above, low, middle)
    return 0.5 * (low + high)


@cache
def _library() -> NDArray[np.float64]:
    """Chebyshev coefficients of the beta-PERT quantile over (mode fraction, normal quantile), shape (_SHAPES, DEGREE + 1).

    The quantile at z of the shape with mode fraction m is one minus that at -z of 1 - m, so upper tails are computed as lower ones.
    """
    nodes = np.cos(np.pi * (np.arange(32) + 0.5) / 32)
    z = REACH * nodes
    below = np.array([NormalDist().cdf(-abs(value)) for value in z])
    modes = np.cos(np.pi * (np.arange(24) + 0.5) / 24) / 2 + 0.5
    mode, z, below = np.broadcast_arrays(modes[:, None], z[None, :], below[None, :])
    lower = z < 0
    quantile = beta_quantile(
        np.where(lower, 1.0 + 4.0 * mode, 5.0 - 4.0 * mode), np.where(lower, 5.0 - 4.0 * mode, 1.0 + 4.0 * mode), below
    )
    values = np.where(lower, quantile, 1.0 - quantile)
    in_z = chebyshev.chebfit(nodes, values.T, DEGREE).T
    return np.asarray(chebyshev.chebfit(2.0 * modes - 1.0, in_z, _SHAPES - 1))


def pert_polynomials(modes: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return the quantile of beta-PERT on [0, 1] as polynomials in z / REACH, lowest power first.

    Parameters
    ----------
    modes
        (most likely - optimistic) / (pessimistic - optimistic), each in [0, 1], shape (shapes,).

    Returns
    -------
    numpy.ndarray
        Shape (shapes, DEGREE + 1). Largest error 3e-5 of the range, at shapes whose mode is an end.
    """
    per_shape = chebyshev.chebvander(2.0 * modes - 1.0, _SHAPES - 1) @ _library()
    powers = np.zeros((DEGREE + 1, DEGREE + 1))
    for degree in range(DEGREE + 1):
        powers[degree, : degree + 1] = chebyshev.cheb2poly(np.eye(DEGREE + 1)[degree, : degree + 1])
    return np.asarray(per_shape @ powers, np.float32)
