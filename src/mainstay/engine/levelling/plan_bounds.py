"""Bounds for a plan's problem, and the plain problem that it comes down to where all slots are equal."""

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.levelling.plan_problem import PlanProblem
from mainstay.engine.levelling.problem import PlainProblem


def least_value(made: PlanProblem) -> int:
    """No schedule has a smaller value: its last edge, or the last edge of each project by itself, each by its weight."""
    problem = made.problem
    if not problem.weight.size:
        return last_edge(made)
    return sum(int(weight) * last_edge(made, problem.group == project) for project, weight in enumerate(problem.weight))


def last_edge(made: PlanProblem, among: NDArray[np.bool_] | None = None) -> int:
    """No schedule's last finish lies before this edge: the latest early finish, and the work that each resource has to do; of all
    tasks, or of some."""
    problem, slots = made.problem, made.slots
    some = np.ones(problem.length.size, np.bool_) if among is None else among
    if not some.any():
        return 0
    done = slots.work[problem.calendar, problem.release] + problem.length
    finishes = [int(np.searchsorted(slots.work[row], minutes)) for row, minutes in zip(problem.calendar[some], done[some], strict=True)]
    rows = zip(finishes, problem.length[some], strict=True)
    bound = max([int(problem.release[some].max(initial=0)), *(edge for edge, length in rows if length)])
    if not slots.is_even:
        return min(bound, slots.count)
    for k in range(made.amounts.shape[1]):
        users = np.flatnonzero(made.amounts[:, k] * problem.length * some)
        if users.size:
            first = int(problem.release[users].min())
            needed = int((made.amounts[users, k] * problem.length[users]).sum()) // slots.step
            bound = max(bound, first + int(np.searchsorted(np.cumsum(made.free[first:, k]), needed)) + 1)
    return min(bound, slots.count)


def even_problem(made: PlanProblem) -> PlainProblem | None:
    """The problem in slots of one length, without what makes it harder (kinds of link, leads, dates, changing amounts): its bounds hold
    for the plan too. None where slots differ."""
    problem, slots = made.problem, made.slots
    if not slots.is_even:
        return None
    capacity = tuple(int(most) for most in made.free.max(axis=0, initial=0))
    length = problem.length // slots.step
    into = problem.into
    links = [
        (int(into.other[link]), task)
        for task in range(length.size)
        for link in range(int(into.first[task]), int(into.first[task + 1]))
        if (into.kind[link] == 0 and into.lag[link] >= 0) or (into.kind[link] == 2 and into.lag[link] >= 0 and length[task] == 0)
    ]
    return PlainProblem(tuple(length.tolist()), tuple(map(tuple, made.amounts.tolist())), capacity, tuple(links))
