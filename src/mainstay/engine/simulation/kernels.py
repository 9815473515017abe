"""One block of iterations: risks first, then every node forward in time, then the driving links backwards."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.compiled import inner_kernel, pure_kernel
from mainstay.engine.simulation.compiled import inlined
from mainstay.engine.simulation.lanes import count_bits, equal_bits, raise_to
from mainstay.engine.simulation.random import uniform_bits
from mainstay.engine.simulation.sampling import normal_row, value_row
from mainstay.engine.simulation.tables import EARLIEST, LATEST, EdgeTable, MapTable, Minutes, ModelTables, NodeTable, Results, WorkingMemory

# Typed, so that one compiled function serves all of them.
_DURATION: Final = np.uint32(0)
_FACTOR: Final = np.uint32(1)
_CAUSE: Final = np.uint32(2)
_OCCURRENCE: Final = np.uint32(3)
_SEVERITY: Final = np.uint32(4)
_COST: Final = np.uint32(5)

_EARLIEST: Final = EARLIEST
_LATEST: Final = LATEST
_HALF: Final = np.float32(0.5)
_NONE: Final = np.int32(0)
_ALL: Final = np.uint64(0xFFFFFFFFFFFFFFFF)
_DIVIDE: Final = np.int64(35)
_ONE: Final = np.int32(1)
_NO: Final = np.bool_(False)


@inner_kernel
def _map_row(maps: MapTable, number: int, side: int, source: Minutes, lag: np.int32, out: Minutes) -> int:
    """Fill `out` with the working minutes of the target at the source's minutes plus `lag`; returns how many lie beyond the table."""
    entries = maps.entry[maps.first[number] : maps.first[number] + maps.size[number]]
    factor = maps.factor[number]
    quantum = maps.quantum[number]
    last = np.int32(entries.size - 1)
    back = np.int32(1 - side)
    beyond = 0
    for lane in range(out.size):
        work = source[lane] + lag
        slot = np.int32((np.int64(max(work - back, _NONE)) * factor) >> _DIVIDE)
        beyond += int(slot > last)
        slot = min(slot, last)
        entry = entries[slot]
        out[lane] = (entry >> _ONE) + (entry & _ONE) * (work - slot * quantum)
    return beyond


@inlined
def _value_address(edges: EdgeTable, maps: MapTable, link: int, place: int, memory: WorkingMemory, beyond: NDArray[np.int64]) -> int:
    """Make the predecessor's value ready and return the address of its row; the row's lag is `_value_lag`."""
    slot = edges.source[link]
    row = memory.start[slot] if edges.from_start[link] else memory.finish[slot]
    before, after = edges.map_before[link], edges.map_after[link]
    if before < 0 and after < 0:
        return int(row.ctypes.data)
    out = memory.mapped[place]
    if before >= 0:
        beyond[0] += _map_row(maps, before, edges.side_before[link], row, _NONE, out)
        if after >= 0:
            beyond[0] += _map_row(maps, after, edges.side_after[link], out, edges.lag[link], out)
        else:
            for lane in range(out.size):
                out[lane] += edges.lag[link]
    else:
        beyond[0] += _map_row(maps, after, edges.side_after[link], row, edges.lag[link], out)
    return int(out.ctypes.data)


