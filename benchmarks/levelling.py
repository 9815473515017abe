"""Prints how good and how fast levelling is on problems made here: speed of the search, and makespans against the proven bound."""

import random
import sys
import time

from mainstay.engine.levelling.plain_levelling import level_plain
from mainstay.engine.levelling.problem import PlainProblem
from mainstay.engine.levelling.search import Limits
from mainstay.engine.levelling.warm import warm

SIZES = ((30, 1.0), (60, 3.0), (120, 5.0), (300, 10.0))
"""Tasks of a problem and CPU seconds for it."""
EACH = 4


def problem(size: int, seed: int) -> PlainProblem:
    """Tasks of one to ten slots, each after one to three of the twenty-five before it, four resources, of which each wants some."""
    rnd = random.Random(seed)
    links = {(rnd.randint(max(0, task - 25), task - 1), task) for task in range(1, size) for _ in range(rnd.randint(1, 3))}
    demand = tuple(tuple(rnd.randint(1, 10) if rnd.random() < 0.75 else 0 for _ in range(4)) for _ in range(size))
    capacity = tuple(max(12, round(0.06 * sum(row[k] for row in demand))) if size > 40 else 14 for k in range(4))
    return PlainProblem(tuple(rnd.randint(1, 10) for _ in range(size)), demand, capacity, tuple(sorted(links)))


def main() -> int:
    started = time.perf_counter()
    warm()
    print(f"warm: {time.perf_counter() - started:.2f} s")
    for size, seconds in SIZES:
        found = [level_plain(problem(size, seed), Limits(seconds=seconds)) for seed in range(EACH)]
        gap = sum(one.state.gap for one in found) / EACH
        proven = sum(one.state.best <= one.state.bound for one in found)
        speed = sum(one.state.lists for one in found) / sum(one.state.seconds for one in found)
        longer = sum(one.state.best / one.path - 1 for one in found) / EACH
        print(f"{size} tasks, {seconds:g} CPU s: {proven} of {EACH} proven optimal, mean gap to the bound {gap:.1f} %")
        print(f"    {speed:,.0f} lists a second, each justified; {longer:.0%} longer than the links alone")
    return 0


if __name__ == "__main__":
    sys.exit(main())
