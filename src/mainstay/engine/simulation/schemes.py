"""How the iterations of one quantity are spread: at random, as a Latin hypercube, or as a Sobol sequence; always from the seed alone."""

import math
from enum import IntEnum, StrEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.compiled import inner_kernel, pure_kernel
from mainstay.engine.simulation.compiled import inlined
from mainstay.engine.simulation.errors import SimulationError
from mainstay.engine.simulation.random import round_keys, uniform_bits
from mainstay.engine.simulation.sobol import BITS, scrambled


class Sampling(StrEnum):
    """Which points the iterations are.

    RANDOM draws each independently. LATIN_HYPERCUBE divides the range of each quantity into as many equally probable strata as there are
    iterations and takes one number of each, in an order of its own. SOBOL spreads the iterations evenly over the quantities that matter
    most together, and over the others as a Latin hypercube; it is at its best with a power of two iterations.

    Notes
    -----
    Standard errors that rest on independent iterations are then too large, never too small by intent: a run with a `Convergence` measures
    them by independent replicates instead.

    References
    ----------
    McKay, Beckman, Conover: A comparison of three methods for selecting values of input variables. Technometrics 21, 1979.
    Owen: Scrambling Sobol' and Niederreiter-Xing points. Journal of Complexity 14, 1998.
    """

    RANDOM = "random"
    LATIN_HYPERCUBE = "latin_hypercube"
    SOBOL = "sobol"


class Scheme(IntEnum):
    RANDOM = 0
    LATIN_HYPERCUBE = 1
    SOBOL = 2


_RANDOM: Final = int(Scheme.RANDOM)
_SOBOL: Final = int(Scheme.SOBOL)

_C1: Final = np.uint32(0x9E3779B1)
_C2: Final = np.uint32(0x85EBCA77)
_S15: Final = np.uint32(15)
_S13: Final = np.uint32(13)
_S32: Final = np.uint64(32)
_S40: Final = np.uint64(40)
_LOW: Final = np.uint64(0xFFFFFFFF)
_NO: Final = np.uint32(0)
_ONE: Final = np.uint32(1)


class Draw(NamedTuple):
    """How numbers are drawn.

    Attributes
    ----------
    keys
        The words of the seed, see `random.round_keys`.
    scheme, replicate
        Which points; strata of another replicate have another order.
    first, strata
        First iteration, divided by 64, and number of the iterations that the strata belong to.
    rows, columns, magic
        Strata laid out as a table a little larger than their number; ``magic`` divides by the columns.
    width
        2**64 divided by the number of strata: their width.
    directions, shift
        Of the Sobol sequence, one row a dimension.
    scratch
        A row of the calling thread.
    """

    keys: NDArray[np.uint32]
    scheme: int
    replicate: np.uint32
    first: int
    strata: np.uint32
    rows: np.uint32
    columns: np.uint32
    magic: np.uint64
    width: np.uint64
    directions: NDArray[np.uint32]
    shift: NDArray[np.uint32]
    scratch: NDArray[np.uint32]


