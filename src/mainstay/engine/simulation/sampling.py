"""From distributions to rows of drawn values: parameter tables made once, and the kernel that fills a row of iterations."""

from enum import IntEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.compiled import inner_kernel, pure_kernel
from mainstay.engine.simulation import normal
from mainstay.engine.simulation.compiled import inlined
from mainstay.engine.simulation.curves import MODES, normal_curve, pert_curves
from mainstay.engine.simulation.distributions import (
    BetaPert,
    Cumulative,
    Discrete,
    Distribution,
    Exponential,
    Lognormal,
    Normal,
    Triangular,
    Uniform,
)
from mainstay.engine.simulation.row_lanes import pert_row, score_row, scored_pert_row


class Kind(IntEnum):
    """How the kernel turns a random number into a value; up to LOGNORMAL it needs the normal quantile, above it the uniform number."""

    FIXED = 0
    PERT = 1
    NORMAL = 2
    LOGNORMAL = 3
    UNIFORM = 4
    TRIANGULAR = 5
    EXPONENTIAL = 6
    DISCRETE = 7
    CUMULATIVE = 8


_FIXED: Final = int(Kind.FIXED)
_PERT: Final = int(Kind.PERT)
_NORMAL: Final = int(Kind.NORMAL)
_LOGNORMAL: Final = int(Kind.LOGNORMAL)
_UNIFORM: Final = int(Kind.UNIFORM)
_TRIANGULAR: Final = int(Kind.TRIANGULAR)
_EXPONENTIAL: Final = int(Kind.EXPONENTIAL)
_DISCRETE: Final = int(Kind.DISCRETE)

_ONE: Final = np.float32(1.0)
_HALF: Final = np.float32(0.5)
_UNIT24: Final = np.float32(2.0**-24)
_EIGHT: Final = np.uint32(8)
_TOP: Final = np.uint32(31)
_NONE: Final = np.uint32(0)
_GROUP: Final = 64
_NORMAL_CURVE: Final = normal_curve()


class SampleTable(NamedTuple):
    """Distributions as arrays, one row each; the order is that of the list they were made from.

    Attributes
    ----------
    kind
        `Kind` of each, int8.
    base, scale, shape
        Location, scale and one shape parameter (mode fraction, standard deviation of the logarithm), float32.
    place, blend
        Step of the curves and weight of the one after it, or first entry of `steps` or `pieces` for discrete and cumulative ones; int32
        and float32.
    step_count
        Number of steps or pieces of a discrete or cumulative distribution, int32.
    of_u, of_score
        Beta-PERT quantiles, see `curves.PertCurves`; the same for every table.
    steps, jumps
        Cumulative probability as a 32-bit number, and what is added to the value once a number reaches it.
    pieces
        Straight pieces of cumulative curves, shape (pieces, 3), float32: share at which one begins, its length, rise per share.
    """

    kind: NDArray[np.int8]
    base: NDArray[np.float32]
    scale: NDArray[np.float32]
    shape: NDArray[np.float32]
    place: NDArray[np.int32]
    blend: NDArray[np.float32]
    step_count: NDArray[np.int32]
    of_u: NDArray[np.float32]
    of_score: NDArray[np.float32]
    steps: NDArray[np.uint32]
    jumps: NDArray[np.float32]
    pieces: NDArray[np.float32]


def _parameters(distribution: Distribution) -> tuple[Kind, float, float, float]:
    match distribution:
        case Triangular(low, _, high) if high > low:
            return Kind.TRIANGULAR, low, high - low, distribution.mode_fraction
        case BetaPert(low, _, high) if high > low:
            return Kind.PERT, low, high - low, distribution.mode_fraction
        case Uniform(low, high) if high > low:
            return Kind.UNIFORM, low, high - low, 0.0
        case Normal(centre, deviation) if deviation > 0:
            return Kind.NORMAL, centre, deviation, 0.0
        case Lognormal(_, deviation) if deviation > 0:
            return Kind.LOGNORMAL, 0.0, distribution.median, distribution.log_deviation
        case Exponential(centre) if centre > 0:
            return Kind.EXPONENTIAL, 0.0, centre, 0.0
        case Discrete(values, _) if len(values) > 1:
            return Kind.DISCRETE, values[0], 1.0, 0.0
        case Cumulative(values, _) if values[-1] > values[0]:
            return Kind.CUMULATIVE, values[0], 1.0, 0.0
        case _:
            return Kind.FIXED, distribution.mean, 0.0, 0.0


