"""Plain problems: the optimum of small ones by trying everything, the independent check, the seed, stopping, refusals."""

import random

import pytest

from mainstay.engine.levelling.bounds import lower_bound
from mainstay.engine.levelling.checking import faults
from mainstay.engine.levelling.errors import CapacityError, CircleError, LevellingError
from mainstay.engine.levelling.plain_levelling import level_plain
from mainstay.engine.levelling.problem import PlainProblem
from mainstay.engine.levelling.search import Limits, State
from tests.engine.levelling.problems import random_problem, shortest

FEW = Limits(seconds=None, lists=400, seed=3, proof=0.3)


@pytest.mark.parametrize("seed", range(12))
def test_small_problems_are_solved_and_proven(seed: int) -> None:
    problem = random_problem(seed, 6)
    made = level_plain(problem, FEW)
    assert (made.state.best, made.state.bound) == (shortest(problem),) * 2
    assert faults(problem, made.start) == []


@pytest.mark.parametrize("seed", range(5))
def test_larger_ones_hold_every_link_and_capacity(seed: int) -> None:
    problem = random_problem(seed, 40, resources=6)  # more than one word of resources
    made = level_plain(problem, FEW)
    assert faults(problem, made.start) == []
    assert lower_bound(problem) <= made.state.bound <= made.state.best
    assert made.state.best == max(start + length for start, length in zip(made.start, problem.length, strict=True))


def test_the_bound_holds_for_whatever_is_found() -> None:
    for seed in range(30):
        problem = random_problem(seed, 6)
        assert lower_bound(problem) <= shortest(problem)


def test_the_same_seed_gives_the_same_schedule() -> None:
    problem = random_problem(7, 40, resources=3)
    assert level_plain(problem, FEW).start == level_plain(problem, FEW).start


def test_it_stops_when_told_and_keeps_the_best() -> None:
    problem = random_problem(7, 40, resources=3)
    seen: list[State] = []

    def told(state: State) -> bool:
        seen.append(state)
        return len(seen) > 2

    made = level_plain(problem, Limits(seconds=60.0), told)
    assert made.stopped or made.state.best == made.state.bound
    assert made.state.seconds < 30
    assert faults(problem, made.start) == []


def test_amounts_beyond_a_lane_are_scaled_safely() -> None:
    problem = PlainProblem((2, 2, 2), ((700_001,), (299_999,), (300_000,)), (1_000_000,), ())
    made = level_plain(problem, FEW)
    assert faults(problem, made.start) == []
    assert made.state.best == 4


def test_no_task_and_no_resource() -> None:
    assert level_plain(PlainProblem((), (), (), ()), FEW).state.best == 0
    assert level_plain(PlainProblem((2, 3), ((), ()), (), ((0, 1),)), FEW).start == (0, 2)


def test_a_demand_above_the_capacity_is_refused_by_name() -> None:
    with pytest.raises(CapacityError, match="Activity dig needs 3 of crew, of which there are never more than 2"):
        PlainProblem((1,), ((3,),), (2,), (), ("dig",), ("crew",))
    with pytest.raises(CapacityError, match="never more than 0"):
        PlainProblem((1,), ((1,),), (0,), ())


def test_a_circle_is_named() -> None:
    with pytest.raises(CircleError, match=r"wait for each other: (1 → 2 → 3 → 1|2 → 3 → 1 → 2|3 → 1 → 2 → 3)"):
        PlainProblem((1, 1, 1, 1), ((), (), (), ()), (), ((0, 1), (1, 2), (2, 0), (2, 3)))


def test_negative_and_endless_amounts_are_refused() -> None:
    with pytest.raises(LevellingError, match="negative"):
        PlainProblem((-1,), ((),), (), ())
    with pytest.raises(LevellingError, match="larger unit"):
        PlainProblem((10**9,), ((),), (), ())


def test_the_check_finds_what_is_wrong() -> None:
    problem = PlainProblem((2, 2, 1), ((2,), (2,), (0,)), (3,), ((0, 2),))
    assert faults(problem, (0, 2, 2)) == []
    assert len(faults(problem, (0, 1, 2))) == 1
    assert len(faults(problem, (0, 2, 1))) == 1
    assert len(faults(problem, (-1, 2, 4))) == 1


def test_each_resource_counts() -> None:
    """Three crews of which two fit at a time: the work of one resource alone bounds the whole."""
    rnd = random.Random(1)
    lengths = tuple(rnd.randint(1, 9) for _ in range(9))
    problem = PlainProblem(lengths, ((1, 3),) * 9, (9, 6), ())
    made = level_plain(problem, FEW)
    assert made.state.best == -(-sum(lengths) // 2)
