"""Quantiles from tables against the exact ones, and the same bits from processors with narrower vectors."""

import hashlib
import os
import platform
import subprocess
import sys
from statistics import NormalDist

import numpy as np
import pytest

from mainstay.engine.simulation.beta import REACH
from mainstay.engine.simulation.distributions import BetaPert, Distribution, Normal
from mainstay.engine.simulation.sampling import bits_row, normal_row, sample_table, value_row

NARROW = {"NUMBA_CPU_NAME": "haswell", "NUMBA_CPU_FEATURES": "+sse4.2,+avx,+avx2,+fma,+bmi,+bmi2,+lzcnt,+popcnt"}


def spread_bits() -> np.ndarray:
    """Numbers all over the range, the farthest of both tails among them."""
    middle = np.linspace(0, 2**32 - 1, 4096 - 128).astype(np.uint64)
    tail = np.array([int(1.37**k) for k in range(64)], np.uint64)
    return np.sort(np.concatenate([tail, middle, 2**32 - 1 - tail])).astype(np.uint32)


def values(distribution: Distribution, bits: np.ndarray, *, correlated: bool = False) -> np.ndarray:
    scores, found = np.zeros(bits.size, np.float32), np.zeros(bits.size, np.float32)
    if correlated:
        normal_row(bits, scores)
    value_row(sample_table([distribution]), 0, np.bool_(correlated), bits.copy(), scores, found)
    return found


def test_normal_scores_are_the_quantiles() -> None:
    bits = spread_bits()
    u = (bits + 0.5) / 2.0**32
    lower = np.minimum(u, (2**32 - 1 - bits.astype(np.uint64) + 0.5) / 2.0**32)
    exact = np.array([NormalDist().inv_cdf(p) for p in lower]) * np.where(u < 0.5, 1.0, -1.0)
    found = values(Normal(0.0, 1.0), bits)
    assert found == pytest.approx(exact, abs=6e-6)
    assert (np.diff(found) >= -1e-6).all()
    again = np.zeros_like(bits)
    bits_row(found, again)
    assert np.abs(again.astype(np.float64) - bits).max() / 2.0**32 < 5e-6


@pytest.mark.parametrize("mode", [0.0, 0.004, 0.25, 0.503, 0.996, 1.0])
@pytest.mark.parametrize("correlated", [False, True])
def test_beta_pert_from_tables_is_its_quantile(mode: float, *, correlated: bool) -> None:
    bits = spread_bits()
    end = NormalDist().cdf(-REACH) if correlated else 2.0**-17
    u = np.clip((bits + 0.5) / 2.0**32, end, 1.0 - end)
    found = values(BetaPert(0.0, mode, 1.0), bits, correlated=correlated)
    assert found == pytest.approx(BetaPert(0.0, mode, 1.0).quantile(u), abs=3e-5)


def digest() -> str:
    """Bits of everything that is drawn from tables."""
    bits = spread_bits()
    kinds = [(BetaPert(3, 5, 11), False), (BetaPert(3, 5, 11), True), (Normal(7, 2), False)]
    return hashlib.sha256(b"".join(values(kind, bits, correlated=scores).tobytes() for kind, scores in kinds)).hexdigest()


@pytest.mark.skipif(platform.machine().lower() not in ("x86_64", "amd64"), reason="names a processor of another kind")
def test_narrower_vectors_give_the_same_bits() -> None:
    """Without AVX-512 coefficients are gathered from memory."""
    call = [sys.executable, "-c", "from tests.engine.simulation.test_curves import digest; print(digest())"]
    found = subprocess.run(call, env=os.environ | NARROW, capture_output=True, text=True, check=True)
    assert found.stdout.split() == [digest()]
