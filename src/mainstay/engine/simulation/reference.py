"""The same simulation written plainly, in instants and double precision: the oracle of the kernels, and what to read first.

It shares with them the random bits and the meaning of a model: no calendar maps, no rows that are given back, no single precision.
"""

import math
import time
from dataclasses import dataclass, field
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import MINUTES_PER_DAY
from mainstay.engine.forward_pass import forward
from mainstay.engine.network import build
from mainstay.engine.plan import ActivityKind
from mainstay.engine.schedule_arrays import empty_dates, problem_of
from mainstay.engine.simulation.distributions import Array
from mainstay.engine.simulation.inputs import Loading
from mainstay.engine.simulation.model import SimulationModel, probability_otherwise
from mainstay.engine.simulation.random import ROUNDS, Stream, entity_key, round_keys
from mainstay.engine.simulation.reference_dates import Placed, Placer
from mainstay.engine.simulation.result import SimulationResult, planned_amount
from mainstay.engine.simulation.uncertainty import Uncertain, uncertain_nodes

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_M0, _M1, _LOW, _HIGH = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57), np.uint64(0xFFFFFFFF), np.uint64(32)
_score = np.vectorize(NormalDist().inv_cdf, otypes=[np.float64])
_below = np.vectorize(lambda z: 0.5 * math.erfc(-z / math.sqrt(2.0)), otypes=[np.float64])


def bits(seed: int, name: str, stream: Stream, iterations: int) -> NDArray[np.uint64]:
    """32-bit numbers of one entity, one an iteration; Philox 4x32 as in ``random``."""
    groups = -(-iterations // 64)
    keys = round_keys(seed).astype(np.uint64)
    first, second = (np.uint64(word) for word in entity_key(name))
    c0 = np.arange(16 * groups, dtype=np.uint64)
    c1, c2, c3 = np.full_like(c0, int(stream)), np.full_like(c0, first), np.full_like(c0, second)
    for k in range(ROUNDS):
        p0, p1 = _M0 * c0, _M1 * c2
        c0, c1, c2, c3 = (p1 >> _HIGH) ^ c1 ^ keys[k, 0], p1 & _LOW, (p0 >> _HIGH) ^ c3 ^ keys[k, 1], p0 & _LOW
    return np.stack([c.reshape(groups, 16) for c in (c0, c1, c2, c3)], axis=1).reshape(-1)[:iterations]


def uniform(seed: int, name: str, stream: Stream, iterations: int) -> Array:
    """Numbers in (0, 1) of one entity, one an iteration."""
    return np.asarray((bits(seed, name, stream, iterations) + 0.5) / 2.0**32, np.float64)


@dataclass(slots=True)
class Draws:
    """Everything random of one run; minutes and money, one value an iteration."""

    duration: dict[int, Ints] = field(default_factory=dict)
    delay: dict[int, Ints] = field(default_factory=dict)
    occurs: dict[str, Flags] = field(default_factory=dict)
    severity: dict[str, Array] = field(default_factory=dict)


def run_reference(model: SimulationModel, *, iterations: int, seed: int) -> SimulationResult:
    """Simulate a model plainly with the random numbers of ``run``; far slower, for tests and for whoever wants to check by hand."""
    begun = time.perf_counter()
    plan = model.plan
    network = build(plan)
    problem = problem_of(plan, network)
    dates = empty_dates(problem)
    forward(problem, dates, False)
    placer = Placer(plan, network, problem, dates)
    draws = drawn(model, uncertain_nodes(model, placer.facts), placer.facts.extra, seed, iterations)
    placed = placer.place(draws.duration, draws.delay, iterations)
    finish = _rows(model, placer, placed)
    planned = _rows(model, placer, placer.place({}, {}, 1))
    money, planned_money = _money(model, placer, draws, finish, planned, seed)
    critical, in_project = _criticality(model, placer, placed, finish)
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
        planned_money=planned_money,
        criticality=critical,
        criticality_in_project=in_project,
        occurred={name: float(found.mean()) for name, found in draws.occurs.items()},
        instants_of={row: finish[row] for row in range(len(plan.projects) + 1, len(finish))},
        seconds=time.perf_counter() - begun,
        threads=1,
        activities=len(plan.activities),
        links=len(plan.links),
    )


