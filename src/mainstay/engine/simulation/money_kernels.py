"""Money of a block: cost items, the cost of risks that occur or strike, and what projects cost by the day."""

from typing import Final

import numpy as np

from mainstay.engine.compiled import inner_kernel
from mainstay.engine.simulation.compiled import inlined
from mainstay.engine.simulation.draw_kernels import mixed_scores
from mainstay.engine.simulation.sampling import value_row
from mainstay.engine.simulation.schemes import Draw, numbers_row
from mainstay.engine.simulation.tables import ModelTables, Money, Results, WorkingMemory

_SEVERITY: Final = np.uint32(4)
_COST: Final = np.uint32(5)
_NO: Final = np.bool_(False)
_DAY: Final = np.int64(1440)
_NOUGHT: Final = np.int64(0)


@inner_kernel
def draw_item(model: ModelTables, draw: Draw, group: int, item: int, memory: WorkingMemory) -> None:
    """Fill the row of values with what a cost item varies by."""
    risks = model.risks
    numbers_row(draw, risks.item_key[item], _COST, group, memory.bits)
    first, last = risks.item_first_loading[item], risks.item_first_loading[item + 1]
    if last > first:
        mixed_scores(model.factors, first, last, risks.item_residual[item], memory.bits, memory.factors, memory.z)
    value_row(model.costs, risks.item_sample[item], last > first, memory.bits, memory.z, memory.value)


@inner_kernel
def charge(model: ModelTables, draw: Draw, group: int, column: int, valid: int, memory: WorkingMemory, results: Results) -> None:
    """Add cost items without a date, the cost of risks and the rates of projects to their accounts; all nodes are done before."""
    risks, bits = model.risks, memory.bits
    for item in range(risks.item_account.size):
        if not risks.item_is_dated[item]:
            draw_item(model, draw, group, item, memory)
            money = results.money[risks.item_account[item], column : column + bits.size]
            base = risks.cost_base[risks.item_sample[item]]
            for lane in range(bits.size):
                money[lane] += base + np.float64(memory.value[lane])
    _strike_accounts(model, column, valid, memory, results)
    for impact in range(risks.cost_risk.size):
        risk = risks.cost_risk[impact]
        numbers_row(draw, risks.cost_key[impact], _SEVERITY, group, bits)
        value_row(model.costs, risks.cost_sample[impact], _NO, bits, memory.z, memory.value)
        account = risks.cost_account[impact]
        money = results.money[account, column : column + bits.size]
        occurs, sign, base = memory.occurs[risk], risks.sign[risk], risks.cost_base[risks.cost_sample[impact]]
        if risks.strike[risk] >= 0 and not risks.has_activities[risk]:
            finish, opens = results.finish[account, column : column + bits.size], risks.opens[risk]
            for lane in range(bits.size):
                falls = np.float64(occurs[lane]) * np.float64(np.int64(finish[lane]) > opens)
                money[lane] += sign * (base + np.float64(memory.value[lane])) * falls
        else:
            for lane in range(bits.size):
                money[lane] += sign * (base + np.float64(memory.value[lane])) * np.float64(occurs[lane])
    _charge_by_day(model, column, memory, results)


@inner_kernel
def _strike_accounts(model: ModelTables, column: int, valid: int, memory: WorkingMemory, results: Results) -> None:
    """A risk with a window has occurred where it struck: an activity under way, or a project that has not finished before."""
    risks, lanes = model.risks, memory.bits.size
    for impact in range(risks.cost_risk.size):
        risk = risks.cost_risk[impact]
        if risks.strike[risk] >= 0 and not risks.has_activities[risk]:
            finish = results.finish[risks.cost_account[impact], column : column + lanes]
            struck, occurs = memory.struck[risks.strike[risk]], memory.occurs[risk]
            for lane in range(lanes):
                struck[lane] |= np.int32(occurs[lane]) & np.int32(np.int64(finish[lane]) > risks.opens[risk])
    for risk in range(risks.strike.size):
        if risks.strike[risk] >= 0:
            struck, occurs = memory.struck[risks.strike[risk]], memory.occurs[risk]
            count = 0
            for lane in range(lanes):
                occurs[lane] = np.uint8(struck[lane])
            for lane in range(min(valid, lanes)):
                count += struck[lane]
            results.occurred[risk] += count


@inner_kernel
def _charge_by_day(model: ModelTables, column: int, memory: WorkingMemory, results: Results) -> None:
    """What projects cost by the clock from an instant until they finish, at the prices of each day."""
    prices, lanes = model.prices, memory.bits.size
    for row in range(prices.account.size):
        account, rate, since = prices.account[row], prices.rate[row], prices.since[row]
        finish = results.finish[account, column : column + lanes]
        level = memory.level
        if prices.level_sum.size:
            before = _sum_at(prices.level_sum, since)
            for lane in range(lanes):
                memory.beyond[0] += int(np.int64(finish[lane]) // _DAY > prices.level_sum.size - 2)
            for lane in range(lanes):
                level[lane] = rate * (_sum_at(prices.level_sum, max(np.int64(finish[lane]), since)) - before)
        else:
            for lane in range(lanes):
                level[lane] = rate * np.float64(max(np.int64(finish[lane]) - since, _NOUGHT))
        if prices.ratio[row] >= 0:
            ratio = memory.ratios[prices.ratio[row]]
            for lane in range(lanes):
                level[lane] *= np.float64(ratio[lane])
        money = results.money[account, column : column + lanes]
        for lane in range(lanes):
            money[lane] += level[lane]


@inlined
def _sum_at(sums: Money, minute: np.int64) -> np.float64:
    """The integral of the price level up to a minute by the clock; straight within a day, and before and beyond the table."""
    day = min(max(minute // _DAY, _NOUGHT), np.int64(sums.size - 2))
    return np.float64(sums[day] + (sums[day + 1] - sums[day]) * (np.float64(minute - day * _DAY) / 1440.0))
