"""Latin hypercube and Sobol sequence: what they promise of each quantity, and that they need fewer iterations."""

import numpy as np
import pytest

from mainstay.engine.simulation import SimulationError, SimulationModel, run
from mainstay.engine.simulation.distributions import BetaPert, Triangular, Uniform
from mainstay.engine.simulation.random import entity_keys
from mainstay.engine.simulation.schemes import Sampling, draw_of, numbers_row
from mainstay.engine.simulation.sobol import BITS, directions, primitive_polynomials
from tests.engine.simulation.models import START, drawn, whole_model

NAMES = [f"quantity {k}" for k in range(12)]


def rows(sampling: Sampling, count: int, seed: int = 3, replicate: int = 0) -> np.ndarray:
    """Numbers in (0, 1) of several quantities, shape (quantities, count)."""
    padded = -(-count // 64) * 64
    draw = draw_of(seed, sampling, count, len(NAMES), 0, replicate)
    keys = entity_keys(NAMES)
    keys[:, 2] = np.arange(1, len(NAMES) + 1)
    found = np.zeros((len(NAMES), padded), np.uint32)
    for key, row in zip(keys, found, strict=True):
        numbers_row(draw, key, np.uint32(0), 0, row)
    return (found[:, :count] + 0.5) / 2.0**32


@pytest.mark.parametrize("count", [2, 3, 64, 100, 1000, 1009, 4096, 10_000])
def test_a_latin_hypercube_takes_one_number_of_each_stratum(count: int) -> None:
    for row in rows(Sampling.LATIN_HYPERCUBE, count):
        assert sorted(np.floor(row * count).astype(int).tolist()) == list(range(count))


@pytest.mark.parametrize("sampling", [Sampling.LATIN_HYPERCUBE, Sampling.SOBOL])
def test_quantities_are_spread_independently_of_each_other(sampling: Sampling) -> None:
    count = 2048
    found = rows(sampling, count)
    correlation = np.corrcoef(found) - np.eye(len(found))
    # Independent quantities show up to about four over the root of the iterations in sixty-six pairs.
    assert np.abs(correlation).max() < 4.5 / count**0.5
    pairs = [np.histogram2d(found[a], found[b], bins=16)[0] for a in range(len(found)) for b in range(a)]
    assert max(((table - count / 256) ** 2 / (count / 256)).sum() for table in pairs) < 350  # 255 degrees of freedom: 1 in 20,000


@pytest.mark.parametrize("count", [64, 256, 4096])
def test_a_sobol_sequence_has_one_number_in_each_of_a_power_of_two_intervals(count: int) -> None:
    for row in rows(Sampling.SOBOL, count):
        assert sorted(np.floor(row * count).astype(int).tolist()) == list(range(count))


def test_another_seed_and_another_replicate_are_other_points() -> None:
    for sampling in Sampling:
        first = rows(sampling, 256)
        assert (rows(sampling, 256) == first).all()
        assert (rows(sampling, 256, seed=4) != first).mean() > 0.99
        if sampling is not Sampling.RANDOM:
            assert (rows(sampling, 256, replicate=1) != first).mean() > 0.9


def test_direction_numbers_make_regular_matrices() -> None:
    # The first polynomials that everybody lists, and triangular matrices with ones on the diagonal.
    assert primitive_polynomials(9) == [0b11, 0b111, 0b1011, 0b1101, 0b10011, 0b11001, 0b100101, 0b101001, 0b101111]
    table = directions()
    for place in range(BITS):
        assert ((table[:, place] >> np.uint32(BITS - 1 - place)) & 1 == 1).all()
        assert ((table[:, place] & np.uint32((1 << (BITS - 1 - place)) - 1)) == 0).all()


@pytest.mark.parametrize("sampling", list(Sampling))
def test_the_same_bits_on_any_number_of_threads_and_blocks(sampling: Sampling) -> None:
    model = whole_model(1)
    kept = [run(model, iterations=1000, seed=9, sampling=sampling, threads=t, block=b) for t, b in ((1, 512), (2, 64), (3, 192))]
    for other in kept[1:]:
        assert (other.finish == kept[0].finish).all()
        assert (other.money == kept[0].money).all()
        assert other.criticality == kept[0].criticality
        assert other.occurred == kept[0].occurred


@pytest.mark.parametrize(("sampling", "gain"), [(Sampling.LATIN_HYPERCUBE, 2.0), (Sampling.SOBOL, 2.0)])
def test_spread_points_err_less(sampling: Sampling, gain: float) -> None:
    """Errors of the mean of a small network over twenty seeds, beside those of random points."""
    durations = {f"A{k}": distribution for k, distribution in enumerate([Triangular(8, 11, 20), BetaPert(5, 9, 20), Uniform(4, 12)] * 2)}
    links = [("A0", "A1"), ("A1", "A2"), ("A3", "A4"), ("A4", "A5")]
    model = drawn({name: found.scaled(10_000) for name, found in durations.items()}, links)
    exact = run(model, iterations=400_000, seed=1).finish_of().mean

    def error(scheme: Sampling) -> float:
        found = [run(model, iterations=1024, seed=seed, sampling=scheme).finish_of().mean - exact for seed in range(20)]
        return float(np.sqrt(np.mean(np.square(found))))

    assert error(sampling) * gain < error(Sampling.RANDOM)


def test_an_unknown_sampling_is_refused() -> None:
    with pytest.raises(SimulationError, match="no sampling called halton"):
        run(SimulationModel(plan=whole_model(1).plan), iterations=64, sampling="halton")


def test_marginals_are_kept_under_every_scheme() -> None:
    for sampling in Sampling:
        found = run(drawn({"a": Triangular(80_000, 110_000, 200_000)}), iterations=4096, seed=2, sampling=sampling).finish_of()
        assert found.mean - START == pytest.approx(130_000, rel=0.01)
        assert found.deviation == pytest.approx(Triangular(80_000, 110_000, 200_000).variance ** 0.5, rel=0.03)
