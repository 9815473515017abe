"""CP-SAT as the scheduling of reviews uses it: one worker, a seed, so much effort, stopped from outside when the time is over."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from mainstay.engine.levelling.proof import Watch

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

MOST_SEED: Final = (1 << 31) - 1


def solved(model: "cp_model.CpModel", seed: int, effort: float, is_over: Callable[[], bool]) -> "tuple[cp_model.CpSolver, bool]":
    """Return the solver with whether it found a solution.

    ``effort`` is deterministic time: the same model, seed and effort give the same answer on any machine, unless ``is_over`` ends it.
    """
    from ortools.sat.python import cp_model  # takes a second to load, and only a proposal needs it

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2  # sums over days and people: the relaxation says nearly everything
    solver.parameters.random_seed = seed % MOST_SEED
    solver.parameters.max_deterministic_time = effort
    with Watch(solver, is_over):
        status = solver.solve(model)
    return solver, status in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def bound_of(solver: "cp_model.CpSolver") -> int:
    """Return the points that no solution is below; they are whole."""
    return math.ceil(solver.best_objective_bound - 1e-6)
