"""Run a model: blocks of iterations on several threads. The same model and seed give the same bits for any number of threads and blocks."""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import ELAPSED, MINUTES_PER_DAY
from mainstay.engine.simulation.errors import Cancelled, SimulationError
from mainstay.engine.simulation.kernels import run_block
from mainstay.engine.simulation.memory import empty_results, working_memory
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.portions import COUNTS, PortionRun, Spread, spread_out
from mainstay.engine.simulation.random import round_keys
from mainstay.engine.simulation.result import SimulationResult, planned_amount
from mainstay.engine.simulation.tables import ModelTables, Results
from mainstay.engine.simulation.translation import Translation, maps_of, translate

BLOCK: Final = 512
"""Iterations that one thread takes at a time: its rows then stay in the cache of a core."""
MOST_ITERATIONS: Final = 10_000_000
LONGEST_HORIZON: Final = 400 * 366 * MINUTES_PER_DAY

Progress = Callable[[int], None]


def run(
    model: SimulationModel,
    *,
    iterations: int = 10_000,
    seed: int = 1,
    threads: int | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    block: int = BLOCK,
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
        model, translate(model), iterations=iterations, seed=seed, threads=threads, progress=progress, cancelled=cancelled, block=block
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
    spread: Spread | None = None,
) -> SimulationResult:
    """Simulate a model that was translated before; without `criticality` a quarter faster. See `run`.

    With `spread` the work is done in portions, by whoever that hands them to; the numbers are those of this machine to the last bit.
    """
    _check(iterations, seed, block)
    begun = time.perf_counter()
    shared = threads or available_threads()
    accounts = len(model.plan.projects) if model.has_cost else 0
    while True:
        if spread is not None:
            portions = PortionRun(translation.tables, translation.slots, accounts, iterations, seed, block, criticality)
            results, beyond = spread_out(portions, spread, progress, cancelled)
        else:
            results, beyond = _blocks(translation, accounts, iterations, seed, shared, progress, cancelled, block, criticality)
        if not beyond:
            break
        if translation.horizon >= LONGEST_HORIZON:
            raise SimulationError("Some iterations last for centuries; correct the distributions of the longest durations.")
        horizon = translation.horizon * 2
        maps = maps_of(translation.clock, translation.map_pairs, horizon)
        translation = replace(translation, tables=translation.tables._replace(maps=maps), horizon=horizon)
    return _result(model, translation, results, iterations, seed, shared, begun)


def available_threads() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _check(iterations: int, seed: int, block: int) -> None:
    if not 1 <= iterations <= MOST_ITERATIONS:
        raise SimulationError(f"A run has 1 to {MOST_ITERATIONS:,} iterations, not {iterations:,}.")
    if not 0 <= seed < 1 << 64:
        raise SimulationError(f"The seed must be a whole number from 0 to {(1 << 64) - 1}, not {seed}.")
    if block < 64 or block % 64:
        raise SimulationError(f"A block has a multiple of 64 iterations, not {block}.")


