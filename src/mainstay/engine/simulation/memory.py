"""Working memory of one thread and the arrays of results, sized for a translated model."""

from typing import Final

import numpy as np

from mainstay.engine.simulation.tables import DRAW, ModelTables, Results, WorkingMemory

CACHE_BYTES: Final = 1 << 20
"""What a core has of its own, more or less."""
LEAST_LANES: Final = 128
"""With fewer, the tables of the network, which are read once for all lanes, cost more than the cache saves."""


def working_memory(tables: ModelTables, slots: int, block: int, kept: int = 0) -> WorkingMemory:
    """Allocate the rows that one thread works in; `block` iterations, a multiple of 64. `kept` is how many durations are."""
    edges, risks = tables.edges, tables.risks
    fan_in = int(np.diff(edges.first).max(initial=0))
    mapped = fan_in if ((edges.map_before >= 0) | (edges.map_after >= 0)).any() else 0
    words = block // 64
    special = tables.nodes.special.max(initial=-1) + 1
    starts = slots if tables.nodes.has_start_row.any() else 1
    return WorkingMemory(
        finish=np.zeros((slots, block), np.int32),
        start=np.zeros((starts, block), np.int32),
        mapped=np.zeros((max(mapped, 1), block), np.int32),
        begin=np.zeros(block, np.int32),
        begun_finish=np.zeros(block, np.int32),
        duration=np.zeros(block, np.int32),
        bits=np.zeros(block, np.uint32),
        z=np.zeros(block, np.float32),
        value=np.zeros(block, np.float32),
        factors=np.zeros((max(tables.factors.key.shape[0], 1), block), np.float32),
        fired=np.zeros((max(risks.cause_threshold.size, 1), block), np.uint8),
        occurs=np.zeros((max(risks.cause.size, 1), block), np.uint8),
        ratios=np.zeros((max(tables.prices.key.shape[0], 1), block), np.float32),
        risk_factors=np.zeros((max(risks.factor_risk.size, 1), block), np.float32),
        exists=np.zeros((max(tables.branches.rows, 1), block), np.int32),
        alive=np.zeros(block, np.int32),
        ones=np.ones(block, np.int32),
        own=np.zeros(block, np.int32),
        under_way=np.zeros(block, np.int32),
        alive_words=np.zeros((max(special, 1), words), np.uint64),
        struck=np.zeros((int(risks.strike.max(initial=-1)) + 1, block), np.int32),
        realised=np.zeros((max(tables.weather.key.shape[0], 1), block), np.int32),
        level=np.zeros(block),
        impacts=np.zeros((max(risks.impact_risk.size, 1), block), np.int32),
        drives=np.zeros((edges.source.size, words), np.uint64),
        reaches=np.zeros((slots, words), np.uint64),
        reaches_project=np.zeros((slots, words), np.uint64),
        beyond=np.zeros(1, np.int64),
        link_rows=np.zeros(max(fan_in, 1), np.int64),
        link_lags=np.zeros(max(fan_in, 1), np.int32),
        kept=np.zeros((kept, block), np.int32),
        keeping=np.full(1, DRAW, np.int64),
    )


def lanes_of(tables: ModelTables, slots: int, block: int, criticality: bool) -> int:
    """How many iterations of a block are best worked on at once: all of them, a half, a quarter..., so that rows stay in a core's cache."""
    each = 4 * slots + (tables.edges.source.size // 8 if criticality else 0)
    lanes = block
    while lanes * each > CACHE_BYTES and lanes > LEAST_LANES and lanes % 128 == 0:
        lanes //= 2
    return lanes


def empty_results(tables: ModelTables, accounts: int, iterations: int) -> Results:
    """Allocate what all threads write to: one column an iteration, and counts."""
    nodes = tables.nodes.slot.size
    return Results(
        finish=np.zeros((int(tables.nodes.monitor.max(initial=-1)) + 1, iterations), np.int32),
        money=np.zeros((accounts, iterations)),
        critical=np.zeros(nodes, np.int64),
        critical_in_project=np.zeros(nodes, np.int64),
        occurred=np.zeros(max(tables.risks.cause.size, 1), np.int64),
    )
