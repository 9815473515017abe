"""Plays iterations: blocks of them on several threads, with the tables that reach far enough ahead."""

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from mainstay.engine.calendar_table import MINUTES_PER_DAY
from mainstay.engine.simulation.errors import Cancelled, SimulationError
from mainstay.engine.simulation.kernels import run_block
from mainstay.engine.simulation.memory import empty_results, lanes_of, working_memory
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.portions import COUNTS, PortionRun, Spread, spread_out
from mainstay.engine.simulation.price_tables import grown
from mainstay.engine.simulation.schemes import Draw, Sampling, draw_of
from mainstay.engine.simulation.sobol_places import with_dimensions
from mainstay.engine.simulation.spells import weather_table
from mainstay.engine.simulation.tables import Results, WorkingMemory
from mainstay.engine.simulation.translation import Translation, maps_of

LONGEST_HORIZON: Final = 400 * 366 * MINUTES_PER_DAY

Progress = Callable[[int], None]


@dataclass(slots=True)
class Execution:
    """A model being played; spans of iterations may be asked for in any order and always come out the same.

    With ``spread`` the work is done in portions, by whoever that hands them to; the numbers are those of this machine to the last bit.
    """

    model: SimulationModel
    translation: Translation
    seed: int
    sampling: Sampling
    threads: int
    block: int
    criticality: bool = True
    cancelled: Callable[[], bool] | None = None
    spread: Spread | None = None
    dimensions: int = 0
    _memories: list[WorkingMemory] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.sampling is Sampling.SOBOL:
            tables, self.dimensions = with_dimensions(self.model, self.translation.tables)
            self.translation = replace(self.translation, tables=tables)
        if self.translation.zones:
            self._look(self.translation.horizon)

    @property
    def accounts(self) -> int:
        return len(self.model.plan.projects) if self.model.has_cost else 0

    def draw(self, iterations: int, first: int = 0, replicate: int = 0) -> Draw:
        """How the numbers of some iterations are spread over them."""
        return draw_of(self.seed, self.sampling, iterations, self.dimensions, first, replicate)

    def span(self, draw: Draw, first: int, count: int, progress: Progress | None = None) -> Results:
        """Play iterations ``first`` (a multiple of the block) to ``first + count``; the results have whole blocks of columns."""
        while True:
            results, beyond = self._blocks(draw, first, count, progress)
            if not beyond:
                return results
            self.look_farther()

    def look_farther(self) -> None:
        """Tabulate twice as far ahead, since values lay beyond; raises `SimulationError` where that ends nowhere."""
        if self.translation.horizon >= LONGEST_HORIZON:
            raise SimulationError("Some iterations last for centuries; correct the distributions of the longest durations.")
        self._look(self.translation.horizon * 2)

    def _look(self, horizon: int) -> None:
        """Tabulate calendars, weather and prices this many minutes ahead."""
        self.translation = looking(self.model, self.translation, horizon, self.seed)

    def _blocks(self, draw: Draw, first: int, count: int, progress: Progress | None) -> tuple[Results, int]:
        """Play all blocks; returns the results and how many values lay beyond the tables."""
        tables, slots = self.translation.tables, self.translation.slots
        block = lanes_of(tables, slots, self.block, self.criticality)
        if self.spread is not None:
            run = PortionRun(tables, slots, self.accounts, first, count, draw, block, self.criticality)
            return spread_out(run, self.spread, progress, self.cancelled)
        number_of_blocks = -(-count // block)
        whole = empty_results(tables, self.accounts, number_of_blocks * block)
        workers = min(self.threads, number_of_blocks)
        while len(self._memories) < workers:
            self._memories.append(working_memory(tables, slots, block))
        counts = [whole._replace(**{name: np.zeros_like(getattr(whole, name)) for name in COUNTS}) for _ in range(workers)]

        def work(worker: int, begin: int, end: int) -> tuple[int, int, int]:
            outside = 0
            for number in range(begin, end):
                column = number * block
                group, valid = (first + column) // 64, min(block, count - column)
                memory, kept = self._memories[worker], counts[worker]
                outside += run_block(tables, draw, group, column, valid, self.criticality, memory, kept)
            return worker, min(end * block, count) - begin * block, outside

        beyond = 0
        for done, outside in shared_out(work, number_of_blocks, workers, self.cancelled):
            beyond += outside
            if beyond:
                return whole, beyond
            if progress is not None:
                progress(first + done)
        for name in COUNTS:
            getattr(whole, name)[...] = sum(getattr(part, name) for part in counts)
        return whole, 0


def looking(model: SimulationModel, translation: Translation, horizon: int, seed: int) -> Translation:
    """Return the translation with calendars, weather and prices tabulated this many minutes ahead."""
    clock, tables = translation.clock, translation.tables
    tables = tables._replace(
        maps=maps_of(clock, translation.map_pairs, horizon) if horizon != translation.horizon else tables.maps,
        weather=weather_table(model.weather, tables.weather.key, translation.zones, clock, horizon, seed),
        prices=grown(tables.prices, model.inflation, translation.priced, clock, horizon),
    )
    return replace(translation, tables=tables, horizon=horizon)


def shared_out(
    work: Callable[[int, int, int], tuple[int, int, int]], blocks: int, workers: int, cancelled: Callable[[], bool] | None
) -> Iterator[tuple[int, int]]:
    """Hand out blocks to the threads; yields how many iterations are done and how many values lay beyond the maps since the last."""
    step = max(1, min(8, blocks // (4 * workers)))
    waiting = iter(range(0, blocks, step))
    done = 0
    with ThreadPoolExecutor(workers, "simulation") as pool:
        running: set[Future[tuple[int, int, int]]] = set()
        try:
            for worker, first in zip(range(workers), waiting, strict=False):
                running.add(pool.submit(work, worker, first, min(first + step, blocks)))
            while running:
                ready, running = wait(running, return_when=FIRST_COMPLETED)
                if cancelled is not None and cancelled():
                    raise Cancelled("The run was stopped before it was complete; nothing of it was kept.")
                for future in ready:
                    worker, iterations, outside = future.result()
                    done += iterations
                    yield done, outside
                    following = next(waiting, None)
                    if following is not None:
                        running.add(pool.submit(work, worker, following, min(following + step, blocks)))
        finally:
            for future in running:
                future.cancel()
