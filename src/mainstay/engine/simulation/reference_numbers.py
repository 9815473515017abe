"""The random numbers of a run, drawn plainly: Philox 4x32 as in ``random``, and whether risks occur."""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.simulation.distributions import Array
from mainstay.engine.simulation.inputs import Loading, RiskEvent
from mainstay.engine.simulation.model import SimulationModel, probability_otherwise
from mainstay.engine.simulation.random import ROUNDS, Stream, entity_key, round_keys

_M0, _M1, _LOW, _HIGH = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57), np.uint64(0xFFFFFFFF), np.uint64(32)
_score = np.vectorize(NormalDist().inv_cdf, otypes=[np.float64])
_below = np.vectorize(lambda z: 0.5 * math.erfc(-z / math.sqrt(2.0)), otypes=[np.float64])


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers of any entity, one an iteration."""

    seed: int
    iterations: int

    def bits(self, name: str, stream: Stream) -> NDArray[np.uint64]:
        """32-bit numbers."""
        groups = -(-self.iterations // 64)
        keys = round_keys(self.seed).astype(np.uint64)
        first, second = (np.uint64(word) for word in entity_key(name))
        c0 = np.arange(16 * groups, dtype=np.uint64)
        c1, c2, c3 = np.full_like(c0, int(stream)), np.full_like(c0, first), np.full_like(c0, second)
        for k in range(ROUNDS):
            p0, p1 = _M0 * c0, _M1 * c2
            c0, c1, c2, c3 = (p1 >> _HIGH) ^ c1 ^ keys[k, 0], p1 & _LOW, (p0 >> _HIGH) ^ c3 ^ keys[k, 1], p0 & _LOW
        return np.stack([c.reshape(groups, 16) for c in (c0, c1, c2, c3)], axis=1).reshape(-1)[: self.iterations]

    def uniform(self, name: str, stream: Stream) -> Array:
        """Numbers in (0, 1)."""
        return np.asarray((self.bits(name, stream) + 0.5) / 2.0**32, np.float64)

    def joined(self, name: str, stream: Stream, loadings: tuple[Loading, ...]) -> Array:
        """Numbers in (0, 1), joined to those of others through common factors: a Gaussian copula."""
        own = self.uniform(name, stream)
        if not loadings:
            return own
        z = math.sqrt(max(0.0, 1.0 - sum(item.value**2 for item in loadings))) * _score(own)
        for item in loadings:
            z = z + item.value * _score(self.uniform(item.factor, Stream.FACTOR))
        return np.asarray(_below(z))

    def occurs(self, model: SimulationModel, risk: RiskEvent) -> NDArray[np.bool_]:
        """Whether a risk occurs, by itself or with its cause."""
        below = np.full(self.iterations, risk.probability)
        if risk.cause is not None:
            cause = next(one for one in model.causes if one.id == risk.cause)
            fired = self.uniform(cause.id, Stream.CAUSE) < cause.probability
            below = np.where(fired, risk.given_cause, probability_otherwise(risk, cause))
        return np.asarray(self.uniform(risk.id, Stream.OCCURRENCE) < below)
