"""Random numbers that depend on nothing but the seed, the entity and the iteration (Philox 4x32, counter-based).

No state is carried from one number to the next: any block of iterations can be drawn by any thread in any order, and the numbers of
one entity stay the same when another is added or removed.
"""

import hashlib
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.compiled import pure_kernel
from mainstay.engine.simulation.row_lanes import random_row

GROUP: Final = 64
"""Iterations that the generator serves together: 16 counters of four numbers each."""

ROUNDS: Final = 7

_WEYL0: Final = 0x9E3779B9
_WEYL1: Final = 0xBB67AE85


class Stream(IntEnum):
    """What a number is drawn for. Part of the counter, so that two uses of one entity never share a number."""

    DURATION = 0
    FACTOR = 1
    CAUSE = 2
    OCCURRENCE = 3
    SEVERITY = 4
    COST = 5
    PRICE = 6
    BRANCH = 7
    PLACE = 8
    WEATHER = 9


def round_keys(seed: int) -> NDArray[np.uint32]:
    """Return the key words of each round for a seed of up to 64 bits, shape (ROUNDS, 2)."""
    low, high = seed & 0xFFFFFFFF, (seed >> 32) & 0xFFFFFFFF
    return np.array([((low + r * _WEYL0) & 0xFFFFFFFF, (high + r * _WEYL1) & 0xFFFFFFFF) for r in range(ROUNDS)], np.uint32)


def entity_key(name: str, part: int = 0) -> tuple[np.uint32, np.uint32]:
    """Give the two counter words of an entity: 64 bits of BLAKE2b over its name and part, the same on every machine."""
    digest = hashlib.blake2b(f"{name}\x1f{part}".encode(), digest_size=8).digest()
    return np.uint32(int.from_bytes(digest[:4], "little")), np.uint32(int.from_bytes(digest[4:], "little"))


def entity_keys(names: list[str]) -> NDArray[np.uint32]:
    """Stack `entity_key` of each name and a zero (see `schemes.numbers_row`), shape (names, 3)."""
    return np.array([(*entity_key(name), 0) for name in names], np.uint32).reshape(-1, 3)


@pure_kernel
def uniform_bits(
    keys: NDArray[np.uint32], entity: NDArray[np.uint32], stream: int | np.uint32, first_group: int, out: NDArray[np.uint32]
) -> None:
    """Fill a row with one 32-bit number per iteration.

    Parameters
    ----------
    keys
        The words of the seed, see `round_keys`.
    entity
        The two words of the entity, first of all that the array holds.
    stream
        The use of the numbers, see `Stream`.
    first_group
        Number of the first iteration divided by `GROUP`.
    out
        The row, shape (iterations,), a multiple of `GROUP`. Overwritten.

    Notes
    -----
    Seven rounds, the fewest that pass BigCrush with a safety margin in the source. Iteration ``64 g + 16 j + l`` takes word ``j`` of
    the block with counter ``(16 g + l, stream, entity)``: that order lets the loop run over vector lanes.

    References
    ----------
    Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3. SC11, 2011, table 2 and section 4.
    """
    random_row(keys.ctypes.data, entity[0], entity[1], np.uint32(stream), first_group, out.size // GROUP, out.ctypes.data)
