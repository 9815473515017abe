"""Prints how good and how fast levelling is on problems made here: speed of the search, and makespans against the proven bound.

The problems of 120 are drawn by the parameters of the published set (``_problems``), one of some cells each; MAINSTAY_BENCH_CELLS says how
many of the 60 (4 unless said; each takes at most 5 CPU s).
"""

import os
import random
import sys
import time

from benchmarks._problems import CELLS, like_published
from mainstay.engine.levelling.plain_levelling import level_plain
from mainstay.engine.levelling.problem import PlainProblem
from mainstay.engine.levelling.search import Limits
from mainstay.engine.levelling.warm import warm

SIZES = ((30, 1.0), (60, 3.0), (300, 10.0))
"""Tasks of a problem and CPU seconds for it."""
EACH = 4
PUBLISHED, PUBLISHED_SECONDS = 120, 5.0
CHOSEN = int(os.environ.get("MAINSTAY_BENCH_CELLS", EACH))


def problem(size: int, seed: int) -> PlainProblem:
    """Tasks of one to ten slots, each after one to three of the twenty-five before it, four resources, of which each wants some."""
    rnd = random.Random(seed)
    links = {(rnd.randint(max(0, task - 25), task - 1), task) for task in range(1, size) for _ in range(rnd.randint(1, 3))}
    demand = tuple(tuple(rnd.randint(1, 10) if rnd.random() < 0.75 else 0 for _ in range(4)) for _ in range(size))
    capacity = tuple(max(12, round(0.06 * sum(row[k] for row in demand))) if size > 40 else 14 for k in range(4))
    return PlainProblem(tuple(rnd.randint(1, 10) for _ in range(size)), demand, capacity, tuple(sorted(links)))


def level(problems: list[PlainProblem], size: int, seconds: float) -> None:
    found = [level_plain(one, Limits(seconds=seconds)) for one in problems]
    gap = sum(one.state.gap for one in found) / len(found)
    proven = sum(one.state.best <= one.state.bound for one in found)
    speed = sum(one.state.lists for one in found) / sum(one.state.seconds for one in found)
    longer = sum(one.state.best / one.path - 1 for one in found) / len(found)
    print(f"{size} tasks, {seconds:g} CPU s: {proven} of {len(found)} proven optimal, mean gap to the bound {gap:.1f} %")
    print(f"    {speed:,.0f} lists a second, each justified; {longer:.0%} longer than the links alone")


def main() -> int:
    started = time.perf_counter()
    warm()
    print(f"warm: {time.perf_counter() - started:.2f} s")
    for size, seconds in SIZES:
        level([problem(size, seed) for seed in range(EACH)], size, seconds)
    step = max(len(CELLS) // CHOSEN, 1)
    level([like_published(PUBLISHED, cell, 1) for cell in CELLS[::step][:CHOSEN]], PUBLISHED, PUBLISHED_SECONDS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