def _blocks(
    translation: Translation,
    accounts: int,
    iterations: int,
    seed: int,
    threads: int,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
    block: int,
    criticality: bool,
) -> tuple[Results, int]:
    """Run all blocks; returns the results and how many values lay beyond the calendar maps."""
    tables, keys = translation.tables, round_keys(seed)
    count = -(-iterations // block)
    whole = empty_results(tables, accounts, count * block)
    workers = min(threads, count)
    memories = [working_memory(tables, translation.slots, block) for _ in range(workers)]
    counts = [whole._replace(**{name: np.zeros_like(getattr(whole, name)) for name in COUNTS}) for _ in range(workers)]
    beyond = 0

    def work(worker: int, first: int, last: int) -> tuple[int, int, int]:
        outside = 0
        for number in range(first, last):
            valid = min(block, iterations - number * block)
            outside += run_block(tables, keys, number * block // 64, number * block, valid, criticality, memories[worker], counts[worker])
        return worker, min(last * block, iterations) - first * block, outside

    for done, outside in _shared_out(work, count, workers, cancelled):
        beyond += outside
        if beyond:
            return whole, beyond
        if progress is not None:
            progress(done)
    for name in COUNTS:
        getattr(whole, name)[...] = sum(getattr(part, name) for part in counts)
    return whole, 0


def _shared_out(
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


def _result(
    model: SimulationModel, translation: Translation, results: Results, iterations: int, seed: int, threads: int, begun: float
) -> SimulationResult:
    plan, clock, position = model.plan, translation.clock, translation.position
    projects = tuple(project.id for project in plan.projects)
    planned_row = certain_finish(translation, len(projects) if model.has_cost else 0)
    finish = results.finish[:, :iterations]
    planned = np.array([int(_instants(translation, row, planned_row[row : row + 1])[0]) for row in range(finish.shape[0])], np.int64)
    milestones = range(len(projects) + 1, finish.shape[0])
    instants = {row: _instants(translation, row, finish[row]) for row in milestones}
    for row, name in zip(milestones, model.milestones, strict=True):
        ended = plan.activities[plan.index[name]].actual_finish
        if ended is not None:  # what is over waits for those before it, but keeps its finish
            planned[row] = ended
            instants[row] = np.full_like(instants[row], ended)
    money, planned_money = _money(model, translation, results, finish, planned, iterations)
    shares = results.critical / iterations
    own = results.critical_in_project / iterations
    named = [(activity.id, int(place)) for activity, place in zip(plan.activities, position, strict=True) if place >= 0]
    return SimulationResult(
        projects=projects,
        milestones=model.milestones,
        iterations=iterations,
        seed=seed,
        origin=clock.origin,
        finish=finish,
        planned_finish=planned,
        money=money,
        planned_money=planned_money,
        criticality={name: float(shares[place]) for name, place in named},
        criticality_in_project={name: float(own[place]) for name, place in named},
        occurred={risk.id: float(results.occurred[k] / iterations) for k, risk in enumerate(model.risks)},
        instants_of=instants,
        seconds=time.perf_counter() - begun,
        threads=threads,
        activities=len(plan.activities),
        links=len(plan.links),
    )


def certain(tables: ModelTables) -> ModelTables:
    """Return the tables with every duration as planned and no risk."""
    risks = tables.risks
    none = np.zeros_like(risks.given)
    return tables._replace(
        nodes=tables.nodes._replace(sample=np.full_like(tables.nodes.sample, -1)),
        risks=risks._replace(given=none, otherwise=none, cause_threshold=np.zeros_like(risks.cause_threshold)),
    )


def certain_finish(translation: Translation, accounts: int) -> NDArray[np.int32]:
    """Minutes of each monitored finish without uncertainty and risks."""
    tables = certain(translation.tables)
    results = empty_results(tables, accounts, 64)
    run_block(tables, round_keys(0), 0, 0, 1, False, working_memory(tables, translation.slots, 64), results)
    return results.finish[:, 0]


def _instants(translation: Translation, row: int, minutes: NDArray[np.int32]) -> NDArray[np.int64]:
    calendar = int(translation.row_calendar[row])
    if calendar == ELAPSED:
        return minutes.astype(np.int64) + translation.clock.origin
    return translation.clock.instants(calendar, minutes.astype(np.int64))


def _money(
    model: SimulationModel,
    translation: Translation,
    results: Results,
    finish: NDArray[np.int32],
    planned: NDArray[np.int64],
    iterations: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Money per project and iteration, and as planned: at the most likely value of each uncertain item."""
    money = results.money[:, :iterations]
    number, project, origin = model.plan.arrays.project_numbers, model.plan.arrays.activities.project, translation.clock.origin
    planned_money = np.zeros(len(model.plan.projects))
    if not model.has_cost:
        return np.zeros((len(model.plan.projects), iterations)), planned_money
    for rate in model.activity_rates:
        index = model.plan.index[rate.activity]
        place = translation.position[index]
        if place >= 0:
            planned_money[project[index]] += rate.per_minute * float(translation.tables.nodes.duration[place])
    for item in model.items:
        planned_money[number[item.project]] += planned_amount(item.amount)
    for charge in model.project_rates:
        row = number[charge.project]
        days = (finish[row].astype(np.float64) + (origin - charge.since)) / MINUTES_PER_DAY
        money[row] += charge.per_day * np.maximum(days, 0.0)
        planned_money[row] += charge.per_day * max(0.0, (int(planned[row]) - charge.since) / MINUTES_PER_DAY)
    return money, planned_money
