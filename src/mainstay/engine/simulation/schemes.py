"""How the iterations of one quantity are spread: at random, as a Latin hypercube, or as a Sobol sequence; always from the seed alone."""

from enum import IntEnum, StrEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.compiled import inner_kernel, pure_kernel
from mainstay.engine.simulation.errors import SimulationError
from mainstay.engine.simulation.random import round_keys, uniform_bits
from mainstay.engine.simulation.sobol import BITS, scrambled
from mainstay.engine.simulation.strata_lanes import stratify_row


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
    rows, column_bits
        Strata laid out as a table a little larger than their number, with a power of two columns.
    width
        2**64 divided by the number of strata: their width.
    directions, shift
        Of the Sobol sequence, one row a dimension.
    """

    keys: NDArray[np.uint32]
    scheme: int
    replicate: np.uint32
    first: int
    strata: np.uint32
    rows: np.uint32
    column_bits: np.uint32
    width: np.uint64
    directions: NDArray[np.uint32]
    shift: NDArray[np.uint32]


def draw_of(seed: int, sampling: Sampling | str, iterations: int, dimensions: int = 0, first: int = 0, replicate: int = 0) -> Draw:
    """Prepare the drawing of ``iterations`` iterations from number ``first`` on (a multiple of 64)."""
    scheme = Scheme[scheme_of(sampling).name]
    count = max(iterations, 1)
    if count == 1:  # one stratum is the whole range
        scheme = Scheme.RANDOM
    column_bits = _column_bits(count)
    directions, shift = np.zeros((0, BITS), np.uint32), np.zeros(0, np.uint32)
    if scheme is Scheme.SOBOL:
        directions, shift = scrambled(seed, dimensions, replicate)
    return Draw(
        keys=round_keys(seed),
        scheme=int(scheme),
        replicate=np.uint32(replicate),
        first=first // 64,
        strata=np.uint32(count),
        rows=np.uint32(-(-count >> column_bits)),
        column_bits=np.uint32(column_bits),
        width=np.uint64(min((1 << 64) // count, (1 << 64) - 1)),
        directions=directions,
        shift=shift,
    )


def _column_bits(count: int) -> int:
    """Choose the table of strata: near a square, since rows and columns mix each other, with the fewest places beyond the last stratum."""
    square = max((count - 1).bit_length() // 2, 1)
    return min(range(max(square - 2, 1), square + 1), key=lambda bits: (-count % (1 << bits), -bits))


def scheme_of(sampling: Sampling | str) -> Sampling:
    """Return the scheme of this name; raises `SimulationError` where there is none."""
    try:
        return Sampling(sampling)
    except ValueError:
        names = ", ".join(item.value for item in Sampling)
        raise SimulationError(f"There is no sampling called {sampling}; choose one of {names}.") from None


@inner_kernel
def _stratify(draw: Draw, entity: NDArray[np.uint32], stream: np.uint32, group: int, out: NDArray[np.uint32]) -> None:
    """Turn random numbers into one of the stratum of each iteration, in an order that the quantity, its use and the seed decide."""
    k0 = np.uint32(np.uint32(entity[0] ^ draw.keys[0, 0]) + np.uint32(np.uint32(stream + _ONE) * _C1)) ^ np.uint32(draw.replicate * _C2)
    k1 = np.uint32(np.uint32(entity[1] ^ draw.keys[0, 1]) + np.uint32(k0 * _C2))
    k2 = np.uint32(np.uint32(k1 ^ (k0 >> _S15)) * _C1)
    k3 = np.uint32(np.uint32(k2 ^ (k1 >> _S13)) * _C2)
    shape, width = (draw.rows, draw.column_bits, draw.strata), (np.uint32(draw.width >> _S32), np.uint32(draw.width & _LOW))
    stratify_row((k0, k1, k2, k3), shape, width, np.uint32((group - draw.first) * 64), out.size // 64, out.ctypes.data)


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
