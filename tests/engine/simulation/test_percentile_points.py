"""Ends solved from percentiles give these percentiles back; cumulative curves against their own arithmetic."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine.simulation import DistributionError, pert_from_percentiles, trigen
from mainstay.engine.simulation.distributions import Cumulative, Triangular

POINTS = st.tuples(*(st.floats(0.0, 1000.0) for _ in range(3))).map(sorted).filter(lambda points: points[2] - points[0] > 1.0)
PERCENTS = st.tuples(st.floats(1.0, 40.0), st.floats(60.0, 99.0))


@settings(deadline=None, max_examples=20)
@given(POINTS, PERCENTS)
def test_a_trigen_has_its_mode_and_both_percentiles(points: list[float], percents: tuple[float, float]) -> None:
    low, mode, high = points
    found = trigen(low, mode, high, *percents)
    at = found.quantile(np.array(percents) / 100.0)
    assert found.most_likely == mode
    assert at == pytest.approx([low, high], abs=1e-6 * (high - low) + 1e-9)


@settings(deadline=None, max_examples=20)
@given(POINTS, PERCENTS)
def test_a_pert_from_percentiles_has_them(points: list[float], percents: tuple[float, float]) -> None:
    low, mode, high = points
    found = pert_from_percentiles(low, mode, high, *percents)
    assert found.quantile(np.array(percents) / 100.0) == pytest.approx([low, high], abs=2e-4 * found.spread)


def test_a_symmetrical_trigen_by_hand() -> None:
    # P10 of the triangle 0, 10, 20 is where x squared / 200 = 0.1.
    first = 20.0**0.5
    found = trigen(first, 10.0, 20.0 - first)
    assert (found.optimistic, found.pessimistic) == pytest.approx((0.0, 20.0))
    whole = trigen(3.0, 7.0, 12.0, 0.0, 100.0)
    assert (whole.optimistic, whole.pessimistic) == pytest.approx((3.0, 12.0))
    assert trigen(5.0, 5.0, 5.0) == Triangular(5.0, 5.0, 5.0)


@pytest.mark.parametrize(
    "arguments", [(3, 2, 5), (1, 2, 1.5), (1, 2, 3, 90, 10), (1, 2, 3, -1, 90), (1, 2, 3, 10, 101), (1, 2, float("nan"))]
)
def test_points_that_do_not_rise_are_refused(arguments: tuple[float, ...]) -> None:
    for made in (trigen, pert_from_percentiles):
        with pytest.raises(DistributionError):
            made(*arguments)


def test_moments_of_a_cumulative_curve() -> None:
    # A tenth of the cases evenly from 0 to 1, the others from 1 to 3: moments of the mixture of two uniform distributions.
    found = Cumulative((0.0, 1.0, 3.0), (0.0, 0.1, 1.0))
    second = 0.1 * (1.0 / 3.0) + 0.9 * (26.0 / 6.0)
    assert found.mean == pytest.approx(0.1 * 0.5 + 0.9 * 2.0)
    assert found.variance == pytest.approx(second - found.mean**2)
    assert found.quantile(np.array([0.05, 0.1, 0.55])) == pytest.approx([0.5, 1.0, 2.0])


@pytest.mark.parametrize(
    ("values", "shares"),
    [((1, 2), (0.1, 1)), ((1, 2), (0, 0.9)), ((2, 1), (0, 1)), ((1,), (1,)), ((1, 2, 3), (0, 1, 1)), ((1, 2), (0, 0.5, 1))],
)
def test_curves_that_are_none_are_refused(values: tuple[float, ...], shares: tuple[float, ...]) -> None:
    with pytest.raises(DistributionError):
        Cumulative(values, shares)
