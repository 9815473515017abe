"""Random numbers of the search: xorshift64*, one word of state, so that a seed gives the same search on every machine."""

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.compiled import pure_kernel

State = NDArray[np.uint64]


def seeded(seed: int) -> State:
    """The state of a seed; SplitMix64 spreads neighbouring seeds."""
    mask = (1 << 64) - 1
    word = (seed + 0x9E3779B97F4A7C15) & mask
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & mask
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & mask
    return np.array([(word ^ (word >> 31)) or 1], np.uint64)


@pure_kernel
def below(state: State, limit: int) -> int:
    """A whole number from 0 to ``limit`` - 1."""
    word = state[0]
    word ^= word >> np.uint64(12)
    word ^= word << np.uint64(25)
    word ^= word >> np.uint64(27)
    state[0] = word
    high = (word * np.uint64(0x2545F4914F6CDD1D)) >> np.uint64(33)
    return int((np.int64(high) * limit) >> 31)
