"""One block of iterations: risks first, then every node forward in time, then the driving links backwards."""

from typing import Final

import numpy as np

from mainstay.engine.compiled import inner_kernel, pure_kernel
from mainstay.engine.simulation.backward_lanes import backward_row
from mainstay.engine.simulation.compiled import inlined
from mainstay.engine.simulation.draw_kernels import draw_common, draw_risks, own_duration
from mainstay.engine.simulation.forward_lanes import forward_row
from mainstay.engine.simulation.link_kernels import keep_start, value_address
from mainstay.engine.simulation.money_kernels import charge
from mainstay.engine.simulation.money_lanes import charge_row
from mainstay.engine.simulation.schemes import Draw
from mainstay.engine.simulation.special_kernels import special_node
from mainstay.engine.simulation.tables import EARLIEST, ModelTables, Results, WorkingMemory

_EARLIEST: Final = EARLIEST
_NONE: Final = np.int32(0)
_ALL: Final = np.uint64(0xFFFFFFFFFFFFFFFF)


@inlined
def _draw_duration(model: ModelTables, draw: Draw, group: int, node: int, memory: WorkingMemory) -> None:
    """Fill the row of durations of one node, and move it by the risks that occur; never below zero."""
    nodes, duration = model.nodes, memory.duration
    own_duration(model, draw, group, node, memory)
    if nodes.first_impact[node + 1] > nodes.first_impact[node]:
        for place in range(nodes.first_impact[node], nodes.first_impact[node + 1]):
            impact = memory.impacts[model.impact[place]]
            for lane in range(duration.size):
                duration[lane] += impact[lane]
        for lane in range(duration.size):
            duration[lane] = max(duration[lane], _NONE)


@inlined
def _forward(model: ModelTables, node: int, memory: WorkingMemory, want_critical: bool) -> None:
    """Start and finish of one node from its links; where wanted, one bit per link and iteration: this link drives the node."""
    nodes, edges = model.nodes, model.edges
    first, split, last = edges.first[node], edges.split[node], edges.first[node + 1]
    for link in range(first, last):
        place = link - first
        memory.link_rows[place] = value_address(edges, model.maps, link, place, memory, memory.beyond)
        memory.link_lags[place] = edges.lag[link] if edges.map_before[link] < 0 and edges.map_after[link] < 0 else _NONE
    forward_row(
        memory.link_rows.ctypes.data,
        memory.link_lags.ctypes.data,
        split - first,
        last - first,
        (nodes.floor[node], nodes.ceiling[node], nodes.finish_floor[node]),
        split < last or nodes.finish_floor[node] > _EARLIEST,
        memory.drives.shape[1],
        memory.duration.ctypes.data,
        memory.finish[nodes.slot[node]].ctypes.data,
        memory.drives.ctypes.data + 8 * memory.drives.shape[1] * first if want_critical else 0,
    )
    if nodes.has_start_row[node]:
        keep_start(nodes, node, memory)


@inner_kernel
def _first_bits(count: int) -> np.uint64:
    """Return a word whose lowest `count` bits are set."""
    if count >= 64:
        return _ALL
    return np.uint64((np.uint64(1) << np.uint64(max(count, 0))) - np.uint64(1))


@inner_kernel
def _backward(model: ModelTables, valid: int, memory: WorkingMemory, results: Results) -> None:
    """Count per node the iterations in which it drives the end of the programme, and the end of its own project.

    The bits of an end are all set; a node's bits are those of its successors where the link between them drives.
    """
    nodes, edges = model.nodes, model.edges
    count = nodes.slot.size
    words = memory.reaches.shape[1]
    for node in range(count - 1, -1, -1):
        slot, project, special, first = nodes.slot[node], nodes.project[node], nodes.special[node], edges.first[node]
        if project < 0:
            for word in range(words):
                memory.reaches_project[slot, word] = _first_bits(valid - 64 * word)
                if node == count - 1:
                    memory.reaches[slot, word] = memory.reaches_project[slot, word]
        backward_row(
            (np.intp(project), np.intp(slot)),
            (memory.reaches.ctypes.data, memory.reaches_project.ctypes.data),
            8 * words,
            memory.alive_words[special].ctypes.data if special >= 0 else 0,
            memory.drives.ctypes.data + 8 * words * first,
            edges.source.ctypes.data + 4 * first,
            edges.source_project.ctypes.data + 4 * first,
            edges.first[node + 1] - first,
            words,
            (results.critical.ctypes.data + 8 * node, results.critical_in_project.ctypes.data + 8 * node),
        )


@pure_kernel
def run_block(
    model: ModelTables,
    draw: Draw,
    group: int,
    column: int,
    valid: int,
    want_critical: bool,
    memory: WorkingMemory,
    results: Results,
) -> int:
    """Simulate one block of iterations.

    Parameters
    ----------
    model, draw
        See `ModelTables` and `Draw`.
    group
        Number of the first iteration of the block divided by 64.
    column
        Where the block's columns begin in `results`.
    valid
        How many of the block's iterations count in the sums.
    want_critical
        Whether to count critical nodes as well.
    memory, results
        Rows of the calling thread, as wide as the block; finishes and money are written to the block's columns, counts are added to.

    Returns
    -------
    int
        How many values lay beyond a calendar map. Unless it is 0 the block is wrong and longer maps are needed.
    """
    memory.beyond[0] = 0
    nodes = model.nodes
    lanes = memory.bits.size
    draw_common(model, draw, group, memory)
    draw_risks(model, draw, group, valid, memory, results)
    for strike in range(memory.struck.shape[0]):
        for lane in range(lanes):
            memory.struck[strike, lane] = _NONE
    for node in range(nodes.slot.size):
        if nodes.special[node] >= 0:
            special_node(model, draw, group, column, node, want_critical, memory, results)
        else:
            _draw_duration(model, draw, group, node, memory)
            if nodes.account[node] >= 0:
                money = results.money[nodes.account[node]].ctypes.data + 8 * column
                charge_row(memory.duration.ctypes.data, nodes.rate[node], lanes // 64, money)
            _forward(model, node, memory, want_critical)
        if nodes.monitor[node] >= 0:
            finish = memory.finish[nodes.slot[node]]
            kept = results.finish[nodes.monitor[node], column : column + lanes]
            for lane in range(lanes):
                kept[lane] = finish[lane]
    charge(model, draw, group, column, valid, memory, results)
    if want_critical:
        _backward(model, valid, memory, results)
    return int(memory.beyond[0])