@inner_kernel
def _draw_risks(model: ModelTables, keys: NDArray[np.uint32], group: int, valid: int, memory: WorkingMemory, results: Results) -> None:
    """Decide which causes fire and which risks occur, then fill the rows of their impacts on time."""
    risks, bits = model.risks, memory.bits
    for cause in range(risks.cause_threshold.size):
        uniform_bits(keys, risks.cause_key[cause], _CAUSE, group, bits)
        below = risks.cause_threshold[cause]
        fired = memory.fired[cause]
        for lane in range(bits.size):
            fired[lane] = np.uint64(bits[lane]) < below
    for risk in range(risks.cause.size):
        uniform_bits(keys, risks.key[risk], _OCCURRENCE, group, bits)
        given, otherwise = risks.given[risk], risks.otherwise[risk]
        occurs = memory.occurs[risk]
        count = 0
        if risks.cause[risk] >= 0:
            fired = memory.fired[risks.cause[risk]]
            for lane in range(bits.size):
                occurs[lane] = np.uint64(bits[lane]) < (given if fired[lane] else otherwise)
        else:
            for lane in range(bits.size):
                occurs[lane] = np.uint64(bits[lane]) < otherwise
        for lane in range(min(valid, bits.size)):
            count += occurs[lane]
        results.occurred[risk] += count
    for impact in range(risks.impact_risk.size):
        risk = risks.impact_risk[impact]
        uniform_bits(keys, risks.impact_key[impact], _SEVERITY, group, bits)
        value_row(model.impacts, risks.impact_sample[impact], _NO, bits, memory.z, memory.value)
        occurs, row = memory.occurs[risk], memory.impacts[impact]
        sign = np.int32(risks.sign[risk])
        for lane in range(bits.size):
            row[lane] = sign * np.int32(memory.value[lane] + _HALF) * np.int32(occurs[lane])


@inner_kernel
def _charge(model: ModelTables, keys: NDArray[np.uint32], group: int, column: int, memory: WorkingMemory, results: Results) -> None:
    """Add uncertain cost items and the cost of the risks that occur to their accounts."""
    risks, bits = model.risks, memory.bits
    for item in range(risks.item_account.size):
        uniform_bits(keys, risks.item_key[item], _COST, group, bits)
        value_row(model.costs, risks.item_sample[item], _NO, bits, memory.z, memory.value)
        money = results.money[risks.item_account[item], column : column + bits.size]
        for lane in range(bits.size):
            money[lane] += np.float64(memory.value[lane])
    for impact in range(risks.cost_risk.size):
        risk = risks.cost_risk[impact]
        uniform_bits(keys, risks.cost_key[impact], _SEVERITY, group, bits)
        value_row(model.costs, risks.cost_sample[impact], _NO, bits, memory.z, memory.value)
        money = results.money[risks.cost_account[impact], column : column + bits.size]
        occurs, sign = memory.occurs[risk], risks.sign[risk]
        for lane in range(bits.size):
            money[lane] += sign * np.float64(memory.value[lane]) * np.float64(occurs[lane])


@inlined
def _draw_duration(model: ModelTables, keys: NDArray[np.uint32], group: int, node: int, memory: WorkingMemory) -> None:
    """Fill the row of durations of one node: drawn or certain, then moved by the risks that occur; never below zero."""
    nodes, duration = model.nodes, memory.duration
    sample = nodes.sample[node]
    if sample < 0:
        certain = nodes.duration[node]
        for lane in range(duration.size):
            duration[lane] = certain
    else:
        uniform_bits(keys, nodes.key[node], _DURATION, group, memory.bits)
        first, last = nodes.first_loading[node], nodes.first_loading[node + 1]
        if last > first:
            normal_row(memory.bits, memory.z)
            residual = model.factors.residual[node]
            for lane in range(duration.size):
                memory.z[lane] *= residual
            for place in range(first, last):
                factor = memory.factors[model.factors.factor[place]]
                loading = model.factors.loading[place]
                for lane in range(duration.size):
                    memory.z[lane] += loading * factor[lane]
        value_row(model.durations, sample, last > first, memory.bits, memory.z, memory.value)
        for lane in range(duration.size):
            duration[lane] = max(np.int32(memory.value[lane] + _HALF), _NONE)
    if nodes.first_impact[node + 1] > nodes.first_impact[node]:
        for place in range(nodes.first_impact[node], nodes.first_impact[node + 1]):
            impact = memory.impacts[model.impact[place]]
            for lane in range(duration.size):
                duration[lane] += impact[lane]
        for lane in range(duration.size):
            duration[lane] = max(duration[lane], _NONE)


