"""CP-SAT on a plain problem: a better schedule than the one held, or the proof that there is none, or at least a bound.

The model is asked only for schedules that are shorter than the one held, so "infeasible" proves that one optimal. One worker, interleaved
search: the same answer for the same seed and amount of deterministic time, whatever the machine.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from mainstay.engine.levelling.problem import PlainProblem

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

WATCH_SECONDS = 0.02
MOST_TASKS = 3_000
"""Beyond these a model takes longer to be made than a proof is worth."""


@dataclass(frozen=True, slots=True)
class Proof:
    """``bound`` holds for every schedule; ``start`` is a better schedule's, where one was found."""

    bound: int
    start: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """The search ends after so much deterministic time, or when ``is_over`` says so."""

    deterministic: float
    is_over: Callable[[], bool]


def prove(plain: PlainProblem, held: int, bound: int, seed: int, limit: Limit) -> Proof:
    """Look for a last finish below ``held``."""
    if held - 1 < bound or not plain.length:
        return Proof(held)
    if len(plain.length) > MOST_TASKS:
        return Proof(bound)
    from ortools.sat.python import cp_model  # takes a second to load, and only a proof needs it

    model, starts, last = model_of(plain, held - 1, bound)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.interleave_search = True
    solver.parameters.random_seed = seed % (1 << 31)
    solver.parameters.max_deterministic_time = limit.deterministic
    with Watch(solver, limit.is_over):
        status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return Proof(held)
    proven = max(bound, min(held, round(solver.best_objective_bound)))
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Proof(proven if status == cp_model.FEASIBLE else solver.value(last), tuple(solver.value(start) for start in starts))
    return Proof(proven)


def model_of(plain: PlainProblem, most: int, bound: int) -> "tuple[cp_model.CpModel, list[cp_model.IntVar], cp_model.IntVar]":
    """Starts between head and tail, links, one cumulative constraint a resource."""
    from ortools.sat.python import cp_model  # as above

    model = cp_model.CpModel()
    last = model.new_int_var(bound, most, "")
    starts, spans = [], []
    for task, length in enumerate(plain.length):
        head, tail = int(plain.early[task]), int(plain.tail[task])
        start = model.new_int_var(head, most - tail - length, "")
        starts.append(start)
        spans.append(model.new_fixed_size_interval_var(start, length, ""))
        model.add(start + length + tail <= last)
    for before, after in plain.links:
        model.add(starts[before] + plain.length[before] <= starts[after])
    for resource, capacity in enumerate(plain.capacity):
        users = [task for task, length in enumerate(plain.length) if length and plain.demand[task][resource]]
        model.add_cumulative([spans[task] for task in users], [plain.demand[task][resource] for task in users], capacity)
    model.minimize(last)
    return model, starts, last


class Stoppable(Protocol):
    """A solver that can be told to stop."""

    def stop_search(self) -> object: ...


class Watch:
    """Stops a solver from another thread as soon as the caller's limit is reached."""

    def __init__(self, solver: Stoppable, is_over: Callable[[], bool]) -> None:
        self.solver, self.is_over = solver, is_over
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)

    def watch(self) -> None:
        while not self.done.is_set():
            if self.is_over():
                self.solver.stop_search()
            time.sleep(WATCH_SECONDS)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_error: object) -> None:
        self.done.set()
        self.thread.join()
