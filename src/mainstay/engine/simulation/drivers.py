"""What each risk, shared cause and group of uncertain durations adds: the run repeated without it on the same random numbers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import MINUTES_PER_DAY
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.result import Sample
from mainstay.engine.simulation.run import Progress, run_translated
from mainstay.engine.simulation.tables import ModelTables
from mainstay.engine.simulation.translation import Translation, translate

BATCHES: Final = 20
"""Parts of the iterations by which the standard error of a difference is estimated."""


class DriverKind(StrEnum):
    RISK = "risk"
    CAUSE = "cause"
    UNCERTAINTY = "uncertainty"
    ALL_RISKS = "all_risks"
    ALL_UNCERTAINTY = "all_uncertainty"


@dataclass(frozen=True, slots=True)
class Driver:
    """What the programme's percentile loses without one item: days by the clock and money, each with its standard error.

    Positive where the item costs us that much, negative for an opportunity. ``mean_days`` and ``mean_money`` are the same for the means.
    """

    kind: DriverKind
    id: str
    days: float
    days_error: float
    mean_days: float
    money: float
    money_error: float
    mean_money: float


def drivers(
    model: SimulationModel,
    *,
    iterations: int = 4096,
    seed: int = 1,
    percent: float = 80.0,
    threads: int | None = None,
    translation: Translation | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Driver, ...]:
    """Leave out one item after the other and run the whole network again.

    Parameters
    ----------
    percent
        Which percentile of the programme's finish and cost is compared.
    progress
        Told how many items are done.

    Returns
    -------
    tuple of Driver
        All risks together, all uncertainty of durations together, then every cause, risk and group, in the order of the model.

    Notes
    -----
    Leaving out a shared cause means that it never fires; its risks then occur on their own with what is left of their probability.
    Numbers are drawn by entity and iteration, so that both runs see the same draws of everything else, and the difference has a far
    smaller error than either of its sides. That error is estimated from the differences within `BATCHES` parts of the iterations.
    """
    ready = translation or translate(model)

    def samples(tables: ModelTables) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        found = run_translated(
            model,
            replace(ready, tables=tables),
            iterations=iterations,
            seed=seed,
            threads=threads,
            cancelled=cancelled,
            criticality=False,
        )
        return found.finish_of().values, found.cost_of().values

    finish, cost = samples(ready.tables)
    made = []
    for done, (kind, name, tables) in enumerate(_without(model, ready)):
        other_finish, other_cost = samples(tables)
        days, days_error, mean_days = (value / MINUTES_PER_DAY for value in _difference(finish, other_finish, percent))
        made.append(Driver(kind, name, days, days_error, mean_days, *_difference(cost, other_cost, percent)))
        if progress is not None:
            progress(done + 1)
    return tuple(made)


def driver_count(model: SimulationModel, translation: Translation) -> int:
    """How many items `drivers` goes through."""
    return sum(1 for _ in _without(model, translation))


def _without(model: SimulationModel, translation: Translation) -> Iterator[tuple[DriverKind, str, ModelTables]]:
    tables = translation.tables
    risks, nodes = tables.risks, tables.nodes
    if model.risks:
        none = np.zeros_like(risks.given)
        yield DriverKind.ALL_RISKS, "", tables._replace(risks=risks._replace(given=none, otherwise=none))
    if (nodes.sample >= 0).any():
        yield DriverKind.ALL_UNCERTAINTY, "", tables._replace(nodes=nodes._replace(sample=np.full_like(nodes.sample, -1)))
    for k, cause in enumerate(model.causes):
        threshold = risks.cause_threshold.copy()
        threshold[k] = 0
        yield DriverKind.CAUSE, cause.id, tables._replace(risks=risks._replace(cause_threshold=threshold))
    for k, risk in enumerate(model.risks):
        given, otherwise = risks.given.copy(), risks.otherwise.copy()
        given[k] = otherwise[k] = 0
        yield DriverKind.RISK, risk.id, tables._replace(risks=risks._replace(given=given, otherwise=otherwise))
    for name, places in translation.groups.items():
        sample = nodes.sample.copy()
        sample[places] = -1
        yield DriverKind.UNCERTAINTY, name, tables._replace(nodes=nodes._replace(sample=sample))


def _difference(with_it: NDArray[np.generic], without: NDArray[np.generic], percent: float) -> tuple[float, float, float]:
    """Difference of the percentiles, its standard error, and the difference of the means."""
    value = Sample(with_it).percentile(percent) - Sample(without).percentile(percent)
    batches = min(BATCHES, with_it.size // 20)
    error = 0.0
    if batches >= 2:
        parts = [
            Sample(one).percentile(percent) - Sample(other).percentile(percent)
            for one, other in zip(np.array_split(with_it, batches), np.array_split(without, batches), strict=True)
        ]
        error = float(np.std(parts, ddof=1)) / batches**0.5
    return value, error, Sample(with_it).mean - Sample(without).mean