def drawn(model: SimulationModel, uncertain: Uncertain, extra: Ints, seed: int, iterations: int) -> Draws:
    """Draw everything random of a run."""
    draws = Draws()
    for node, distribution, loadings in zip(uncertain.nodes.tolist(), uncertain.distributions, uncertain.loadings, strict=True):
        values = distribution.quantile(_numbers(seed, model.plan.activities[node].id, loadings, iterations))
        draws.duration[node] = np.floor(np.maximum(values + extra[node] + 0.5, 0.0)).astype(np.int64)
    causes = {cause.id: cause for cause in model.causes}
    fired = {name: uniform(seed, name, Stream.CAUSE, iterations) < cause.probability for name, cause in causes.items()}
    for risk in model.risks:
        below = np.full(iterations, risk.probability)
        if risk.cause is not None:
            below = np.where(fired[risk.cause], risk.given_cause, probability_otherwise(risk, causes[risk.cause]))
        draws.occurs[risk.id] = uniform(seed, risk.id, Stream.OCCURRENCE, iterations) < below
        draws.severity[risk.id] = uniform(seed, risk.id, Stream.SEVERITY, iterations)
        for impact in risk.time:
            node = model.plan.index[impact.activity]
            minutes = np.floor(impact.minutes.quantile(draws.severity[risk.id]) + 0.5).astype(np.int64)
            draws.delay[node] = draws.delay.get(node, 0) + risk.nature.sign * minutes * draws.occurs[risk.id]
    return draws


def _numbers(seed: int, name: str, loadings: tuple[Loading, ...], iterations: int) -> Array:
    """Uniform numbers of a duration, joined to those of others through common factors: a Gaussian copula."""
    own = uniform(seed, name, Stream.DURATION, iterations)
    if not loadings:
        return own
    z = math.sqrt(max(0.0, 1.0 - sum(item.value**2 for item in loadings))) * _score(own)
    for item in loadings:
        z = z + item.value * _score(uniform(seed, item.factor, Stream.FACTOR, iterations))
    return np.asarray(_below(z))


def _rows(model: SimulationModel, placer: Placer, placed: Placed) -> Ints:
    ends = placer.ends(placed)
    return np.array([*ends, ends.max(axis=0), *(_finish(placer, placed, model.plan.index[name]) for name in model.milestones)], np.int64)


def _finish(placer: Placer, placed: Placed, node: int) -> Ints:
    """Where one activity finishes; what is over keeps its actual finish."""
    found = placed.finish[node]
    return np.full_like(found, placer.dates.finish[node]) if placer.facts.is_over[node] else found


def _criticality(model: SimulationModel, placer: Placer, placed: Placed, finish: Ints) -> tuple[dict[str, float], dict[str, float]]:
    plan = model.plan
    ends = finish[: len(plan.projects)]
    whole = placer.driving(placed, ends, None)
    inside = [placer.driving(placed, ends, number) for number in range(len(plan.projects))]
    project = plan.arrays.activities.project
    counted = [k for k, activity in enumerate(plan.activities) if activity.kind < ActivityKind.LEVEL_OF_EFFORT]
    return (
        {plan.activities[k].id: float(whole[k].mean()) for k in counted},
        {plan.activities[k].id: float(inside[project[k]][k].mean()) for k in counted},
    )


def _money(model: SimulationModel, placer: Placer, draws: Draws, finish: Ints, planned: Ints, seed: int) -> tuple[Array, Array]:
    plan = model.plan
    iterations = finish.shape[1]
    money, planned_money = np.zeros((len(plan.projects), iterations)), np.zeros(len(plan.projects))
    number = plan.arrays.project_numbers
    for item in model.items:
        money[number[item.project]] += item.amount.quantile(uniform(seed, item.id, Stream.COST, iterations))
        planned_money[number[item.project]] += planned_amount(item.amount)
    for risk in model.risks:
        for impact in risk.cost:
            amount = impact.amount.quantile(draws.severity[risk.id]) * draws.occurs[risk.id]
            money[number[impact.project]] += risk.nature.sign * amount
    for rate in model.activity_rates:
        node = plan.index[rate.activity]
        certain = placer.facts.remaining[node] + placer.facts.extra[node]
        minutes = np.maximum(draws.duration.get(node, np.full(iterations, certain)) + draws.delay.get(node, 0), 0)
        money[plan.arrays.activities.project[node]] += rate.per_minute * minutes
        planned_money[plan.arrays.activities.project[node]] += rate.per_minute * float(certain)
    for charge in model.project_rates:
        row = number[charge.project]
        money[row] += charge.per_day * np.maximum(finish[row] - charge.since, 0) / MINUTES_PER_DAY
        planned_money[row] += charge.per_day * max(0, int(planned[row, 0]) - charge.since) / MINUTES_PER_DAY
    return money, planned_money
