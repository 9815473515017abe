"""What a run would take before it is begun: so that a million iterations by mistake are told, and not found out."""

import time
from dataclasses import dataclass
from typing import Final

from mainstay.engine.simulation.execution import Execution
from mainstay.engine.simulation.memory import working_memory
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.run import BLOCK, available_threads, check
from mainstay.engine.simulation.schemes import Sampling, scheme_of
from mainstay.engine.simulation.streaming import CHUNK_BYTES, MOST_STREAMED
from mainstay.engine.simulation.translation import Translation, translate

TRIALS: Final = 3


@dataclass(frozen=True, slots=True)
class Estimate:
    """Seconds by the clock and bytes of memory that a run takes, by a trial of a few blocks on this machine."""

    iterations: int
    threads: int
    seconds: float
    bytes: int
    streamed_bytes: int

    def __str__(self) -> str:
        if self.seconds < 90:
            duration = f"{max(self.seconds, 0.1):.1f} seconds"
        else:
            duration = f"{self.seconds / 60:.0f} minutes" if self.seconds < 5_400 else f"{self.seconds / 3600:.1f} hours"
        size = f"{self.bytes / 1e9:.1f} GB" if self.bytes >= 1e9 else f"{max(self.bytes / 1e6, 1):.0f} MB"
        return f"{self.iterations:,} iterations take about {duration} and {size} of memory on {self.threads} threads."


def estimate(
    model: SimulationModel,
    iterations: int,
    *,
    threads: int | None = None,
    sampling: Sampling | str = Sampling.RANDOM,
    translation: Translation | None = None,
) -> Estimate:
    """Estimate a run of ``iterations``; raises what translating the model raises."""
    check(iterations, 0, BLOCK, MOST_STREAMED)
    shared = threads or available_threads()
    execution = Execution(model, translation or translate(model), 0, scheme_of(sampling), 1, BLOCK)
    draw = execution.draw(BLOCK)
    execution.span(draw, 0, BLOCK)
    best = float("inf")
    for _ in range(TRIALS):
        begun = time.perf_counter()
        execution.span(draw, 0, BLOCK)
        best = min(best, time.perf_counter() - begun)
    tables, rows = execution.translation.tables, len(execution.translation.row_calendar)
    own = sum(array.nbytes for array in working_memory(tables, execution.translation.slots, BLOCK))
    fixed = own * shared + sum(array.nbytes for part in (tables.nodes, tables.edges, tables.maps) for array in part)
    # Finishes in 32 bits, instants of milestones in 64, money in double precision; reading percentiles sorts a copy.
    each = 4 * rows + 8 * len(model.milestones) + 8 * max(execution.accounts, len(model.plan.projects)) + 16
    return Estimate(
        iterations=iterations,
        threads=shared,
        seconds=best * -(-iterations // BLOCK) / min(shared, available_threads()),
        bytes=fixed + each * iterations,
        streamed_bytes=fixed + min(3 * CHUNK_BYTES, each * iterations),
    )
