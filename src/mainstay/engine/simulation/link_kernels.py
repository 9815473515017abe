"""What links give to the rows of their successors: values in the successor's calendar, starts, and which links drive."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.compiled import inner_kernel
from mainstay.engine.simulation.compiled import inlined
from mainstay.engine.simulation.lanes import equal_bits
from mainstay.engine.simulation.tables import EARLIEST, EdgeTable, MapTable, Minutes, NodeTable, WorkingMemory

_EARLIEST: Final = EARLIEST
_NONE: Final = np.int32(0)
_DIVIDE: Final = np.int64(35)
_ONE: Final = np.int32(1)


@inner_kernel
def map_row(maps: MapTable, number: int, side: int, source: Minutes, lag: np.int32, out: Minutes) -> int:
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
def value_address(edges: EdgeTable, maps: MapTable, link: int, place: int, memory: WorkingMemory, beyond: NDArray[np.int64]) -> int:
    """Make the predecessor's value ready and return the address of its row; the row's lag is `_value_lag`."""
    slot = edges.source[link]
    row = memory.start[slot] if edges.from_start[link] else memory.finish[slot]
    before, after = edges.map_before[link], edges.map_after[link]
    if before < 0 and after < 0:
        return int(row.ctypes.data)
    out = memory.mapped[place]
    if before >= 0:
        beyond[0] += map_row(maps, before, edges.side_before[link], row, _NONE, out)
        if after >= 0:
            beyond[0] += map_row(maps, after, edges.side_after[link], out, edges.lag[link], out)
        else:
            for lane in range(out.size):
                out[lane] += edges.lag[link]
    else:
        beyond[0] += map_row(maps, after, edges.side_after[link], row, edges.lag[link], out)
    return int(out.ctypes.data)


@inlined
def keep_start(nodes: NodeTable, node: int, memory: WorkingMemory) -> None:
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
def mark_driving(edges: EdgeTable, node: int, slot: int, moved: bool, memory: WorkingMemory) -> None:
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