def certain_part(distribution: Distribution) -> float:
    """The lower end, centre or value of a distribution: its ``base`` in a table, in double precision."""
    return float(_parameters(distribution)[1])


def sample_table(distributions: list[Distribution]) -> SampleTable:
    """Arrange distributions for the kernel."""
    rows = [_parameters(distribution) for distribution in distributions]
    kind = np.array([row[0] for row in rows], np.int8)
    shape = np.array([row[3] for row in rows], np.float64)
    pert = kind == Kind.PERT
    along = np.where(pert, shape, 0.0) * MODES
    place = np.minimum(along, MODES - 1).astype(np.int32)
    blend = (along - place).astype(np.float32)
    curves = pert_curves()
    count = np.zeros(len(rows), np.int32)
    steps: list[int] = [0]
    jumps: list[float] = [0.0]
    pieces: list[tuple[float, float, float]] = [(0.0, 0.0, 0.0)]
    for row in np.flatnonzero(kind >= Kind.DISCRETE):
        found = distributions[row]
        if isinstance(found, Discrete):
            place[row], count[row] = len(steps), len(found.values) - 1
            steps += [threshold(p) for p in np.cumsum(found.probabilities)[:-1]]
            jumps += list(np.diff(found.values))
        elif isinstance(found, Cumulative):
            place[row], count[row] = len(pieces), len(found.values) - 1
            lengths = np.diff(found.shares)
            pieces += list(zip(found.shares[:-1], lengths, np.diff(found.values) / lengths, strict=True))
    return SampleTable(
        kind=kind,
        base=np.array([row[1] for row in rows], np.float32),
        scale=np.array([row[2] for row in rows], np.float32),
        shape=shape.astype(np.float32),
        place=place,
        blend=blend,
        step_count=count,
        of_u=curves.of_u,
        of_score=curves.of_score,
        steps=np.array(steps, np.uint32),
        jumps=np.array(jumps, np.float32),
        pieces=np.array(pieces, np.float32),
    )


def threshold(probability: float) -> int:
    """Return the 32-bit number t such that ``bits < t`` happens with the probability; certainty is one in 4,000 million short."""
    return min(round(probability * 2.0**32), 0xFFFFFFFF)


@inlined
def _unit(bits: np.uint32) -> np.float32:
    return np.float32(np.float32(np.float32(np.int32(bits >> _EIGHT)) + _HALF) * _UNIT24)


