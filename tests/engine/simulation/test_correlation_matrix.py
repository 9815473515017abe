"""Matrices of rank correlation: which are possible, what is offered instead of an impossible one, and that it is never used unasked."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine.simulation import CorrelationError, CorrelationGroup, SimulationError
from mainstay.engine.simulation.correlation import nearest, normal_scores

IMPOSSIBLE = ((1.0, 0.9, -0.9), (0.9, 1.0, 0.9), (-0.9, 0.9, 1.0))
NAMES = ("a", "b", "c", "d", "e", "f")


def group(matrix: tuple[tuple[float, ...], ...]) -> CorrelationGroup:
    return CorrelationGroup("crews", NAMES[: len(matrix)], (), matrix)


def test_the_nearest_matrix_is_offered_and_accepted() -> None:
    with pytest.raises(CorrelationError, match="crews") as caught:
        group(IMPOSSIBLE)
    assert "a and b 0.483 instead of 0.9" in str(caught.value)
    assert group(caught.value.nearest).matrix == caught.value.nearest
    # By symmetry the answer has one unknown r; scores of (r, -r, r) touch zero at one half, and ranks are 6/pi asin(1/4) there.
    assert caught.value.nearest[0][1] == pytest.approx(6 / np.pi * np.arcsin(0.25), abs=1e-6)


def test_higham_s_example() -> None:
    # Higham 2002, section 4: the nearest correlation matrix to this one, in linear correlations.
    given_scores = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0], [0.0, 1.0, 1.0]])
    found = normal_scores(nearest(6 / np.pi * np.arcsin(given_scores / 2)))
    assert found[0, 1] == pytest.approx(0.7607, abs=1e-4)
    assert found[0, 2] == pytest.approx(0.1573, abs=1e-4)


@settings(deadline=None, max_examples=60)
@given(st.integers(2, 6), st.lists(st.floats(-1.0, 1.0), min_size=15, max_size=15))
def test_whatever_is_offered_can_be_taken(size: int, values: list[float]) -> None:
    given_matrix = np.eye(size)
    given_matrix[np.triu_indices(size, 1)] = values[: size * (size - 1) // 2]
    given_matrix = np.maximum(given_matrix, given_matrix.T) + np.minimum(given_matrix, given_matrix.T)
    np.fill_diagonal(given_matrix, 1.0)
    matrix = tuple(map(tuple, given_matrix.tolist()))
    try:
        made = group(matrix)
    except CorrelationError as error:
        made = group(error.nearest)
    root = np.zeros((size, size))
    for member, loadings in enumerate(made.loadings()):
        for loading in loadings:
            root[member, int(loading.factor.split("\x1f")[1])] = loading.value
    assert root @ root.T == pytest.approx(normal_scores(np.array(made.matrix)), abs=1e-4)


def test_perfect_correlation_is_possible() -> None:
    assert [loadings[0].value for loadings in group(((1.0, -1.0), (-1.0, 1.0))).loadings()] == pytest.approx([1.0, -1.0])


@pytest.mark.parametrize(
    "matrix",
    [
        ((1.0, 0.5),),
        ((1.0, 0.5), (0.4, 1.0)),
        ((1.0, 1.5), (1.5, 1.0)),
        ((0.9, 0.5), (0.5, 1.0)),
        ((1.0, float("nan")), (float("nan"), 1.0)),
    ],
)
def test_what_is_no_matrix_of_correlations_is_refused(matrix: tuple[tuple[float, ...], ...]) -> None:
    with pytest.raises(SimulationError):
        CorrelationGroup("crews", ("a", "b"), (), matrix)
