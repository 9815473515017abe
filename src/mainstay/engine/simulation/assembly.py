"""From the arrays of a run to its result: instants, money, shares, and what all of it is without uncertainty."""

import time

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import ELAPSED
from mainstay.engine.simulation.kernels import run_block
from mainstay.engine.simulation.layout import CERTAIN
from mainstay.engine.simulation.memory import empty_results, working_memory
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.result import SimulationResult
from mainstay.engine.simulation.sampling import Kind
from mainstay.engine.simulation.schemes import Sampling, draw_of
from mainstay.engine.simulation.tables import ModelTables, Results
from mainstay.engine.simulation.translation import Translation


def assembled(
    model: SimulationModel, translation: Translation, results: Results, iterations: int, seed: int, threads: int, begun: float
) -> SimulationResult:
    """Return the result of iterations that were played since ``begun``."""
    plan, clock = model.plan, translation.clock
    projects = tuple(project.id for project in plan.projects)
    planned_finish, planned_money = planned_of(model, translation)
    finish = results.finish[:, :iterations]
    instants = {row: instants_of(translation, row, finish[row]) for row in range(len(projects) + 1, finish.shape[0])}
    for row, ended in over_of(model).items():
        instants[row] = np.full_like(instants[row], ended)
    money = results.money[:, :iterations] if model.has_cost else np.zeros((len(projects), iterations))
    return SimulationResult(
        projects=projects,
        milestones=model.milestones,
        iterations=iterations,
        seed=seed,
        origin=clock.origin,
        finish=finish,
        planned_finish=planned_finish,
        money=money,
        planned_money=planned_money,
        criticality=shares_of(model, translation, results.critical, iterations),
        criticality_in_project=shares_of(model, translation, results.critical_in_project, iterations),
        occurred={risk.id: float(results.occurred[k] / iterations) for k, risk in enumerate(model.risks)},
        instants_of=instants,
        seconds=time.perf_counter() - begun,
        threads=threads,
        activities=len(plan.activities),
        links=len(plan.links),
    )


def shares_of(model: SimulationModel, translation: Translation, counts: NDArray[np.int64], iterations: int) -> dict[str, float]:
    """Share of the iterations that is counted for each activity that is simulated."""
    activities, position = model.plan.activities, translation.position
    simulated = np.flatnonzero(position >= 0)
    return dict(zip([activities[k].id for k in simulated.tolist()], (counts[position[simulated]] / iterations).tolist(), strict=True))


def over_of(model: SimulationModel) -> dict[int, int]:
    """Row and actual finish of each milestone that is over: it waits for those before it, but keeps its finish."""
    plan, first = model.plan, len(model.plan.projects) + 1
    ended = [plan.activities[plan.index[name]].actual_finish for name in model.milestones]
    return {first + k: finish for k, finish in enumerate(ended) if finish is not None}


def planned_of(model: SimulationModel, translation: Translation) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Instants of each monitored finish and money of each project without uncertainty and risks."""
    row, money = planned(translation, len(model.plan.projects) if model.has_cost else 0)
    finish = np.array([int(instants_of(translation, k, row[k : k + 1])[0]) for k in range(row.size)], np.int64)
    for k, ended in over_of(model).items():
        finish[k] = ended
    return finish, money if model.has_cost else np.zeros(len(model.plan.projects))


def certain(tables: ModelTables) -> ModelTables:
    """Return the tables with every duration as planned, no risk, fair weather and the likeliest branches."""
    risks, branches = tables.risks, tables.branches
    none = np.zeros_like(risks.given)
    return tables._replace(
        special=tables.special._replace(weather=np.full_like(tables.special.weather, -1)),
        branches=branches._replace(low=np.zeros_like(branches.low), high=np.where(branches.planned, CERTAIN, 0).astype(np.uint64)),
        nodes=tables.nodes._replace(sample=np.full_like(tables.nodes.sample, -1)),
        risks=risks._replace(given=none, otherwise=none, cause_threshold=np.zeros_like(risks.cause_threshold)),
    )


def planned(translation: Translation, accounts: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Minutes of each monitored finish and money of each account without uncertainty and risks."""
    tables = certain(translation.tables)
    amounts = np.zeros(tables.risks.cost_base.size)
    amounts[: translation.planned_costs.size] = translation.planned_costs
    costs = tables.costs._replace(kind=np.full_like(tables.costs.kind, int(Kind.FIXED)), base=np.zeros_like(tables.costs.base))
    fixed, base = np.full_like(tables.ratios.kind, int(Kind.FIXED)), tables.ratios.base.copy()
    base[: translation.planned_ratios.size] = translation.planned_ratios
    tables = tables._replace(
        costs=costs, risks=tables.risks._replace(cost_base=amounts), ratios=tables.ratios._replace(kind=fixed, base=base)
    )
    results = empty_results(tables, accounts, 64)
    draw = draw_of(0, Sampling.RANDOM, 64)
    run_block(tables, draw, 0, 0, 1, False, working_memory(tables, translation.slots, 64), results)
    return results.finish[:, 0], results.money[:, 0]


def instants_of(translation: Translation, row: int, minutes: NDArray[np.int32]) -> NDArray[np.int64]:
    calendar = int(translation.row_calendar[row])
    if calendar == ELAPSED:
        return minutes.astype(np.int64) + translation.clock.origin
    return translation.clock.instants(calendar, minutes.astype(np.int64))
