"""What is drawn at the start of a block and of each node: factors, causes, risks and their impacts, uncertain durations and money."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.compiled import inner_kernel
from mainstay.engine.simulation.compiled import inlined
from mainstay.engine.simulation.curves import normal_curve
from mainstay.engine.simulation.random import uniform_bits
from mainstay.engine.simulation.row_lanes import joined_score_row, pert_minutes, scored_pert_minutes
from mainstay.engine.simulation.sampling import Kind, SampleTable, normal_row, value_row
from mainstay.engine.simulation.schemes import Draw, Scheme, numbers_row
from mainstay.engine.simulation.tables import KEEP, REUSE, FactorTable, ModelTables, Results, WorkingMemory

Bits = NDArray[np.uint32]
Scores = NDArray[np.float32]

# Typed, so that one compiled function serves all of them.
_DURATION: Final = np.uint32(0)
_FACTOR: Final = np.uint32(1)
_CAUSE: Final = np.uint32(2)
_OCCURRENCE: Final = np.uint32(3)
_SEVERITY: Final = np.uint32(4)
_COST: Final = np.uint32(5)
_PRICE: Final = np.uint32(6)
_BRANCH: Final = np.uint32(7)
_PLACE: Final = np.uint32(8)

_RANDOM: Final = int(Scheme.RANDOM)
_PERT: Final = int(Kind.PERT)
_GROUP: Final = 64
_KEEP: Final = KEEP
_REUSE: Final = REUSE
_NORMAL_CURVE: Final = normal_curve()
_HALF: Final = np.float32(0.5)
_NO_SCORE: Final = np.float32(0.0)
_UNCHANGED: Final = np.float32(1.0)
_NONE: Final = np.int32(0)
_NO: Final = np.bool_(False)
_S32: Final = np.uint64(32)


@inner_kernel
def mixed_scores(factors: FactorTable, first: int, last: int, residual: np.float32, bits: Bits, rows: Scores, z: Scores) -> None:
    """Fill the row of normal scores: what the numbers give by themselves, and the common factors by their loadings."""
    factor, loading = rows[factors.factor[first]], factors.loading[first]
    if residual > _NO_SCORE:
        curve = _NORMAL_CURVE.ctypes.data
        joined_score_row(bits.ctypes.data, curve, residual, factor.ctypes.data, loading, z.size // _GROUP, z.ctypes.data)
    else:
        for lane in range(z.size):
            z[lane] = loading * factor[lane]
    for place in range(first + 1, last):
        factor, loading = rows[factors.factor[place]], factors.loading[place]
        for lane in range(z.size):
            z[lane] += loading * factor[lane]


@inlined
def _whole_minutes(table: SampleTable, row: int, correlated: bool, memory: WorkingMemory) -> None:
    """Fill the row of durations with rounded values of one distribution, see `value_row`; never below zero."""
    bits, z, value, duration = memory.bits, memory.z, memory.value, memory.duration
    if table.kind[row] == _PERT:  # most of them: rounded in registers
        step, weight, base, scale, groups = table.place[row], table.blend[row], table.base[row], table.scale[row], bits.size // _GROUP
        if correlated:
            scored_pert_minutes(z.ctypes.data, table.of_score[step].ctypes.data, weight, base, scale, groups, duration.ctypes.data)
        else:
            pert_minutes(bits.ctypes.data, table.of_u[step].ctypes.data, weight, base, scale, groups, duration.ctypes.data)
    else:
        value_row(table, row, correlated, bits, z, value)
        for lane in range(duration.size):
            duration[lane] = max(np.int32(value[lane] + _HALF), _NONE)


@inlined
def own_duration(model: ModelTables, draw: Draw, group: int, node: int, memory: WorkingMemory) -> None:
    """Fill the row of durations of one node, drawn or certain; never below zero."""
    nodes, duration = model.nodes, memory.duration
    sample = nodes.sample[node]
    if sample < 0:
        certain = nodes.duration[node]
        for lane in range(duration.size):
            duration[lane] = certain
    elif memory.keeping[0] == _REUSE:
        kept = memory.kept[sample]
        for lane in range(duration.size):
            duration[lane] = kept[lane]
    else:
        if draw.scheme == _RANDOM:  # straight on, since most of a run goes through here
            uniform_bits(draw.keys, nodes.key[node], _DURATION, group, memory.bits)
        else:
            numbers_row(draw, nodes.key[node], _DURATION, group, memory.bits)
        first, last = nodes.first_loading[node], nodes.first_loading[node + 1]
        if last > first:
            mixed_scores(model.factors, first, last, model.factors.residual[node], memory.bits, memory.factors, memory.z)
        _whole_minutes(model.durations, sample, last > first, memory)
        if memory.keeping[0] == _KEEP:
            kept = memory.kept[sample]
            for lane in range(duration.size):
                kept[lane] = duration[lane]


@inner_kernel
def draw_common(model: ModelTables, draw: Draw, group: int, memory: WorkingMemory) -> None:
    """Fill the rows of common factors, of prices, of existence by chance and of the weather that is lived through."""
    bits = memory.bits
    for factor in range(model.factors.key.shape[0]):
        numbers_row(draw, model.factors.key[factor], _FACTOR, group, bits)
        normal_row(bits, memory.factors[factor])
    prices = model.prices
    for price in range(prices.key.shape[0]):
        numbers_row(draw, prices.key[price], _PRICE, group, bits)
        first, last = prices.first_loading[price], prices.first_loading[price + 1]
        if last > first:
            mixed_scores(model.factors, first, last, prices.residual[price], bits, memory.factors, memory.z)
        value_row(model.ratios, price, last > first, bits, memory.z, memory.ratios[price])
    branches = model.branches
    for row in range(branches.key.shape[0]):
        numbers_row(draw, branches.key[row], _BRANCH, group, bits)
        low, high, exists = branches.low[row], branches.high[row], memory.exists[row]
        for lane in range(bits.size):
            exists[lane] = np.int32((np.uint64(bits[lane]) >= low) & (np.uint64(bits[lane]) < high))
    for place in range(model.weather.key.shape[0]):
        numbers_row(draw, model.weather.key[place], _PLACE, group, bits)
        many, realised = model.weather.realisations[place], memory.realised[place]
        for lane in range(bits.size):
            realised[lane] = np.int32((np.uint64(bits[lane]) * many) >> _S32)


@inner_kernel
def draw_risks(model: ModelTables, draw: Draw, group: int, valid: int, memory: WorkingMemory, results: Results) -> None:
    """Decide which causes fire and which risks occur, then fill the rows of their impacts on durations."""
    risks, bits = model.risks, memory.bits
    for cause in range(risks.cause_threshold.size):
        numbers_row(draw, risks.cause_key[cause], _CAUSE, group, bits)
        below = risks.cause_threshold[cause]
        fired = memory.fired[cause]
        for lane in range(bits.size):
            fired[lane] = np.uint64(bits[lane]) < below
    for risk in range(risks.cause.size):
        numbers_row(draw, risks.key[risk], _OCCURRENCE, group, bits)
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
        if risks.strike[risk] < 0:
            results.occurred[risk] += count
    _draw_impacts(model, draw, group, memory)


@inner_kernel
def _draw_impacts(model: ModelTables, draw: Draw, group: int, memory: WorkingMemory) -> None:
    """Fill the rows of minutes and of factors by which risks move durations."""
    risks, bits = model.risks, memory.bits
    for impact in range(risks.impact_risk.size):
        risk = risks.impact_risk[impact]
        if impact == 0 or risk != risks.impact_risk[impact - 1]:  # all impacts of a risk share its number
            numbers_row(draw, risks.impact_key[impact], _SEVERITY, group, bits)
        value_row(model.impacts, risks.impact_sample[impact], _NO, bits, memory.z, memory.value)
        occurs, row = memory.occurs[risk], memory.impacts[impact]
        sign = np.int32(risks.sign[risk])
        for lane in range(bits.size):
            row[lane] = sign * np.int32(memory.value[lane] + _HALF) * np.int32(occurs[lane])
    for factor in range(risks.factor_risk.size):
        risk = risks.factor_risk[factor]
        numbers_row(draw, risks.factor_key[factor], _SEVERITY, group, bits)
        value_row(model.ratios, risks.factor_sample[factor], _NO, bits, memory.z, memory.value)
        occurs, ratio = memory.occurs[risk], memory.risk_factors[factor]
        for lane in range(bits.size):
            ratio[lane] = memory.value[lane] if occurs[lane] else _UNCHANGED
