"""A run cut into portions that other machines can work out: each gives the same bits wherever and whenever it is done."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from mainstay.engine.simulation.errors import Cancelled
from mainstay.engine.simulation.kernels import run_block
from mainstay.engine.simulation.memory import empty_results, working_memory
from mainstay.engine.simulation.schemes import Draw
from mainstay.engine.simulation.tables import ModelTables, Results

COUNTS: Final = ("critical", "critical_in_project", "occurred")
"""The results that are added up over all iterations; the others have a column for each."""
LEAST_VALUES: Final = 4_000_000
"""Activity-iterations of a portion at least: several milliseconds of work, so that sending it does not cost more."""


@dataclass(frozen=True, slots=True)
class Portion:
    """What one portion of a run left: columns of its own iterations, counts over them, values beyond the calendar maps."""

    first: int
    results: Results
    beyond: int


@dataclass(frozen=True, slots=True)
class PortionRun:
    """All that is sent to whoever works out portions: the translated model's arrays and the numbers of the run. It can be pickled.

    The iterations are ``first`` (a multiple of 64) to ``first + iterations``.
    """

    tables: ModelTables
    slots: int
    accounts: int
    first: int
    iterations: int
    draw: Draw
    block: int
    criticality: bool

    @property
    def blocks(self) -> int:
        """How many blocks of iterations the run has."""
        return -(-self.iterations // self.block)

    def stretches(self, workers: int) -> list[tuple[int, int]]:
        """Cut the blocks into stretches, first block and the one after the last: several a worker, none of them tiny."""
        nodes = self.tables.nodes.slot.size
        least = max(1, LEAST_VALUES // max(nodes * self.block, 1))
        step = max(least, -(-self.blocks // (8 * max(workers, 1))))
        return [(first, min(first + step, self.blocks)) for first in range(0, self.blocks, step)]

    def portion(self, first: int, last: int) -> Portion:
        """Work out the blocks from `first` up to `last`, which is not among them."""
        results = empty_results(self.tables, self.accounts, (last - first) * self.block)
        memory = working_memory(self.tables, self.slots, self.block)
        beyond = 0
        for number in range(first, last):
            valid = min(self.block, self.iterations - number * self.block)
            group, column = (self.first + number * self.block) // 64, (number - first) * self.block
            beyond += run_block(self.tables, self.draw, group, column, valid, self.criticality, memory, results)
        return Portion(first, results, beyond)


class Spread(Protocol):
    """Has the portions of a run worked out somewhere, and yields each once, in any order."""

    def __call__(self, run: PortionRun) -> Iterable[Portion]: ...


def spread_out(
    run: PortionRun, spread: Spread, progress: Callable[[int], None] | None, cancelled: Callable[[], bool] | None
) -> tuple[Results, int]:
    """Have a run worked out in portions; returns the results and how many values lay beyond the calendar maps."""
    whole = empty_results(run.tables, run.accounts, run.blocks * run.block)
    done = 0
    portions = iter(spread(run))
    for portion in portions:
        if cancelled is not None and cancelled():
            close(portions)
            raise Cancelled("The run was stopped before it was complete; nothing of it was kept.")
        if portion.beyond:
            close(portions)
            return whole, portion.beyond
        column, count = portion.first * run.block, portion.results.finish.shape[1]
        whole.finish[:, column : column + count] = portion.results.finish
        whole.money[:, column : column + count] = portion.results.money
        for name in COUNTS:
            np.add(getattr(whole, name), getattr(portion.results, name), out=getattr(whole, name))
        done += min(count, run.iterations - column)
        if progress is not None:
            progress(run.first + done)
    return whole, 0


def close(portions: Iterator[Portion]) -> None:
    """Let a generator of portions give back what it holds elsewhere; other iterators hold nothing."""
    end = getattr(portions, "close", None)
    if end is not None:
        end()