@inlined
def _forward(model: ModelTables, node: int, memory: WorkingMemory, want_critical: bool, beyond: NDArray[np.int64]) -> None:
    """Start and finish of one node from its links; where wanted, one bit per link and iteration: this link drives the node."""
    nodes, edges = model.nodes, model.edges
    begin = memory.begin
    lanes = begin.size
    words = lanes // 64
    first, split = edges.first[node], edges.split[node]
    floor = nodes.floor[node]
    for lane in range(lanes):
        begin[lane] = floor
    target = begin.ctypes.data
    for link in range(first, split):
        address = _value_address(edges, model.maps, link, link - first, memory, beyond)
        lag = edges.lag[link] if edges.map_before[link] < 0 and edges.map_after[link] < 0 else _NONE
        for word in range(words):
            raise_to(address + 256 * word, lag, target + 256 * word)
    if nodes.ceiling[node] < _LATEST:
        ceiling = nodes.ceiling[node]
        for lane in range(lanes):
            begin[lane] = min(begin[lane], ceiling)
    moved = _finish(model, node, memory, beyond)
    if nodes.has_start_row[node]:
        _keep_start(nodes, node, memory)
    if want_critical:
        _mark_driving(edges, node, nodes.slot[node], moved, memory)


@inlined
def _finish(model: ModelTables, node: int, memory: WorkingMemory, beyond: NDArray[np.int64]) -> bool:
    """Fill the row of finishes; returns whether anything but the start and the duration could set them."""
    nodes, edges = model.nodes, model.edges
    begin, duration, finish = memory.begin, memory.duration, memory.finish[nodes.slot[node]]
    lanes = begin.size
    words = lanes // 64
    first, split, last = edges.first[node], edges.split[node], edges.first[node + 1]
    finish_floor = nodes.finish_floor[node]
    moved = split < last or finish_floor > _EARLIEST
    for lane in range(lanes):
        finish[lane] = begin[lane] + duration[lane]
    if moved:
        begun = memory.begun_finish
        for lane in range(lanes):
            begun[lane] = finish[lane]
            finish[lane] = max(finish[lane], finish_floor)
        target = finish.ctypes.data
        for link in range(split, last):
            address = _value_address(edges, model.maps, link, link - first, memory, beyond)
            lag = edges.lag[link] if edges.map_before[link] < 0 and edges.map_after[link] < 0 else _NONE
            for word in range(words):
                raise_to(address + 256 * word, lag, target + 256 * word)
        if nodes.ceiling[node] < _LATEST:
            ceiling = nodes.ceiling[node]
            for lane in range(lanes):
                finish[lane] = min(finish[lane], ceiling + duration[lane])
    return bool(moved)


@inlined
def _keep_start(nodes: NodeTable, node: int, memory: WorkingMemory) -> None:
    """Fill the row of starts, for successors that hang on them."""
    duration, finish, start = memory.duration, memory.finish[nodes.slot[node]], memory.start[nodes.slot[node]]
    known = nodes.known_start[node]
    if known > _EARLIEST:
        for lane in range(start.size):
            start[lane] = known
    else:
        for lane in range(start.size):
            start[lane] = finish[lane] - duration[lane]


@inlined
def _mark_driving(edges: EdgeTable, node: int, slot: int, moved: bool, memory: WorkingMemory) -> None:
    """Set for each link into a node the bits of the iterations in which the link's value is the node's start or finish."""
    first, split, last = edges.first[node], edges.split[node], edges.first[node + 1]
    words = memory.begin.size // 64
    begin, begun, finish = memory.begin.ctypes.data, memory.begun_finish.ctypes.data, memory.finish[slot].ctypes.data
    for link in range(first, last):
        mapped = edges.map_before[link] >= 0 or edges.map_after[link] >= 0
        unmapped = memory.start[edges.source[link]] if edges.from_start[link] else memory.finish[edges.source[link]]
        row = memory.mapped[link - first] if mapped else unmapped
        lag = _NONE if mapped else edges.lag[link]
        address = row.ctypes.data
        for word in range(words):
            offset = 256 * word
            if link >= split:
                memory.drives[link, word] = equal_bits(address + offset, lag, finish + offset)
            else:
                bits = equal_bits(address + offset, lag, begin + offset)
                memory.drives[link, word] = bits & equal_bits(begun + offset, _NONE, finish + offset) if moved else bits


