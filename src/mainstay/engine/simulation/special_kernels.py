"""Nodes with features that few have: existence, factors and windows of risks, weather, rates of several prices, items paid there."""

from typing import Final

import numpy as np

from mainstay.engine.compiled import inner_kernel
from mainstay.engine.simulation.draw_kernels import own_duration
from mainstay.engine.simulation.lanes import equal_bits, raise_to
from mainstay.engine.simulation.link_kernels import keep_start, mark_driving, value_address
from mainstay.engine.simulation.money_kernels import draw_item
from mainstay.engine.simulation.schemes import Draw
from mainstay.engine.simulation.tables import LATEST, Minutes, ModelTables, Money, PriceTable, Results, WorkingMemory

_LATEST: Final = LATEST
_NONE: Final = np.int32(0)
_ONE: Final = np.int32(1)
_HOUR: Final = np.int32(60)
_HALF: Final = np.float64(0.5)


@inner_kernel
def special_node(
    model: ModelTables, draw: Draw, group: int, column: int, node: int, want_critical: bool, memory: WorkingMemory, results: Results
) -> None:
    """Start, duration, finish and money of one node of the `SpecialTable`."""
    nodes = model.nodes
    special = nodes.special[node]
    _exist(model, special, memory)
    own_duration(model, draw, group, node, memory)
    _begin(model, node, special, memory)
    _strike(model, special, memory)
    duration, alive = memory.duration, memory.alive
    for lane in range(duration.size):
        duration[lane] *= alive[lane]
    if model.special.weather[special] >= 0:
        _stop_for_weather(model, special, memory)
    _end(model, node, memory)
    _pay(model, draw, group, column, node, special, memory, results)
    _decide(model, node, special, memory)
    if nodes.has_start_row[node]:
        keep_start(nodes, node, memory)
    if want_critical:
        mark_driving(model.edges, node, nodes.slot[node], True, memory)
        for word in range(memory.alive_words.shape[1]):
            at = 256 * word
            memory.alive_words[special, word] = equal_bits(alive.ctypes.data + at, _NONE, memory.ones.ctypes.data + at)


@inner_kernel
def _exist(model: ModelTables, special: int, memory: WorkingMemory) -> None:
    alive, table = memory.alive, model.special
    for lane in range(alive.size):
        alive[lane] = _ONE
    for place in range(table.first_exists[special], table.first_exists[special + 1]):
        exists = memory.exists[table.exists[place]]
        for lane in range(alive.size):
            alive[lane] &= exists[lane]


@inner_kernel
def _begin(model: ModelTables, node: int, special: int, memory: WorkingMemory) -> None:
    """Fill the row of starts; what does not exist is held by its links alone."""
    nodes, edges = model.nodes, model.edges
    begin, alive = memory.begin, memory.alive
    floor, absent, ceiling = nodes.floor[node], model.special.absent_floor[special], nodes.ceiling[node]
    for lane in range(begin.size):
        begin[lane] = floor if alive[lane] else absent
    first = edges.first[node]
    for link in range(first, edges.split[node]):
        _raise(model, link, first, begin.ctypes.data, memory)
    if ceiling < _LATEST:
        for lane in range(begin.size):
            begin[lane] = min(begin[lane], ceiling) if alive[lane] else begin[lane]


