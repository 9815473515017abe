"""Scores of ratings against published figures for the major projects of the United Kingdom, and against slow second ways."""

from itertools import product

import numpy as np
import pytest

from mainstay.engine.errors import EngineError
from mainstay.engine.rating_scores import area, brier, score, shares, transitions, wilson

FIVE = ((26, 0.077), (165, 0.145), (387, 0.217), (222, 0.347), (31, 0.323))
"""Delivery confidence in five steps: projects, and share whose whole-life cost grew by more than a tenth in the next year."""
RESAMPLED = 0.006
"""The published intervals were resampled by project, and one project stands in several years: a little wider than DeLong's."""
THREE = ((37, 0.243), (342, 0.213), (46, 0.435))


def unrolled(table: tuple[tuple[int, float], ...]) -> tuple[list[int], list[bool]]:
    ratings, outcomes = [], []
    for place, (count, share) in enumerate(table):
        ratings += [place] * count
        outcomes += [number < round(count * share) for number in range(count)]
    return ratings, outcomes


def test_the_published_table_of_five_steps() -> None:
    found = score(*unrolled(FIVE), 5)
    assert found is not None
    assert (found.count, found.happened) == (831, 197)
    assert found.base == pytest.approx(0.2370, abs=1e-4)
    assert found.area == pytest.approx(0.6144, abs=5e-5)
    assert (found.area_low, found.area_high) == pytest.approx((0.570, 0.657), abs=RESAMPLED)
    assert found.brier == pytest.approx(0.270, abs=5e-4)
    assert found.brier_of_base == pytest.approx(0.181, abs=5e-4)
    assert found.skill is not None
    assert found.skill < 0
    assert [round(each.share or 0, 3) for each in found.groups] == [share for _count, share in FIVE]


def test_the_table_as_it_is_printed() -> None:
    """Worked from the rounded shares, that is from parts of projects, the figures differ in the fourth digit."""
    hits = [count * share for count, share in FIVE]
    found = area(hits, [count - hit for (count, _share), hit in zip(FIVE, hits, strict=True)])
    assert found is not None
    assert found[0] == pytest.approx(0.6147, abs=5e-5)
    assert sum(hits) / sum(count for count, _share in FIVE) == pytest.approx(0.2370, abs=5e-5)


def test_the_published_table_of_three_steps() -> None:
    found = score(*unrolled(THREE), 3)
    assert found is not None
    assert found.area == pytest.approx(0.5521, abs=5e-5)
    assert (found.area_low, found.area_high) == pytest.approx((0.4995, 0.606), abs=RESAMPLED)


def test_published_intervals_of_small_groups() -> None:
    assert wilson(2, 26) == pytest.approx((0.02, 0.24), abs=0.006)
    assert wilson(10, 31) == pytest.approx((0.19, 0.50), abs=0.006)
    assert wilson(0, 0) == (0.0, 1.0)


def test_the_area_is_the_share_of_pairs_in_the_right_order() -> None:
    hits, misses = (0, 2, 1, 4), (3, 1, 2, 1)
    pairs = [(1.0 if hit > miss else 0.5 if hit == miss else 0.0, hits[hit] * misses[miss]) for hit, miss in product(range(4), repeat=2)]
    found = area(hits, misses)
    assert found is not None
    assert found[0] == pytest.approx(sum(value * weight for value, weight in pairs) / sum(weight for _value, weight in pairs))
    assert area((0, 0), (3, 1)) is None


def test_the_interval_of_the_area_is_that_of_resampling() -> None:
    """2,000 samples drawn anew from either side: the spread of their areas is the one that the formula gives."""
    hits, misses = np.array([2, 24, 84, 77, 10]), np.array([24, 141, 303, 145, 21])
    draw = np.random.default_rng(20260331)
    found = area(hits.tolist(), misses.tolist())
    assert found is not None
    drawn = [
        (area(one.tolist(), other.tolist()) or (0.0,))[0]
        for one, other in zip(
            draw.multinomial(hits.sum(), hits / hits.sum(), 2000), draw.multinomial(misses.sum(), misses / misses.sum(), 2000), strict=True
        )
    ]
    assert (found[2] - found[1]) / (2 * 1.959964) == pytest.approx(np.std(drawn), rel=0.05)


def test_the_parts_make_the_whole() -> None:
    found = score(*unrolled(FIVE), 5)
    assert found is not None
    assert found.brier == pytest.approx(found.reliability - found.resolution + found.base * (1 - found.base))


def test_one_to_whom_all_or_nothing_happened() -> None:
    found = score([0, 2], [True, True], 3)
    assert found is not None
    assert (found.area, found.skill, found.base) == (None, None, 1.0)
    assert score([], [], 3) is None


def test_transitions_count_and_share() -> None:
    counts = transitions([(0, 0), (0, 1), (1, 1), (1, 1)], 3)
    assert counts == ((1, 1, 0), (0, 2, 0), (0, 0, 0))
    assert shares(counts) == ((0.5, 0.5, 0.0), (0.0, 1.0, 0.0), (None, None, None))


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(EngineError):
        score([3], [True], 3)
    with pytest.raises(EngineError):
        score([0], [True], 3, chances=(0.1, 0.9))
    with pytest.raises(EngineError):
        transitions([(0, 5)], 5)
    with pytest.raises(EngineError):
        brier([0.5], [])
