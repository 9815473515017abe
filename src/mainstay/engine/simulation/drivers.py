"""What each risk, shared cause and group of uncertain durations adds: the run repeated without it on the same random numbers.

What takes another model altogether (a project made certain, a response taken back) is in ``alternatives``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import tee

import numpy as np

from mainstay.engine.calendar_table import MINUTES_PER_DAY
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.rerun import Rerun, difference
from mainstay.engine.simulation.run import Progress
from mainstay.engine.simulation.tables import ModelTables
from mainstay.engine.simulation.translation import Translation, translate
from mainstay.engine.simulation.variants import Ends


class DriverKind(StrEnum):
    RISK = "risk"
    CAUSE = "cause"
    UNCERTAINTY = "uncertainty"
    ALL_RISKS = "all_risks"
    ALL_UNCERTAINTY = "all_uncertainty"
    PROJECT = "project"
    """Nothing uncertain in one project, and no risk that acts on it."""
    OPPORTUNITIES = "opportunities"
    """No opportunity at all."""
    SHARING = "sharing"
    """One shared cause taken apart: its risks keep their probabilities but occur independently."""
    RESPONSE = "response"
    """One risk as it stands before its response."""


@dataclass(frozen=True, slots=True)
class Driver:
    """What the programme's percentile loses without one item: days by the clock and money, each with its standard error.

    Positive where the item costs us that much, negative for an opportunity. ``mean_days`` and ``mean_money`` are the same for the means,
    ``deviation_days`` and ``deviation_money`` for the standard deviations: what the item adds to the spread.
    """

    kind: DriverKind
    id: str
    days: float
    days_error: float
    mean_days: float
    money: float
    money_error: float
    mean_money: float
    deviation_days: float = 0.0
    deviation_money: float = 0.0


def driver(kind: DriverKind, name: str, with_it: Ends, without: Ends, percent: float) -> Driver:
    """Compare the ends of two runs on the same random numbers."""
    days = difference(with_it.finish, without.finish, percent)
    money = difference(with_it.cost, without.cost, percent)
    return Driver(
        kind=kind,
        id=name,
        days=days.value / MINUTES_PER_DAY,
        days_error=days.error / MINUTES_PER_DAY,
        mean_days=days.mean / MINUTES_PER_DAY,
        money=money.value,
        money_error=money.error,
        mean_money=money.mean,
        deviation_days=days.deviation / MINUTES_PER_DAY,
        deviation_money=money.deviation,
    )


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
    Numbers are drawn by entity and iteration, so that both runs see the same draws of everything else; see `difference`.
    """
    return excluded(model, Rerun(iterations=iterations, seed=seed, threads=threads, cancelled=cancelled), percent, translation, progress)


def excluded(
    model: SimulationModel, rerun: Rerun, percent: float = 80.0, translation: Translation | None = None, progress: Progress | None = None
) -> tuple[Driver, ...]:
    """The same as `drivers` with everything that is held fixed in one value."""
    ready = translation or translate(model)
    kinds, others = tee(without_each(model, ready))
    ends = rerun.each_end(model, ready, (tables for _kind, _name, tables in others))
    whole = next(ends)
    made = []
    for done, ((kind, name, _tables), without) in enumerate(zip(kinds, ends, strict=True)):
        made.append(driver(kind, name, whole, without, percent))
        if progress is not None:
            progress(done + 1)
    return tuple(made)


def driver_count(model: SimulationModel, translation: Translation) -> int:
    """How many items `drivers` goes through."""
    return sum(1 for _ in without_each(model, translation))


def without_each(model: SimulationModel, translation: Translation) -> Iterator[tuple[DriverKind, str, ModelTables]]:
    """What is left out, and the tables without it, in the order of `drivers`."""
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