@inner_kernel
def _first_bits(count: int) -> np.uint64:
    """Return a word whose lowest `count` bits are set."""
    if count >= 64:
        return _ALL
    return np.uint64((np.uint64(1) << np.uint64(max(count, 0))) - np.uint64(1))


@inner_kernel
def _backward(model: ModelTables, valid: int, memory: WorkingMemory, results: Results) -> None:
    """Count per node the iterations in which it drives the end of the programme, and the end of its own project.

    The bits of an end are all set; a node's bits are those of its successors where the link between them drives. For the own project
    only links inside the project are followed.
    """
    nodes, edges = model.nodes, model.edges
    count = nodes.slot.size
    words = memory.reaches.shape[1]
    for node in range(count - 1, -1, -1):
        slot = nodes.slot[node]
        project = nodes.project[node]
        total = 0
        total_in_project = 0
        for word in range(words):
            bits = memory.reaches[slot, word]
            own = memory.reaches_project[slot, word]
            if project < 0:
                own = _first_bits(valid - 64 * word)
            if node == count - 1:
                bits = own
            memory.reaches[slot, word] = np.uint64(0)
            memory.reaches_project[slot, word] = np.uint64(0)
            total += count_bits(bits)
            total_in_project += count_bits(own)
            if bits | own:
                for link in range(edges.first[node], edges.first[node + 1]):
                    drives = memory.drives[link, word]
                    source = edges.source[link]
                    memory.reaches[source, word] |= bits & drives
                    if project < 0 or edges.source_project[link] == project:
                        memory.reaches_project[source, word] |= own & drives
        results.critical[node] += total
        results.critical_in_project[node] += total_in_project


@pure_kernel
def run_block(
    model: ModelTables,
    keys: NDArray[np.uint32],
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
    model
        The model, see `ModelTables`.
    keys
        Key words of the seed.
    group
        Number of the first iteration of the block divided by 64.
    column
        Where the block's columns begin in `results`.
    valid
        How many of the block's iterations count in the sums.
    want_critical
        Whether to count critical nodes as well.
    memory
        Rows of the calling thread. Their width is the size of the block.
    results
        Finishes and money are written to the block's columns, counts are added to.

    Returns
    -------
    int
        How many values lay beyond a calendar map. Unless it is 0 the block is wrong and longer maps are needed.
    """
    beyond = memory.beyond
    beyond[0] = 0
    nodes = model.nodes
    for factor in range(model.factors.key.shape[0]):
        uniform_bits(keys, model.factors.key[factor], _FACTOR, group, memory.bits)
        normal_row(memory.bits, memory.factors[factor])
    _draw_risks(model, keys, group, valid, memory, results)
    _charge(model, keys, group, column, memory, results)
    for node in range(nodes.slot.size):
        _draw_duration(model, keys, group, node, memory)
        if nodes.account[node] >= 0:
            money = results.money[nodes.account[node], column : column + memory.bits.size]
            rate = nodes.rate[node]
            for lane in range(memory.bits.size):
                money[lane] += rate * np.float64(memory.duration[lane])
        _forward(model, node, memory, want_critical, beyond)
        if nodes.monitor[node] >= 0:
            finish = memory.finish[nodes.slot[node]]
            kept = results.finish[nodes.monitor[node], column : column + memory.bits.size]
            for lane in range(memory.bits.size):
                kept[lane] = finish[lane]
    if want_critical:
        _backward(model, valid, memory, results)
    return int(beyond[0])