def draw_of(seed: int, sampling: Sampling | str, iterations: int, dimensions: int = 0, first: int = 0, replicate: int = 0) -> Draw:
    """Prepare the drawing of ``iterations`` iterations from number ``first`` on (a multiple of 64)."""
    scheme = Scheme[scheme_of(sampling).name]
    count = max(iterations, 1)
    if count == 1:  # one stratum is the whole range
        scheme = Scheme.RANDOM
    rows = math.isqrt(count - 1) + 1
    columns = -(-count // rows)
    directions, shift = np.zeros((0, BITS), np.uint32), np.zeros(0, np.uint32)
    if scheme is Scheme.SOBOL:
        directions, shift = scrambled(seed, dimensions, replicate)
    return Draw(
        keys=round_keys(seed),
        scheme=int(scheme),
        replicate=np.uint32(replicate),
        first=first // 64,
        strata=np.uint32(count),
        rows=np.uint32(rows),
        columns=np.uint32(columns),
        magic=np.uint64((1 << 40) // columns + 1),
        width=np.uint64(min((1 << 64) // count, (1 << 64) - 1)),
        directions=directions,
        shift=shift,
        scratch=np.zeros(0, np.uint32),
    )


def scheme_of(sampling: Sampling | str) -> Sampling:
    """Return the scheme of this name; raises `SimulationError` where there is none."""
    try:
        return Sampling(sampling)
    except ValueError:
        names = ", ".join(item.value for item in Sampling)
        raise SimulationError(f"There is no sampling called {sampling}; choose one of {names}.") from None


@inlined
def _spread(x: np.uint32, key: np.uint32, size: np.uint32) -> np.uint32:
    """A number below ``size`` that depends on x and the key in no simple way."""
    h = np.uint32(np.uint32(x ^ key) * _C1)
    h ^= h >> _S15
    h = np.uint32(h * _C2)
    h ^= h >> _S13
    return np.uint32((np.uint64(h) * np.uint64(size)) >> _S32)


@inlined
def _reordered(
    x: np.uint32, rows: np.uint32, columns: np.uint32, magic: np.uint64, k0: np.uint32, k1: np.uint32, k2: np.uint32, k3: np.uint32
) -> np.uint32:
    """One round trip of a keyed bijection on ``rows * columns`` numbers: row and column are moved on by what the other one says."""
    row = np.uint32((np.uint64(x) * magic) >> _S40)
    column = np.uint32(x - np.uint32(row * columns))
    row = np.uint32(row + _spread(column, k0, rows))
    row = np.uint32(row - rows) if row >= rows else row
    column = np.uint32(column + _spread(row, k1, columns))
    column = np.uint32(column - columns) if column >= columns else column
    row = np.uint32(row + _spread(column, k2, rows))
    row = np.uint32(row - rows) if row >= rows else row
    column = np.uint32(column + _spread(row, k3, columns))
    column = np.uint32(column - columns) if column >= columns else column
    return np.uint32(np.uint32(row * columns) + column)


@inner_kernel
def _stratify(draw: Draw, entity: NDArray[np.uint32], stream: np.uint32, group: int, out: NDArray[np.uint32]) -> None:
    """Turn random numbers into one of the stratum of each iteration.

    The bijection works on a table of slightly more places than strata; who lands on one beyond the last is sent on until he does not.
    """
    rows, columns, magic, count = draw.rows, draw.columns, draw.magic, draw.strata
    high, low = np.uint64(draw.width >> _S32), np.uint64(draw.width & _LOW)
    first = np.uint32((group - draw.first) * 64)
    # Four words of the quantity, its use, the seed and the replicate.
    k0 = np.uint32(np.uint32(entity[0] ^ draw.keys[0, 0]) + np.uint32(np.uint32(stream + _ONE) * _C1)) ^ np.uint32(draw.replicate * _C2)
    k1 = np.uint32(np.uint32(entity[1] ^ draw.keys[0, 1]) + np.uint32(k0 * _C2))
    k2 = np.uint32(np.uint32(k1 ^ (k0 >> _S15)) * _C1)
    k3 = np.uint32(np.uint32(k2 ^ (k1 >> _S13)) * _C2)
    last = np.uint32(count - _ONE)
    strata = draw.scratch
    for lane in range(out.size):
        strata[lane] = _reordered(min(np.uint32(first + np.uint32(lane)), last), rows, columns, magic, k0, k1, k2, k3)
    if np.uint32(rows * columns) > count:
        for lane in range(out.size):
            while strata[lane] >= count:
                strata[lane] = _reordered(strata[lane], rows, columns, magic, k0, k1, k2, k3)
    for lane in range(out.size):
        stratum = np.uint64(strata[lane])
        inside = np.uint64(stratum * low + high * np.uint64(out[lane]))
        out[lane] = np.uint32(stratum * high + (inside >> _S32))


@inner_kernel
def _sobol_row(directions: NDArray[np.uint32], shift: np.uint32, group: int, out: NDArray[np.uint32]) -> None:
    d0, d1, d2, d3, d4, d5 = directions[0], directions[1], directions[2], directions[3], directions[4], directions[5]
    for word in range(out.size // 64):
        base = shift
        rest = group + word
        place = 6
        while rest:
            base ^= directions[place] if rest & 1 else _NO
            rest >>= 1
            place += 1
        o = out[64 * word : 64 * word + 64]
        for lane in range(64):
            x = np.uint32(lane)
            value = base ^ (d0 if x & np.uint32(1) else _NO)
            value ^= d1 if x & np.uint32(2) else _NO
            value ^= d2 if x & np.uint32(4) else _NO
            value ^= d3 if x & np.uint32(8) else _NO
            value ^= d4 if x & np.uint32(16) else _NO
            o[lane] = value ^ (d5 if x & np.uint32(32) else _NO)


@pure_kernel
def numbers_row(draw: Draw, entity: NDArray[np.uint32], stream: int | np.uint32, group: int, out: NDArray[np.uint32]) -> None:
    """Fill a row with one 32-bit number per iteration, spread as the draw says.

    Parameters
    ----------
    entity
        Two words of the entity, and its dimension of the Sobol sequence plus one or zero, shape (3,).
    stream
        The use of the numbers, see `random.Stream`.
    group
        Number of the first iteration divided by 64.
    out
        The row, shape (iterations,), a multiple of 64. Overwritten.
    """
    if draw.scheme == _SOBOL and entity[2] > _NO:
        _sobol_row(draw.directions[entity[2] - _ONE], draw.shift[entity[2] - _ONE], group - draw.first, out)
        return
    uniform_bits(draw.keys, entity, stream, group, out)
    if draw.scheme != _RANDOM:
        _stratify(draw, entity, np.uint32(stream), group, out)
