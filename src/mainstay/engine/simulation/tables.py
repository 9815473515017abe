"""What the kernels read: the network, its calendars' maps, its risks and its costs as arrays. How they are filled is in ``translation``.

Every node counts int32 minutes of its own calendar from one origin. A row holds one value per iteration of a block.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.simulation.sampling import SampleTable

Minutes = NDArray[np.int32]
Places = NDArray[np.int32]
Flags = NDArray[np.bool_]
Money = NDArray[np.float64]
Words = NDArray[np.uint64]

EARLIEST: Final = np.int32(-(1 << 30))
"""Stands for: no lower bound."""
LATEST: Final = np.int32(1 << 30)
"""Stands for: no upper bound."""


DRAW: Final = 0
"""Durations are drawn."""
KEEP: Final = 1
"""Durations are drawn, and kept for other tables of the same model."""
REUSE: Final = 2
"""Durations are those that were kept."""


class NodeTable(NamedTuple):
    """One entry a node, in topological order.

    Attributes
    ----------
    slot
        Row of the working memory that holds the node's finish (and start) while a successor still needs it.
    has_start_row
        Whether a successor needs the start.
    floor, ceiling
        The start is not before and not after these minutes, whatever the links say.
    finish_floor
        The finish is not before this minute.
    known_start
        Minute of an actual start, else `EARLIEST`: the row of starts is that, while the rest of the work waits for the links.
    sample
        Row of the sample table with its duration, or -1; then `duration` holds.
    first_impact
        Pointers into `LinkTables.impact` of the risk impacts on it; one longer than the nodes.
    monitor
        Row of the results that keeps its finish, or -1.
    project
        Number of its project, or -1 for the ends of projects and of the programme.
    account
        Row of the money that its time is charged to, or -1; `rate` is money per minute.
    special
        Entry of the `SpecialTable`, or -1 for the many nodes that have none of its features.
    """

    slot: Places
    has_start_row: Flags
    floor: Minutes
    ceiling: Minutes
    finish_floor: Minutes
    known_start: Minutes
    duration: Minutes
    sample: Places
    key: NDArray[np.uint32]
    first_impact: Places
    first_loading: Places
    monitor: Places
    project: Places
    account: Places
    rate: Money
    special: Places


class EdgeTable(NamedTuple):
    """One entry a link, sorted by successor; into one node first those that hold its start, then those that hold its finish.

    ``first[k]:split[k]`` hold the start of node k, ``split[k]:first[k + 1]`` its finish. ``source`` is the predecessor's slot. A value is
    taken over as ``map_after(map_before(value) + lag)``; a map of -1 changes nothing, and ``*_side`` tells whether the value is a moment
    at which work starts (1) or finishes (0).
    """

    first: Places
    split: Places
    source: Places
    source_project: Places
    from_start: Flags
    lag: Minutes
    map_before: Places
    side_before: Places
    map_after: Places
    side_after: Places


class MapTable(NamedTuple):
    """Calendar maps laid end to end (see ``calendar_map``); ``factor`` and a shift of 35 bits divide by the quantum."""

    first: NDArray[np.int64]
    size: NDArray[np.int64]
    quantum: Minutes
    factor: NDArray[np.int64]
    entry: Minutes


class RiskTable(NamedTuple):
    """Causes, risks and their impacts.

    A risk occurs when its number lies below ``given`` if its cause fires, else below ``otherwise`` (both as 32-bit thresholds; a count of
    2**32 means always). Impact rows are minutes with their sign, zero where the risk does not occur; factor rows one where it does not.
    A risk with a window has a ``strike`` row, which tells whether it struck, else -1; one without activities strikes an account once its
    end lies after ``opens`` minutes by the clock. Of an amount of money ``cost_base`` is the certain part, in double precision.
    """

    cause_key: NDArray[np.uint32]
    cause_threshold: NDArray[np.uint64]
    key: NDArray[np.uint32]
    cause: Places
    given: NDArray[np.uint64]
    otherwise: NDArray[np.uint64]
    sign: NDArray[np.float64]
    impact_risk: Places
    impact_key: NDArray[np.uint32]
    impact_sample: Places
    cost_risk: Places
    cost_key: NDArray[np.uint32]
    cost_sample: Places
    cost_account: Places
    cost_base: Money
    item_key: NDArray[np.uint32]
    item_sample: Places
    item_account: Places
    item_first_loading: Places
    item_residual: NDArray[np.float32]
    item_is_dated: Flags
    factor_risk: Places
    factor_key: NDArray[np.uint32]
    factor_sample: Places
    strike: Places
    has_activities: Flags
    opens: NDArray[np.int64]


class FactorTable(NamedTuple):
    """Common factors of correlated durations: their keys, and which node carries which with what loading."""

    key: NDArray[np.uint32]
    factor: Places
    loading: NDArray[np.float32]
    residual: NDArray[np.float32]


class SpecialTable(NamedTuple):
    """Nodes with features that few have; one entry each, lists as pointers that are one longer.

    Attributes
    ----------
    extra
        Minutes of the duration that factors leave alone.
    absent_floor
        The start is not before this minute where the node does not exist.
    first_exists, exists
        Rows of existence that must all hold for it to exist.
    first_strike, strike_risk, strike_row, strike_factor, opens, closes
        Risks that act on it: the row of minutes or of factors, and the window in minutes of the node's calendar. Factors come first.
    weather, place
        Entry of the `WeatherTable` and row of realisations, or -1.
    first_charge, charge_account, charge_rate, charge_ratio
        Money per minute, with the row of the ratio of its price or -1.
    price
        Entry of the `PriceTable`, or -1 where stated prices hold.
    first_item, item
        Cost items that are paid at its finish.
    first_watch, watch_after, watch_then, watch_otherwise
        Conditional branches that it decides: the minute of its calendar and the two rows of existence.
    """

    extra: Minutes
    absent_floor: Minutes
    first_exists: Places
    exists: Places
    first_strike: Places
    strike_risk: Places
    strike_row: Places
    strike_factor: Flags
    opens: Minutes
    closes: Minutes
    weather: Places
    place: Places
    first_charge: Places
    charge_account: Places
    charge_rate: Money
    charge_ratio: Places
    price: Places
    first_item: Places
    item: Places
    first_watch: Places
    watch_after: Minutes
    watch_then: Places
    watch_otherwise: Places


class BranchTable(NamedTuple):
    """Rows of existence: one that is drawn holds where its number lies from ``low`` to below ``high``; those of conditions come after.

    ``rows`` is how many there are in all, ``planned`` which of the drawn ones hold without uncertainty.
    """

    key: NDArray[np.uint32]
    low: Words
    high: Words
    planned: Flags
    rows: int


class WeatherTable(NamedTuple):
    """Realised calendars, each of one place and one calendar, ``slots`` of an hour's work for each of the place's realisations.

    ``workable[first + k * slots + slot]`` is twice the workable minutes before the slot, plus 1 where the slot is workable itself; with v
    workable minutes done, ``v + lost[first + k * slots + (v - 1) // 60]`` minutes of the calendar have gone by. ``key`` and
    ``realisations`` are of the places.
    """

    key: NDArray[np.uint32]
    realisations: NDArray[np.uint64]
    first: NDArray[np.int64]
    slots: NDArray[np.int64]
    workable: Minutes
    lost: Minutes


class PriceTable(NamedTuple):
    """Prices: ratios of resources, growth over time, and what projects cost by the day.

    ``levels[first + slot]`` is the price level at the start of an hour's work of a calendar, with straight lines between; ``level_sum`` is
    its integral over minutes by the clock, one entry a day. Charges of projects are ``rate`` a minute from ``since``, both by the clock.
    """

    key: NDArray[np.uint32]
    first_loading: Places
    residual: NDArray[np.float32]
    first: NDArray[np.int64]
    size: NDArray[np.int64]
    levels: Money
    level_sum: Money
    account: Places
    rate: Money
    since: NDArray[np.int64]
    ratio: Places


class ModelTables(NamedTuple):
    """The whole model as the kernels take it. Rows of ``ratios`` are the prices of resources, then the factors of risks."""

    nodes: NodeTable
    edges: EdgeTable
    maps: MapTable
    impact: Places
    factors: FactorTable
    risks: RiskTable
    durations: SampleTable
    impacts: SampleTable
    costs: SampleTable
    ratios: SampleTable
    special: SpecialTable
    branches: BranchTable
    weather: WeatherTable
    prices: PriceTable


class WorkingMemory(NamedTuple):
    """Rows that one thread works in.

    ``link_rows`` and ``link_lags`` are of the links into a node: the addresses of their rows and what is added to each. ``kept`` are drawn
    durations, one row an entry of the sample table; ``keeping`` holds `DRAW`, `KEEP` or `REUSE`.
    """

    finish: Minutes
    start: Minutes
    mapped: Minutes
    begin: Minutes
    begun_finish: Minutes
    duration: Minutes
    bits: NDArray[np.uint32]
    z: NDArray[np.float32]
    value: NDArray[np.float32]
    factors: NDArray[np.float32]
    fired: NDArray[np.uint8]
    occurs: NDArray[np.uint8]
    impacts: Minutes
    drives: Words
    reaches: Words
    reaches_project: Words
    ratios: NDArray[np.float32]
    risk_factors: NDArray[np.float32]
    exists: Minutes
    alive: Minutes
    ones: Minutes
    own: Minutes
    under_way: Minutes
    alive_words: Words
    struck: Minutes
    realised: Places
    level: Money
    beyond: NDArray[np.int64]
    link_rows: NDArray[np.int64]
    link_lags: Minutes
    kept: Minutes
    keeping: NDArray[np.int64]


class Results(NamedTuple):
    """What a run leaves: finishes of the monitored nodes and money per account (one column an iteration), and counts per node."""

    finish: Minutes
    money: Money
    critical: NDArray[np.int64]
    critical_in_project: NDArray[np.int64]
    occurred: NDArray[np.int64]
