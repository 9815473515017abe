"""Causes, risks, their impacts and uncertain costs as arrays."""

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import Ints
from mainstay.engine.simulation.model import SimulationModel, probability_otherwise
from mainstay.engine.simulation.random import entity_keys
from mainstay.engine.simulation.sampling import SampleTable, sample_table
from mainstay.engine.simulation.tables import RiskTable

CERTAIN = 2**32
"""The threshold that every 32-bit number lies below."""


def threshold(probability: float) -> int:
    """Return the t with which ``bits < t`` happens with the probability, certainty included."""
    return min(max(round(probability * CERTAIN), 0), CERTAIN)


def risk_table(model: SimulationModel) -> tuple[RiskTable, SampleTable, SampleTable]:
    """Return the table of risks, the distributions of impacts on time, and those of amounts of money (items, then impacts).

    Notes
    -----
    All impacts of one risk share its number for severity, so that all of them lie at one percentile of their distributions.
    """
    causes = {cause.id: cause for cause in model.causes}
    number = {cause.id: k for k, cause in enumerate(model.causes)}
    project = model.plan.arrays.project_numbers
    risks = model.risks
    otherwise = [risk.probability if risk.cause is None else probability_otherwise(risk, causes[risk.cause]) for risk in risks]
    time = [(k, impact) for k, risk in enumerate(risks) for impact in risk.time]
    cost = [(k, impact) for k, risk in enumerate(risks) for impact in risk.cost]
    table = RiskTable(
        cause_key=entity_keys([cause.id for cause in model.causes]),
        cause_threshold=np.array([threshold(cause.probability) for cause in model.causes], np.uint64),
        key=entity_keys([risk.id for risk in risks]),
        cause=np.array([-1 if risk.cause is None else number[risk.cause] for risk in risks], np.int32),
        given=np.array([threshold(risk.given_cause) for risk in risks], np.uint64),
        otherwise=np.array([threshold(p) for p in otherwise], np.uint64),
        sign=np.array([risk.nature.sign for risk in risks], np.float64),
        impact_risk=np.array([k for k, _ in time], np.int32),
        impact_key=entity_keys([risks[k].id for k, _ in time]),
        impact_sample=np.arange(len(time), dtype=np.int32),
        cost_risk=np.array([k for k, _ in cost], np.int32),
        cost_key=entity_keys([risks[k].id for k, _ in cost]),
        cost_sample=np.arange(len(cost), dtype=np.int32) + np.int32(len(model.items)),
        cost_account=np.array([project[impact.project] for _, impact in cost], np.int32),
        item_key=entity_keys([item.id for item in model.items]),
        item_sample=np.arange(len(model.items), dtype=np.int32),
        item_account=np.array([project[item.project] for item in model.items], np.int32),
    )
    amounts = [item.amount for item in model.items] + [impact.amount for _, impact in cost]
    return table, sample_table([impact.minutes for _, impact in time]), sample_table(amounts)


def impact_places(model: SimulationModel, place: Ints, nodes: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the rows of impacts by the node that they act on, and the pointers into them of each place."""
    at = np.array([place[model.plan.index[impact.activity]] for risk in model.risks for impact in risk.time], np.int64)
    rows = np.argsort(at, kind="stable")
    rows = rows[at[rows] >= 0] if at.size else rows
    counts = np.bincount(at[at >= 0], minlength=nodes) if at.size else np.zeros(nodes, np.int64)
    return rows.astype(np.int32), np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
