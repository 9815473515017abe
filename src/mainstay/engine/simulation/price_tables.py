"""Prices as tables: ratios of resources, growth over the calendars that pay, and what projects cost by the day."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import ELAPSED, MINUTES_PER_DAY, Ints
from mainstay.engine.simulation.inputs import Inflation
from mainstay.engine.simulation.layout import pointers
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.network_tables import Clock
from mainstay.engine.simulation.random import entity_keys
from mainstay.engine.simulation.tables import PriceTable

MINUTES_A_YEAR: Final = 365.25 * MINUTES_PER_DAY
HOUR: Final = 60


def level(inflation: Inflation, instants: Ints) -> NDArray[np.float64]:
    """Price level at instants: 1 until prices begin to grow."""
    return np.asarray(np.exp(math.log1p(inflation.yearly) * np.maximum(instants - inflation.since, 0) / MINUTES_A_YEAR))


def level_sum(inflation: Inflation, instants: NDArray[np.int64]) -> NDArray[np.float64]:
    """Integral of the price level over minutes by the clock, from the instant at which prices begin to grow; negative before it."""
    growth = math.log1p(inflation.yearly) / MINUTES_A_YEAR
    passed = (instants - inflation.since).astype(np.float64)
    if not growth:
        return passed
    return np.where(passed > 0, np.expm1(growth * np.maximum(passed, 0.0)) / growth, passed)


def price_table(model: SimulationModel, clock: Clock, residual: NDArray[np.float32]) -> PriceTable:
    """All but what depends on how far ahead the run looks, which `grown` adds. Loadings are laid out by the caller."""
    number = {price.resource: k for k, price in enumerate(model.prices)}
    project = model.plan.arrays.project_numbers
    rates = model.project_rates
    return PriceTable(
        key=entity_keys([price.resource for price in model.prices]),
        first_loading=pointers(() for _ in model.prices),
        residual=residual,
        first=np.zeros(0, np.int64),
        size=np.zeros(0, np.int64),
        levels=np.zeros(0),
        level_sum=np.zeros(0),
        account=np.array([project[rate.project] for rate in rates], np.int32),
        rate=np.array([rate.per_day / MINUTES_PER_DAY for rate in rates]),
        since=np.array([rate.since - clock.origin for rate in rates], np.int64),
        ratio=np.array([-1 if rate.resource is None else number[rate.resource] for rate in rates], np.int32),
    )


def grown(table: PriceTable, inflation: Inflation | None, calendars: tuple[int, ...], clock: Clock, horizon: int) -> PriceTable:
    """Tabulate the price level over this many minutes by the clock from the origin, for each calendar that pays."""
    if inflation is None:
        return table
    rows = []
    for calendar in calendars:
        end = int(clock.count(np.array([calendar]), np.array([clock.origin + horizon]))[0])
        hours = np.arange(max(end // HOUR, 1) + 1, dtype=np.int64) * HOUR
        rows.append(level(inflation, hours + clock.origin if calendar == ELAPSED else clock.instants(calendar, hours)))
    sizes = np.array([row.size for row in rows], np.int64)
    days = clock.origin + np.arange(horizon // MINUTES_PER_DAY + 2, dtype=np.int64) * MINUTES_PER_DAY
    return table._replace(
        first=np.concatenate([[0], np.cumsum(sizes)])[:-1].astype(np.int64),
        size=sizes,
        levels=np.concatenate(rows or [np.zeros(0)]),
        level_sum=level_sum(inflation, days),
    )
