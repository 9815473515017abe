"""Random small problems, and every schedule of one tried in turn: the answer that levelling must find."""

import random
from itertools import permutations

from mainstay.engine.levelling.problem import PlainProblem


def random_problem(seed: int, tasks: int, resources: int = 2) -> PlainProblem:
    rnd = random.Random(seed)
    capacity = tuple(rnd.randint(3, 5) for _ in range(resources))
    return PlainProblem(
        length=tuple(rnd.randint(0, 5) for _ in range(tasks)),
        demand=tuple(tuple(rnd.randint(0, most) for most in capacity) for _ in range(tasks)),
        capacity=capacity,
        links=tuple((before, after) for after in range(tasks) for before in range(after) if rnd.random() < 0.25),
    )


def shortest(problem: PlainProblem) -> int:
    """The best over every order of the tasks, each placed as early as it fits, slot by slot. Some order gives an optimum."""
    tasks = range(len(problem.length))
    best = sum(problem.length)
    for order in permutations(tasks):
        place = {task: number for number, task in enumerate(order)}
        if all(place[before] < place[after] for before, after in problem.links):
            best = min(best, placed(problem, order))
    return best


def placed(problem: PlainProblem, order: tuple[int, ...]) -> int:
    used: dict[tuple[int, int], int] = {}
    finish: dict[int, int] = {}
    for task in order:
        length, row = problem.length[task], problem.demand[task]
        at = max((finish[before] for before, after in problem.links if after == task), default=0)
        while any(used.get((slot, k), 0) + amount > problem.capacity[k] for slot in range(at, at + length) for k, amount in enumerate(row)):
            at += 1
        for slot in range(at, at + length):
            for k, amount in enumerate(row):
                used[slot, k] = used.get((slot, k), 0) + amount
        finish[task] = at + length
    return max(finish.values(), default=0)
