"""Which quantities take the dimensions of a Sobol sequence: common ones first, then those that vary most."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.sobol import DIMENSIONS
from mainstay.engine.simulation.tables import ModelTables

ITEMS = 32
"""Cost items that get a dimension at most."""


def with_dimensions(model: SimulationModel, tables: ModelTables) -> tuple[ModelTables, int]:
    """Number the dimensions in the third word of the keys, as many as there are; returns the tables and how many were taken.

    Notes
    -----
    Causes, factors, branches, weather and prices move many things at once and come first. Risks and durations follow by the variance in
    minutes that they bring about themselves; a risk takes one dimension for whether it occurs and one for how severe it is.
    """
    keys = {name: array.copy() for name, array in _keys(tables).items()}
    taken = 0
    for name, rows in _in_order(model, tables):
        if taken == DIMENSIONS:
            break
        taken += 1
        for array, row in zip(name, rows, strict=True):
            keys[array][row, 2] = taken
    risks = tables.risks._replace(
        cause_key=keys["cause"],
        key=keys["occurrence"],
        impact_key=keys["impact"],
        cost_key=keys["cost"],
        factor_key=keys["risk_factor"],
        item_key=keys["item"],
    )
    return tables._replace(
        risks=risks,
        nodes=tables.nodes._replace(key=keys["node"]),
        factors=tables.factors._replace(key=keys["factor"]),
        branches=tables.branches._replace(key=keys["branch"]),
        weather=tables.weather._replace(key=keys["place"]),
        prices=tables.prices._replace(key=keys["price"]),
    ), taken


def _keys(tables: ModelTables) -> dict[str, NDArray[np.uint32]]:
    risks = tables.risks
    return {
        "cause": risks.cause_key,
        "occurrence": risks.key,
        "impact": risks.impact_key,
        "cost": risks.cost_key,
        "risk_factor": risks.factor_key,
        "item": risks.item_key,
        "node": tables.nodes.key,
        "factor": tables.factors.key,
        "branch": tables.branches.key,
        "place": tables.weather.key,
        "price": tables.prices.key,
    }


def _in_order(model: SimulationModel, tables: ModelTables) -> Iterable[tuple[tuple[str, ...], tuple[Any, ...]]]:
    """Names of arrays of keys, and the rows in each that share one dimension."""
    risks, nodes = tables.risks, tables.nodes
    for name, array in (
        ("cause", risks.cause_key),
        ("factor", tables.factors.key),
        ("place", tables.weather.key),
        ("price", tables.prices.key),
    ):
        for row in range(array.shape[0]):
            yield (name,), (row,)
    branch = tables.branches.key
    for row in range(branch.shape[0]):  # rows of one branch share their number
        if row == 0 or (branch[row, :2] != branch[row - 1, :2]).any():
            yield ("branch",), ((branch[:, :2] == branch[row, :2]).all(axis=1),)
    found: list[tuple[float, int, int]] = []
    for k, risk in enumerate(model.risks):
        centre = sum(impact.minutes.mean for impact in risk.time) or sum(impact.amount.mean for impact in risk.cost)
        spread = sum(impact.minutes.variance for impact in risk.time)
        p = risk.probability
        found += [(p * (1.0 - p) * centre**2, 0, k), (p * spread, 1, k)]
    sample = nodes.sample
    drawn = np.flatnonzero(sample >= 0)
    scale = tables.durations.scale[sample[drawn]].astype(np.float64)
    found += [(float(width) ** 2 / 30.0, 2, int(node)) for width, node in zip(scale, drawn, strict=True)]
    items = sorted(((item.amount.variance, k) for k, item in enumerate(model.items)), reverse=True)
    for _, k in items[:ITEMS]:
        yield ("item",), (k,)
    for _, kind, k in sorted(found, key=lambda row: (-row[0], row[1], row[2])):
        if kind == 0:
            yield ("occurrence",), (k,)
        elif kind == 1:
            yield ("impact", "cost", "risk_factor"), (risks.impact_risk == k, risks.cost_risk == k, risks.factor_risk == k)
        else:
            yield ("node",), (k,)
