"""Amounts of up to four resources in one 64-bit word, so that one subtraction compares all of them.

A word has four lanes of 16 bits. What is free carries a guard bit on top of each lane; the guard survives ``free - demand`` exactly when
the demand fits. Amounts that are larger than a lane holds are scaled down, demands rounded up and capacities rounded down.
"""

import numpy as np

from mainstay.engine.calendar_table import Ints

LANES = 4
LANE_BITS = 16
LARGEST = (1 << (LANE_BITS - 1)) - 1
GUARD = -0x7FFF_7FFF_7FFF_8000
"""Bit 15 of each of the four lanes, as a signed word."""


def words_for(resources: int) -> int:
    return max(1, -(-resources // LANES))


def scaled(demand: Ints, capacity: Ints) -> tuple[Ints, Ints]:
    """Both in units that a lane holds: divided by what all amounts of a resource share, then as far as needed."""
    demand, capacity = demand.copy(), capacity.copy()
    for k in range(demand.shape[1]):
        shared = int(np.gcd.reduce(demand[:, k])) or 1
        most = int(demand[:, k].max(initial=0)) // shared
        coarse = -(-most // LARGEST) if most else 1
        demand[:, k] = -(-(demand[:, k] // shared) // coarse)
        # What no set of demands can fill need not be told apart.
        capacity[..., k] = np.minimum(capacity[..., k] // shared // coarse, LARGEST)
    return demand, capacity


def packed(amounts: Ints) -> Ints:
    """Rows of amounts as rows of words."""
    rows, resources = amounts.shape
    words = np.zeros((rows, words_for(resources)), np.int64)
    for k in range(resources):
        words[:, k // LANES] |= amounts[:, k] << (LANE_BITS * (k % LANES))
    return words


def packed_free(amounts: Ints) -> Ints:
    """As ``packed``, with the guards set."""
    return packed(amounts) | np.int64(GUARD)
