"""Causes, risks, their impacts and uncertain costs as arrays."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import Ints
from mainstay.engine.simulation.distributions import Distribution
from mainstay.engine.simulation.inputs import CostItem, Loading
from mainstay.engine.simulation.layout import pointers, threshold
from mainstay.engine.simulation.model import SimulationModel, probability_otherwise
from mainstay.engine.simulation.network_tables import LOW, Clock
from mainstay.engine.simulation.random import entity_keys
from mainstay.engine.simulation.sampling import SampleTable, certain_part, sample_table
from mainstay.engine.simulation.tables import RiskTable
from mainstay.engine.simulation.uncertainty import group_loadings


def all_items(model: SimulationModel) -> list[CostItem]:
    """Cost items, then what the responses to each risk cost: certain to fall, whatever happens."""
    _, grouped = group_loadings(model)
    items = [replace(item, loadings=grouped.get(item.id, item.loadings)) for item in model.items]
    responses = [
        CostItem(f"{risk.id}\x1fresponse {k}", impact.project, impact.amount, impact.basis)
        for risk in model.risks
        for k, impact in enumerate(risk.response_cost)
    ]
    return items + responses


def risk_table(model: SimulationModel, clock: Clock) -> tuple[RiskTable, SampleTable, SampleTable, SampleTable]:
    """Return the table of risks, the distributions of impacts on time, those of amounts of money (items, then impacts), and the ratios.

    Notes
    -----
    All impacts of one risk share its number for severity, so that all of them lie at one percentile of their distributions. Of an amount
    of money the certain part is kept apart in double precision. The distributions of ratios are prices of resources, then factors.
    """
    causes = {cause.id: cause for cause in model.causes}
    number = {cause.id: k for k, cause in enumerate(model.causes)}
    project = model.plan.arrays.project_numbers
    risks, items = model.risks, all_items(model)
    otherwise = [risk.probability if risk.cause is None else probability_otherwise(risk, causes[risk.cause]) for risk in risks]
    time = [(k, impact) for k, risk in enumerate(risks) for impact in risk.time]
    cost = [(k, impact) for k, risk in enumerate(risks) for impact in risk.cost]
    factors = [(k, factor) for k, risk in enumerate(risks) for factor in risk.factors]
    windowed = [risk.window is not None for risk in risks]
    opens = [LOW if risk.window is None or risk.window.opens is None else risk.window.opens - clock.origin for risk in risks]
    amounts: list[Distribution] = [item.amount for item in items] + [impact.amount for _, impact in cost]
    costs = sample_table(amounts)
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
        cost_sample=np.arange(len(cost), dtype=np.int32) + np.int32(len(items)),
        cost_account=np.array([project[impact.project] for _, impact in cost], np.int32),
        cost_base=np.array([certain_part(amount) for amount in amounts]),
        item_key=entity_keys([item.id for item in items]),
        item_sample=np.arange(len(items), dtype=np.int32),
        item_account=np.array([project[item.project] for item in items], np.int32),
        item_first_loading=pointers(item.loadings for item in items),
        item_residual=residuals([item.loadings for item in items]),
        item_is_dated=np.array([item.activity is not None for item in items], np.bool_),
        factor_risk=np.array([k for k, _ in factors], np.int32),
        factor_key=entity_keys([risks[k].id for k, _ in factors]),
        factor_sample=np.arange(len(factors), dtype=np.int32) + np.int32(len(model.prices)),
        strike=np.where(windowed, np.cumsum(windowed) - 1, -1).astype(np.int32),
        has_activities=np.array([bool(risk.time or risk.factors) for risk in risks], np.bool_),
        opens=np.array(opens, np.int64),
    )
    ratios = sample_table([price.ratio for price in model.prices] + [factor.ratio for _, factor in factors])
    return table, sample_table([impact.minutes for _, impact in time]), costs._replace(base=np.zeros_like(costs.base)), ratios


def residuals(loadings: list[tuple[Loading, ...]]) -> NDArray[np.float32]:
    """Loading of each quantity on what is its own alone."""
    left = np.array([1.0 - sum(item.value**2 for item in found) for found in loadings], np.float64)
    return np.where(left > 1e-9, np.sqrt(np.maximum(left, 0.0)), 0.0).astype(np.float32)


def impact_places(model: SimulationModel, place: Ints, nodes: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the rows of impacts by the node that they act on, and the pointers into them of each place."""
    at = np.array([place[model.plan.index[impact.activity]] for risk in model.risks for impact in risk.time], np.int64)
    rows = np.argsort(at, kind="stable")
    rows = rows[at[rows] >= 0] if at.size else rows
    counts = np.bincount(at[at >= 0], minlength=nodes) if at.size else np.zeros(nodes, np.int64)
    return rows.astype(np.int32), np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
