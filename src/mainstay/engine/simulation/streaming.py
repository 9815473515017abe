"""Runs of any length in the same memory: finishes and costs are counted in bins as they come, and no sample is kept."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import MINUTES_PER_DAY
from mainstay.engine.simulation.assembly import instants_of, over_of, planned_of, shares_of
from mainstay.engine.simulation.errors import SimulationError
from mainstay.engine.simulation.execution import Execution, Progress
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.run import BLOCK, available_threads, check
from mainstay.engine.simulation.schemes import Sampling, scheme_of
from mainstay.engine.simulation.tables import Results
from mainstay.engine.simulation.tally import JointTally, Tally
from mainstay.engine.simulation.translation import Translation, translate

MOST_STREAMED: Final = 1_000_000_000
QUARTER: Final = 15
"""Minutes of a bin of finishes."""
CHUNK_BYTES: Final = 32 << 20
"""What the samples of one part of a run may take."""
COST_BINS: Final = 5_000
"""Bins over the range of costs that the first part of a run has."""


@dataclass(frozen=True)
class StreamedResult:
    """One run, counted.

    Attributes
    ----------
    projects, milestones
        Ids, in the order of the model.
    planned_finish, planned_money
        Without uncertainty and risks: instants by project, programme and milestones; money by project.
    criticality, criticality_in_project, occurred
        Shares of the iterations, exact.
    joint
        Finish and cost of the programme together, by days and hundredths of the range of cost.
    seconds, threads
        Time of the run by the clock, and how many threads shared it.
    """

    projects: tuple[str, ...]
    milestones: tuple[str, ...]
    iterations: int
    seed: int
    sampling: str
    planned_finish: NDArray[np.int64] = field(repr=False)
    planned_money: NDArray[np.float64] = field(repr=False)
    criticality: Mapping[str, float] = field(repr=False)
    criticality_in_project: Mapping[str, float] = field(repr=False)
    occurred: Mapping[str, float] = field(repr=False)
    finishes: tuple[Tally, ...] = field(repr=False)
    costs: tuple[Tally, ...] = field(repr=False)
    joint: JointTally = field(repr=False)
    seconds: float
    threads: int

    def finish_of(self, name: str | None = None) -> Tally:
        """Instants (minutes since 1970) at which a project or milestone finished, by quarters of an hour; None is the programme."""
        names = (*self.projects, None, *self.milestones)
        if name not in names:
            raise SimulationError(f"The run has neither a project nor a milestone {name}; ask for one that its model names.")
        return self.finishes[names.index(name)]

    def cost_of(self, name: str | None = None) -> Tally:
        """What a project cost; None is the programme."""
        return self.costs[-1 if name is None else self.projects.index(name)]

    def within(self, instant: float, amount: float) -> float:
        """Share of the iterations in which the programme finished by an instant and cost no more than an amount, by whole bins."""
        return self.joint.share_within(instant, amount)


def run_streamed(
    model: SimulationModel,
    *,
    iterations: int,
    seed: int = 1,
    threads: int | None = None,
    sampling: Sampling | str = Sampling.RANDOM,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    block: int = BLOCK,
    translation: Translation | None = None,
) -> StreamedResult:
    """Simulate a model as ``run`` does, with the same numbers, and keep counts alone: memory does not grow with the iterations.

    Raises
    ------
    SimulationError
        Numbers out of range; `MOST_STREAMED` iterations at most.
    """
    check(iterations, seed, block, MOST_STREAMED)
    begun = time.perf_counter()
    shared = threads or available_threads()
    execution = Execution(model, translation or translate(model), seed, scheme_of(sampling), shared, block, True, cancelled)
    draw = execution.draw(iterations)
    counted = Counted(execution)
    size = counted.chunk(block, shared)
    for first in range(0, iterations, size):
        count = min(size, iterations - first)
        counted.take(execution.span(draw, first, count, progress), count)
    return counted.result(iterations, shared, time.perf_counter() - begun)


@dataclass(slots=True)
class Counted:
    """The counts of a run as they grow."""

    execution: Execution
    finishes: list[Tally] = field(default_factory=list)
    costs: list[Tally] = field(default_factory=list)
    joint: JointTally | None = None
    critical: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    critical_in_project: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    occurred: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))

    def chunk(self, block: int, threads: int) -> int:
        """Iterations of one part: whole blocks, some for each thread."""
        rows = len(self.execution.translation.row_calendar)
        width = 24 * rows + 16 * (self.execution.accounts + 1)
        return max(CHUNK_BYTES // width // block, 4 * threads) * block

    def take(self, results: Results, count: int) -> None:
        """Count one part."""
        over = over_of(self.execution.model)
        rows = []
        for row in range(results.finish.shape[0]):
            values = instants_of(self.execution.translation, row, results.finish[row, :count])
            rows.append(np.full_like(values, over[row]) if row in over else values)
        money = [*results.money[:, :count], results.money[:, :count].sum(axis=0)] if self.execution.accounts else []
        if not self.finishes:
            self._begin(rows, money, results)
        for tally, values in zip(self.finishes, rows, strict=True):
            tally.add(values)
        for tally, amounts in zip(self.costs, money or [np.zeros(count)] * len(self.costs), strict=True):
            tally.add(amounts)
        programme = rows[len(self.execution.model.plan.projects)]
        if self.joint is not None:
            self.joint.add(programme, money[-1] if money else np.zeros(count))
        self.critical = self.critical + results.critical
        self.critical_in_project = self.critical_in_project + results.critical_in_project
        self.occurred = self.occurred + results.occurred

    def _begin(self, rows: list[NDArray[np.int64]], money: list[NDArray[np.float64]], results: Results) -> None:
        """Bins of costs follow the range of the first part."""
        self.finishes = [Tally(QUARTER) for _ in rows]
        widths = [max(float(np.ptp(values)) / COST_BINS, 1e-6) for values in money]
        self.costs = [Tally(width) for width in widths] or [Tally(1.0) for _ in range(len(self.execution.model.plan.projects) + 1)]
        self.joint = JointTally((MINUTES_PER_DAY, widths[-1] * COST_BINS / 100 if widths else 1.0))
        self.critical, self.critical_in_project = np.zeros_like(results.critical), np.zeros_like(results.critical)
        self.occurred = np.zeros_like(results.occurred)

    def result(self, iterations: int, threads: int, seconds: float) -> StreamedResult:
        model, translation = self.execution.model, self.execution.translation
        planned_finish, planned_money = planned_of(model, translation)
        return StreamedResult(
            projects=tuple(project.id for project in model.plan.projects),
            milestones=model.milestones,
            iterations=iterations,
            seed=self.execution.seed,
            sampling=self.execution.sampling.value,
            planned_finish=planned_finish,
            planned_money=planned_money,
            criticality=shares_of(model, translation, self.critical, iterations),
            criticality_in_project=shares_of(model, translation, self.critical_in_project, iterations),
            occurred={risk.id: float(self.occurred[k] / iterations) for k, risk in enumerate(model.risks)},
            finishes=tuple(self.finishes),
            costs=tuple(self.costs),
            joint=self.joint or JointTally((1.0, 1.0)),
            seconds=seconds,
            threads=threads,
        )
