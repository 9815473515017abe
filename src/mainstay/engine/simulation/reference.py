"""The same simulation written plainly, in instants and double precision: the oracle of the kernels, and what to read first.

It shares with them the random bits and the meaning of a model: no calendar maps, no rows that are given back, no single precision.
"""

import time

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import MINUTES_PER_DAY
from mainstay.engine.forward_pass import forward
from mainstay.engine.network import build
from mainstay.engine.plan import ActivityKind
from mainstay.engine.schedule_arrays import empty_dates, problem_of
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.random import Stream
from mainstay.engine.simulation.reference_acts import Acts, drawn_acts, planned_acts
from mainstay.engine.simulation.reference_dates import Placed, Placer
from mainstay.engine.simulation.reference_money import money_of
from mainstay.engine.simulation.reference_numbers import Numbers
from mainstay.engine.simulation.result import SimulationResult
from mainstay.engine.simulation.translation import origin_of
from mainstay.engine.simulation.uncertainty import Uncertain, uncertain_nodes

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def run_reference(model: SimulationModel, *, iterations: int, seed: int) -> SimulationResult:
    """Simulate a model plainly with the random numbers of ``run``; far slower, for tests and for whoever wants to check by hand."""
    begun = time.perf_counter()
    plan = model.plan
    network = build(plan)
    problem = problem_of(plan, network)
    dates = empty_dates(problem)
    forward(problem, dates, False)
    placer = Placer(plan, network, problem, dates, origin_of(plan, dates))
    numbers = Numbers(seed, iterations)
    horizon = 4 * (int(dates.finish.max()) - placer.clock.origin) + 8 * 366 * MINUTES_PER_DAY
    acts = drawn_acts(model, network, placer.facts, placer.clock, numbers, horizon)
    placed = placer.place(durations(uncertain_nodes(model, placer.facts), model, placer.facts.extra, numbers), acts)
    finish = _rows(model, placer, placed)
    as_planned = planned_acts(model, network, placer.facts, placer.clock)
    placed_as_planned = placer.place({}, as_planned)
    planned = _rows(model, placer, placed_as_planned)
    money = money_of(model, acts, placed, finish, numbers)
    critical, in_project = _criticality(model, placer, placed, finish, acts)
    origin = (int(finish.min()) // MINUTES_PER_DAY) * MINUTES_PER_DAY
    return SimulationResult(
        projects=tuple(project.id for project in plan.projects),
        milestones=model.milestones,
        iterations=iterations,
        seed=seed,
        origin=origin,
        finish=(finish - origin).astype(np.int32),
        planned_finish=planned[:, 0],
        money=money,
        planned_money=money_of(model, as_planned, placed_as_planned, planned, None)[:, 0],
        criticality=critical,
        criticality_in_project=in_project,
        occurred={risk.id: float(acts.struck.get(risk.id, numbers.occurs(model, risk)).mean()) for risk in model.risks},
        instants_of={row: finish[row] for row in range(len(plan.projects) + 1, len(finish))},
        seconds=time.perf_counter() - begun,
        threads=1,
        activities=len(plan.activities),
        links=len(plan.links),
    )


def durations(uncertain: Uncertain, model: SimulationModel, extra: Ints, numbers: Numbers) -> dict[int, Ints]:
    """Draw the durations that are uncertain, whole minutes with pauses."""
    drawn = {}
    for node, distribution, loadings in zip(uncertain.nodes.tolist(), uncertain.distributions, uncertain.loadings, strict=True):
        values = distribution.quantile(numbers.joined(model.plan.activities[node].id, Stream.DURATION, loadings))
        drawn[node] = np.floor(np.maximum(values + extra[node] + 0.5, 0.0)).astype(np.int64)
    return drawn


def _rows(model: SimulationModel, placer: Placer, placed: Placed) -> Ints:
    ends = placer.ends(placed)
    return np.array([*ends, ends.max(axis=0), *(_finish(placer, placed, model.plan.index[name]) for name in model.milestones)], np.int64)


def _finish(placer: Placer, placed: Placed, node: int) -> Ints:
    """Where one activity finishes; what is over keeps its actual finish."""
    found = placed.finish[node]
    return np.full_like(found, placer.dates.finish[node]) if placer.facts.is_over[node] else found


def _criticality(
    model: SimulationModel, placer: Placer, placed: Placed, finish: Ints, acts: Acts
) -> tuple[dict[str, float], dict[str, float]]:
    plan = model.plan
    ends = finish[: len(plan.projects)]
    whole = placer.driving(placed, ends, None)
    inside = [placer.driving(placed, ends, number) for number in range(len(plan.projects))]
    project = plan.arrays.activities.project
    counted = [k for k, activity in enumerate(plan.activities) if activity.kind < ActivityKind.LEVEL_OF_EFFORT]
    return (
        {plan.activities[k].id: float((whole[k] & acts.alive(k)).mean()) for k in counted},
        {plan.activities[k].id: float((inside[project[k]][k] & acts.alive(k)).mean()) for k in counted},
    )