@pure_kernel
def normal_row(bits: NDArray[np.uint32], out: NDArray[np.float32]) -> None:
    """Turn 32-bit numbers into standard normal values, elementwise."""
    score_row(bits.ctypes.data, _NORMAL_CURVE.ctypes.data, out.size // _GROUP, out.ctypes.data)


@pure_kernel
def bits_row(z: NDArray[np.float32], out: NDArray[np.uint32]) -> None:
    """Turn standard normal values back into 32-bit numbers, elementwise."""
    for lane in range(out.size):
        out[lane] = normal.to_bits(z[lane])


@inner_kernel
def _uniform_kind_row(
    kind: int, base: np.float32, scale: np.float32, shape: np.float32, bits: NDArray[np.uint32], out: NDArray[np.float32]
) -> None:
    if kind == _UNIFORM:
        for lane in range(out.size):
            out[lane] = normal.fma(scale, _unit(bits[lane]), base)
    elif kind == _TRIANGULAR:
        complement = np.float32(_ONE - shape)
        for lane in range(out.size):
            u = _unit(bits[lane])
            left = np.float32(u * shape)
            right = np.float32(np.float32(_ONE - u) * complement)
            root = np.float32(np.sqrt(left if u < shape else right))
            out[lane] = normal.fma(scale, root if u < shape else np.float32(_ONE - root), base)
    else:
        for lane in range(out.size):
            p = normal.tail(bits[lane])
            upper = bits[lane] >> _TOP != _NONE
            above = np.float32(p if upper else np.float32(_ONE - p))
            near_one = not upper and p < np.float32(0.25)
            out[lane] = normal.fma(np.float32(-scale), normal.log(above, np.float32(-p), near_one), base)


@inner_kernel
def _normal_kind_row(
    kind: int, base: np.float32, scale: np.float32, shape: np.float32, z: NDArray[np.float32], out: NDArray[np.float32]
) -> None:
    if kind == _NORMAL:
        for lane in range(out.size):
            out[lane] = normal.fma(scale, z[lane], base)
    else:
        for lane in range(out.size):
            out[lane] = normal.fma(scale, normal.exp(np.float32(shape * z[lane])), base)


@inner_kernel
def _discrete_row(
    base: np.float32, steps: NDArray[np.uint32], jumps: NDArray[np.float32], bits: NDArray[np.uint32], out: NDArray[np.float32]
) -> None:
    for lane in range(out.size):
        out[lane] = base
    for step in range(steps.size):
        at = steps[step]
        jump = jumps[step]
        for lane in range(out.size):
            out[lane] += jump if bits[lane] >= at else np.float32(0.0)


@inner_kernel
def _cumulative_row(base: np.float32, pieces: NDArray[np.float32], bits: NDArray[np.uint32], out: NDArray[np.float32]) -> None:
    for lane in range(out.size):
        out[lane] = base
    for piece in range(pieces.shape[0]):
        start, length, slope = pieces[piece, 0], pieces[piece, 1], pieces[piece, 2]
        for lane in range(out.size):
            inside = min(max(np.float32(_unit(bits[lane]) - start), np.float32(0.0)), length)
            out[lane] = normal.fma(slope, inside, out[lane])


@pure_kernel
def value_row(
    table: SampleTable,
    row: int,
    correlated: bool | np.bool,
    bits: NDArray[np.uint32],
    z: NDArray[np.float32],
    out: NDArray[np.float32],
) -> None:
    """Fill a row with values of one distribution of a `SampleTable`.

    Parameters
    ----------
    row
        Which distribution.
    correlated
        Whether `z` already holds the standard normal values to use; else they are made from `bits` where the distribution needs them.
    bits
        One 32-bit number per iteration; overwritten where correlated values of a kind that needs uniform numbers are drawn.
    z
        Standard normal values, shape as `bits`; overwritten unless `correlated`.
    out
        The values, same shape, in the unit of the distribution.
    """
    kind, base, scale, shape = table.kind[row], table.base[row], table.scale[row], table.shape[row]
    if kind == _FIXED:
        for lane in range(out.size):
            out[lane] = base
        return
    if kind == _PERT:
        step, weight, groups = table.place[row], table.blend[row], out.size // _GROUP
        if correlated:
            scored_pert_row(z.ctypes.data, table.of_score[step].ctypes.data, weight, base, scale, groups, out.ctypes.data)
        else:
            pert_row(bits.ctypes.data, table.of_u[step].ctypes.data, weight, base, scale, groups, out.ctypes.data)
        return
    if kind <= _LOGNORMAL:
        if not correlated:
            normal_row(bits, z)
        _normal_kind_row(kind, base, scale, shape, z, out)
        return
    if correlated:
        bits_row(z, bits)
    if kind <= _EXPONENTIAL:
        _uniform_kind_row(kind, base, scale, shape, bits, out)
    else:
        first = table.place[row]
        last = first + table.step_count[row]
        if kind == _DISCRETE:
            _discrete_row(base, table.steps[first:last], table.jumps[first:last], bits, out)
        else:
            _cumulative_row(base, table.pieces[first:last], bits, out)
