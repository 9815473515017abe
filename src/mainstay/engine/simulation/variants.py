"""Variants of one model played side by side: what is drawn for durations is drawn once and used by all of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np

from mainstay.engine.simulation.execution import Execution, shared_out
from mainstay.engine.simulation.kernels import run_block
from mainstay.engine.simulation.memory import empty_results, working_memory
from mainstay.engine.simulation.result import Sample
from mainstay.engine.simulation.tables import DRAW, KEEP, REUSE, ModelTables

TOGETHER: Final = 15
"""Variants beside the model itself that share one drawing: more would save little, and be told of late."""
KEPT_BYTES: Final = 8 << 20
"""What the durations of a block may take: more lanes at once would only wait for memory."""
MOST_BYTES: Final = 128 << 20
"""Networks whose smallest block takes more draw anew for each variant."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Instants (minutes since 1970) at which the programme finished and what it cost, iteration by iteration."""

    finish: Sample
    cost: Sample


def each_end(execution: Execution, variants: Iterable[ModelTables], iterations: int) -> Iterator[Ends]:
    """Yield the ends of the programme for the execution's model itself, then for each of its variants.

    A variant may leave out risks, causes and uncertainty; the same numbers as in a run of its own come out.
    """
    waiting = iter(variants)
    whole = execution.translation.tables
    chunk = list(islice(waiting, TOGETHER))
    yield from _together(execution, [whole, *chunk], iterations)
    while chunk := list(islice(waiting, TOGETHER)):
        yield from _together(execution, [whole, *chunk], iterations)[1:]


def _together(execution: Execution, variants: Sequence[ModelTables], iterations: int) -> list[Ends]:
    while True:
        found, beyond = _blocks(execution, variants, iterations)
        if not beyond:
            return found
        execution.look_farther()


def _blocks(execution: Execution, variants: Sequence[ModelTables], iterations: int) -> tuple[list[Ends], int]:
    """Play all blocks of all variants; returns their ends and how many values lay beyond the tables."""
    reached = execution.translation.tables
    variants = [one._replace(maps=reached.maps, weather=reached.weather, prices=reached.prices) for one in variants]
    drawn = int((reached.nodes.sample >= 0).sum())
    block = max(64, min(512, KEPT_BYTES // max(4 * drawn, 1) // 64 * 64))
    shared = 4 * drawn * block <= MOST_BYTES
    number = -(-iterations // block)
    programme, accounts = len(execution.model.plan.projects), execution.accounts
    finish = np.zeros((len(variants), number * block), np.int64)
    cost = np.zeros((len(variants), number * block))
    workers = min(execution.threads, number)
    slots = execution.translation.slots
    memories = [working_memory(reached, slots, block, drawn if shared else 0) for _ in range(workers)]
    draw = execution.draw(iterations)

    def work(worker: int, begin: int, end: int) -> tuple[int, int, int]:
        outside = 0
        for column in range(begin * block, end * block, block):
            valid = min(block, iterations - column)
            for place, one in enumerate(variants):
                memory = memories[worker]
                memory.keeping[0] = (REUSE if place else KEEP) if shared else DRAW
                results = empty_results(one, accounts, block)
                outside += run_block(one, draw, column // 64, 0, valid, False, memory, results)
                finish[place, column : column + block] = results.finish[programme]
                cost[place, column : column + block] = results.money.sum(axis=0)
        return worker, min(end * block, iterations) - begin * block, outside

    for _, beyond in shared_out(work, number, workers, execution.cancelled):
        if beyond:
            return [], beyond
    origin = execution.translation.clock.origin
    return [Ends(Sample(minutes[:iterations] + origin), Sample(money[:iterations])) for minutes, money in zip(finish, cost, strict=True)], 0
