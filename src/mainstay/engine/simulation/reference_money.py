"""What an iteration costs, written plainly."""

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import MINUTES_PER_DAY
from mainstay.engine.simulation.distributions import Array, Distribution
from mainstay.engine.simulation.inputs import CostItem
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.price_tables import level, level_sum
from mainstay.engine.simulation.random import Stream
from mainstay.engine.simulation.reference_acts import Acts
from mainstay.engine.simulation.reference_dates import Placed
from mainstay.engine.simulation.reference_numbers import Numbers
from mainstay.engine.simulation.result import planned_amount
from mainstay.engine.simulation.risk_tables import all_items

Ints = NDArray[np.int64]


def money_of(model: SimulationModel, acts: Acts, placed: Placed, finish: Ints, numbers: Numbers | None) -> Array:
    """Money of each project (rows) and iteration; without numbers, that of the plan itself.

    Parameters
    ----------
    finish
        Instants of the projects' finishes, one row a project.
    """
    money = np.zeros((len(model.plan.projects), acts.lanes))
    number = model.plan.arrays.project_numbers
    for item in all_items(model):
        money[number[item.project]] += _amount(item, numbers) * _paid(model, acts, placed, item)
    for charge in model.activity_rates:
        node = model.plan.index[charge.activity]
        ratio = _ratio(model, charge.resource, numbers)
        prices = _level(model, placed.finish[node]) if model.inflation else 1.0
        money[model.plan.arrays.activities.project[node]] += charge.per_minute * placed.length[node] * ratio * prices
    for rate in model.project_rates:
        row = number[rate.project]
        end = np.maximum(finish[row], rate.since)
        if model.inflation is None:
            days = (end - rate.since) / MINUTES_PER_DAY
        else:
            days = (level_sum(model.inflation, end) - level_sum(model.inflation, np.array([rate.since]))) / MINUTES_PER_DAY
        money[row] += rate.per_day * days * _ratio(model, rate.resource, numbers)
    if numbers is not None:
        _charge_risks(model, acts, finish, numbers, money)
    return money


def _charge_risks(model: SimulationModel, acts: Acts, finish: Ints, numbers: Numbers, money: Array) -> None:
    number = model.plan.arrays.project_numbers
    for risk in model.risks:
        severity, occurs = numbers.uniform(risk.id, Stream.SEVERITY), numbers.occurs(model, risk)
        for impact in risk.cost:
            row = number[impact.project]
            falls = occurs
            if risk.window is not None:
                opens = risk.window.opens
                falls = (
                    acts.struck[risk.id]
                    if risk.time or risk.factors
                    else occurs & (finish[row] > (opens if opens is not None else -(1 << 60)))
                )
                if not (risk.time or risk.factors):
                    acts.struck[risk.id] |= falls
            money[row] += risk.nature.sign * impact.amount.quantile(severity) * falls


def _amount(item: CostItem, numbers: Numbers | None) -> Array | float:
    if numbers is None:
        return planned_amount(item.amount)
    return np.asarray(item.amount.quantile(numbers.joined(item.id, Stream.COST, item.loadings)))


def _paid(model: SimulationModel, acts: Acts, placed: Placed, item: CostItem) -> Array | float:
    """The price level at which an item is paid, and nothing where it is not."""
    if item.activity is None:
        return 1.0
    node = model.plan.index[item.activity]
    paid: Array = acts.alive(node) * _level(model, placed.finish[node])
    return paid


def _level(model: SimulationModel, instants: Ints) -> Array:
    return level(model.inflation, instants) if model.inflation is not None else np.ones(instants.shape)


def _ratio(model: SimulationModel, resource: str | None, numbers: Numbers | None) -> Array | float:
    if resource is None:
        return 1.0
    price = next(one for one in model.prices if one.resource == resource)
    ratio: Distribution = price.ratio
    if numbers is None:
        return planned_amount(ratio)
    return ratio.quantile(numbers.joined(resource, Stream.PRICE, price.loadings))
