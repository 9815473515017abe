"""Small pieces of arrays that kernels read: probabilities as 32-bit thresholds, and pointers into lists laid end to end."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

CERTAIN: Final = 2**32
"""The threshold that every 32-bit number lies below."""


def threshold(probability: float) -> int:
    """Return the t with which ``bits < t`` happens with the probability, certainty included."""
    return min(max(round(probability * CERTAIN), 0), CERTAIN)


def pointers(parts: Iterable[Sequence[object]]) -> NDArray[np.int32]:
    """Where each list begins when all are laid end to end, and the end of the last."""
    return np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int32)