@inner_kernel
def _raise(model: ModelTables, link: int, first: int, target: int, memory: WorkingMemory) -> None:
    """Raise a row to what one link demands."""
    edges = model.edges
    address = value_address(edges, model.maps, link, link - first, memory, memory.beyond)
    lag = edges.lag[link] if edges.map_before[link] < 0 and edges.map_after[link] < 0 else _NONE
    for word in range(memory.begin.size // 64):
        raise_to(address + 256 * word, lag, target + 256 * word)


@inner_kernel
def _strike(model: ModelTables, special: int, memory: WorkingMemory) -> None:
    """Multiply and lengthen the duration by the risks that occur, and whose window finds the node's own work under way."""
    table, risks = model.special, model.risks
    begin, duration, alive = memory.begin, memory.duration, memory.alive
    if table.first_strike[special + 1] == table.first_strike[special]:
        return
    extra = table.extra[special]
    under_way, own = memory.under_way, memory.own
    for lane in range(duration.size):
        own[lane] = duration[lane]
    for place in range(table.first_strike[special], table.first_strike[special + 1]):
        risk, opens, closes = table.strike_risk[place], table.opens[place], table.closes[place]
        for lane in range(duration.size):
            last = begin[lane] + max(own[lane], _ONE)
            under_way[lane] = alive[lane] & np.int32(begin[lane] < closes) & np.int32(last > opens)
        if table.strike_factor[place]:
            ratio = memory.risk_factors[table.strike_row[place]]
            for lane in range(duration.size):
                work = np.float64(duration[lane] - extra) * np.float64(ratio[lane])
                longer = np.int32(max(work, 0.0) + _HALF) + extra
                duration[lane] = longer if under_way[lane] else duration[lane]
        else:
            impact = memory.impacts[table.strike_row[place]]
            for lane in range(duration.size):
                duration[lane] += impact[lane] * under_way[lane]
        if risks.strike[risk] >= 0:
            struck, occurs = memory.struck[risks.strike[risk]], memory.occurs[risk]
            for lane in range(duration.size):
                struck[lane] |= under_way[lane] & np.int32(occurs[lane])
    for lane in range(duration.size):
        duration[lane] = max(duration[lane], _NONE)


@inner_kernel
def _stop_for_weather(model: ModelTables, special: int, memory: WorkingMemory) -> None:
    """Lengthen the duration by the hours that the weather takes from its start on."""
    weather, begin, duration = model.weather, memory.begin, memory.duration
    entry = model.special.weather[special]
    first, slots = weather.first[entry], weather.slots[entry]
    realised = memory.realised[model.special.place[special]]
    beyond = 0
    for lane in range(duration.size):
        if duration[lane] > _NONE:
            row = first + np.int64(realised[lane]) * slots
            slot = np.int64(max(begin[lane], _NONE) // _HOUR)
            beyond += int(slot >= slots)
            slot = min(slot, slots - 1)
            state = weather.workable[row + slot]
            done = (state >> _ONE) + (state & _ONE) * (begin[lane] - np.int32(slot) * _HOUR) + duration[lane]
            slot = np.int64(max(done - _ONE, _NONE) // _HOUR)
            beyond += int(slot >= slots)
            lost = weather.lost[row + min(slot, slots - 1)]
            beyond += int(lost < _NONE)
            duration[lane] = done + lost - begin[lane]
    memory.beyond[0] += beyond


@inner_kernel
def _end(model: ModelTables, node: int, memory: WorkingMemory) -> None:
    """Fill the row of finishes, and that of finishes as the start alone would have them."""
    nodes, edges = model.nodes, model.edges
    begin, duration, alive, begun = memory.begin, memory.duration, memory.alive, memory.begun_finish
    finish = memory.finish[nodes.slot[node]]
    finish_floor, ceiling = nodes.finish_floor[node], nodes.ceiling[node]
    for lane in range(begin.size):
        begun[lane] = begin[lane] + duration[lane]
        finish[lane] = max(begun[lane], finish_floor) if alive[lane] else begun[lane]
    first = edges.first[node]
    for link in range(edges.split[node], edges.first[node + 1]):
        _raise(model, link, first, finish.ctypes.data, memory)
    if ceiling < _LATEST:
        for lane in range(begin.size):
            finish[lane] = min(finish[lane], ceiling + duration[lane]) if alive[lane] else finish[lane]


@inner_kernel
def _pay(model: ModelTables, draw: Draw, group: int, column: int, node: int, special: int, memory: WorkingMemory, results: Results) -> None:
    """Charge the time of the node by its rates and the items that are paid at its finish, at the prices of that instant."""
    table, nodes, risks = model.special, model.nodes, model.risks
    lanes = memory.bits.size
    charges = table.first_charge[special + 1] - table.first_charge[special]
    items = table.first_item[special + 1] - table.first_item[special]
    if charges + items == 0:
        return
    level, alive = memory.level, memory.alive
    if table.price[special] >= 0:
        memory.beyond[0] += _price_level(model.prices, table.price[special], memory.finish[nodes.slot[node]], level)
    else:
        for lane in range(lanes):
            level[lane] = 1.0
    for place in range(table.first_charge[special], table.first_charge[special + 1]):
        money = results.money[table.charge_account[place], column : column + lanes]
        rate = table.charge_rate[place]
        if table.charge_ratio[place] >= 0:
            ratio = memory.ratios[table.charge_ratio[place]]
            for lane in range(lanes):
                money[lane] += rate * np.float64(memory.duration[lane]) * np.float64(ratio[lane]) * level[lane]
        else:
            for lane in range(lanes):
                money[lane] += rate * np.float64(memory.duration[lane]) * level[lane]
    for place in range(table.first_item[special], table.first_item[special + 1]):
        item = table.item[place]
        draw_item(model, draw, group, item, memory)
        money = results.money[risks.item_account[item], column : column + lanes]
        base = risks.cost_base[risks.item_sample[item]]
        for lane in range(lanes):
            money[lane] += (base + np.float64(memory.value[lane])) * level[lane] * np.float64(alive[lane])


@inner_kernel
def _price_level(prices: PriceTable, entry: int, finish: Minutes, level: Money) -> int:
    """Fill the row of price levels at finishes; returns how many lie beyond the table."""
    first, last = prices.first[entry], prices.size[entry] - 2
    beyond = 0
    for lane in range(level.size):
        minute = max(finish[lane], _NONE)
        slot = np.int64(max(minute - _ONE, _NONE) // _HOUR)
        beyond += int(slot > last)
        slot = min(slot, last)
        at = prices.levels[first + slot]
        level[lane] = at + (prices.levels[first + slot + 1] - at) * (np.float64(minute - np.int32(slot) * _HOUR) / 60.0)
    return beyond


@inner_kernel
def _decide(model: ModelTables, node: int, special: int, memory: WorkingMemory) -> None:
    """Fill the rows of existence of the conditional branches that hang on the node's finish."""
    table, finish = model.special, memory.finish[model.nodes.slot[node]]
    for place in range(table.first_watch[special], table.first_watch[special + 1]):
        then, otherwise, after = (
            memory.exists[table.watch_then[place]],
            memory.exists[table.watch_otherwise[place]],
            table.watch_after[place],
        )
        for lane in range(finish.size):
            then[lane] = np.int32(finish[lane] > after)
            otherwise[lane] = _ONE - then[lane]
