"""Run a model: the same model and seed give the same bits for any number of threads and blocks."""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from mainstay.engine.simulation.assembly import assembled, certain
from mainstay.engine.simulation.convergence import Convergence, play_until
from mainstay.engine.simulation.errors import SimulationError
from mainstay.engine.simulation.execution import Execution, Progress
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.portions import Spread
from mainstay.engine.simulation.result import SimulationResult
from mainstay.engine.simulation.schemes import Sampling, scheme_of
from mainstay.engine.simulation.translation import Translation, translate

__all__ = ["BLOCK", "MOST_ITERATIONS", "Progress", "available_threads", "certain", "check", "run", "run_translated"]

BLOCK: Final = 512
"""Iterations that one thread takes at a time: its rows then stay in the cache of a core."""
MOST_ITERATIONS: Final = 10_000_000


def run(
    model: SimulationModel,
    *,
    iterations: int = 10_000,
    seed: int = 1,
    threads: int | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    block: int = BLOCK,
    sampling: Sampling | str = Sampling.RANDOM,
    until: Convergence | None = None,
) -> SimulationResult:
    """Simulate a model.

    Parameters
    ----------
    model
        See `SimulationModel`.
    iterations
        1 to `MOST_ITERATIONS`.
    seed
        Any whole number from 0 that 64 bits hold.
    threads
        How many threads share the work; None is one a processor that this process may use.
    progress
        Told now and then how many iterations are done, from the calling thread.
    cancelled
        Asked now and then, from the calling thread; when it says so the run ends.
    block
        Iterations taken at a time, a multiple of 64. It changes the speed, never the result.
    sampling
        How the iterations are spread, see `Sampling`.
    until
        Go on until a percentile is known well enough, instead of for a number of ``iterations``, which is not looked at then.

    Raises
    ------
    CycleError, CalendarError
        A plan that cannot be scheduled.
    SimulationError
        Numbers out of range.
    Cancelled
        When `cancelled` said so.
    """
    return run_translated(
        model,
        translate(model),
        iterations=iterations,
        seed=seed,
        threads=threads,
        progress=progress,
        cancelled=cancelled,
        block=block,
        sampling=sampling,
        until=until,
    )


def run_translated(
    model: SimulationModel,
    translation: Translation,
    *,
    iterations: int,
    seed: int,
    threads: int | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    block: int = BLOCK,
    criticality: bool = True,
    sampling: Sampling | str = Sampling.RANDOM,
    until: Convergence | None = None,
    spread: Spread | None = None,
) -> SimulationResult:
    """Simulate a model that was translated before; without `criticality` a quarter faster. See `run`.

    With `spread` the work is done in portions, by whoever that hands them to; the numbers are those of this machine to the last bit.
    """
    check(iterations if until is None else until.most, seed, block)
    begun = time.perf_counter()
    shared = threads or available_threads()
    execution = Execution(model, translation, seed, scheme_of(sampling), shared, block, criticality, cancelled, spread)
    if until is None:
        results = execution.span(execution.draw(iterations), 0, iterations, progress)
        found = assembled(model, execution.translation, results, iterations, seed, shared, begun)
        return replace(found, sampling=execution.sampling.value)
    results, iterations, replicates, error = play_until(execution, until, progress)
    found = assembled(model, execution.translation, results, iterations, seed, shared, begun)
    return replace(found, sampling=execution.sampling.value, replicates=replicates, error_days=error, converged=error <= until.error_days)


def available_threads() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def check(iterations: int, seed: int, block: int, most: int = MOST_ITERATIONS) -> None:
    """Raise `SimulationError` for numbers out of range."""
    if not 1 <= iterations <= most:
        raise SimulationError(f"A run has 1 to {most:,} iterations, not {iterations:,}.")
    if not 0 <= seed < 1 << 64:
        raise SimulationError(f"The seed must be a whole number from 0 to {(1 << 64) - 1}, not {seed}.")
    if block < 64 or block % 64:
        raise SimulationError(f"A block has a multiple of 64 iterations, not {block}.")
