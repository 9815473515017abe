"""From a model to the arrays that the kernels read. What holds the nodes is in ``network_tables``, the order in ``ordering``."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_map import calendar_map
from mainstay.engine.calendar_table import ELAPSED, MINUTES_PER_DAY, Ints
from mainstay.engine.forward_pass import forward
from mainstay.engine.network import Network, build
from mainstay.engine.plan import NONE, PlanData
from mainstay.engine.schedule_arrays import Dates, empty_dates, problem_of
from mainstay.engine.simulation.branch_tables import Branches, branches_of
from mainstay.engine.simulation.inputs import Loading
from mainstay.engine.simulation.layout import pointers
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.network_tables import HIGH, LOW, Clock, LinkFacts, NodeFacts, link_facts, node_facts
from mainstay.engine.simulation.ordering import Ordering, ordered
from mainstay.engine.simulation.price_tables import grown, price_table
from mainstay.engine.simulation.random import entity_keys
from mainstay.engine.simulation.reach import check_reach
from mainstay.engine.simulation.result import planned_amount
from mainstay.engine.simulation.risk_tables import all_items, impact_places, residuals, risk_table
from mainstay.engine.simulation.sampling import sample_table
from mainstay.engine.simulation.slots import allocate_slots
from mainstay.engine.simulation.special_tables import Specials, acted_on, special_tables, specials_of
from mainstay.engine.simulation.spells import weather_table
from mainstay.engine.simulation.tables import EdgeTable, FactorTable, MapTable, ModelTables, NodeTable
from mainstay.engine.simulation.uncertainty import Uncertain, uncertain_nodes

SHIFT: Final = 35
"""Calendar maps divide by multiplying and shifting this far; exact for quanta up to `LARGEST_QUANTUM`."""
LARGEST_QUANTUM: Final = 60


@dataclass(frozen=True, slots=True)
class Translation:
    """A model ready to run.

    ``position`` is the place of each activity in the order of simulation, or -1. Rows of the results are the projects, the programme,
    then the milestones; ``row_calendar`` says whose working minutes a row counts. ``groups`` names the uncertain nodes by class or group.
    ``zones`` are the pairs of place of weather and calendar that are tabulated, ``priced`` the calendars whose price level is;
    ``planned_costs`` and ``planned_ratios`` what amounts of money and ratios are without uncertainty.
    """

    tables: ModelTables
    clock: Clock
    slots: int
    position: Ints
    row_calendar: Ints
    map_pairs: tuple[tuple[int, int], ...]
    horizon: int
    groups: dict[str, NDArray[np.int64]]
    dates: Dates
    zones: tuple[tuple[int, int], ...]
    priced: tuple[int, ...]
    planned_costs: NDArray[np.float64]
    planned_ratios: NDArray[np.float32]


def translate(model: SimulationModel) -> Translation:
    """Translate a model; raises what the network raises for cycles, and `SimulationError` for durations out of all proportion."""
    plan = model.plan
    network = build(plan)
    problem = problem_of(plan, network)
    dates = empty_dates(problem)
    forward(problem, dates, False)
    clock = Clock(plan, origin_of(plan, dates))
    facts = node_facts(network, problem, dates, clock)
    links, kept = link_facts(network, problem, facts, _needed(model, network))
    order = ordered(network, facts, links, kept, len(plan.projects))
    place = np.full(network.nodes, -1, np.int64)
    nodes = np.array(order.node, np.int64)
    place[nodes[nodes >= 0]] = np.flatnonzero(nodes >= 0)
    uncertain = uncertain_nodes(model, facts)
    edges, pairs, first = _edges(facts, links, order, place)
    slot, slots = allocate_slots(first, edges.source)
    branches = branches_of(model, network)
    specials = special_tables(model, specials_of(model, branches), facts, place, clock, first)
    tables = _tables(model, facts, order, place, uncertain, edges, slot, specials, clock)._replace(branches=branches.table())
    horizon = 2 * (int(dates.finish.max()) - clock.origin) + 2 * 366 * MINUTES_PER_DAY
    check_reach(tables, uncertain, model)
    rows = [plan.index[name] for name in model.milestones]
    return Translation(
        tables=tables._replace(
            maps=maps_of(clock, pairs, horizon), prices=grown(tables.prices, model.inflation, specials.priced, clock, horizon)
        ),
        clock=clock,
        slots=slots,
        position=place[: network.activities],
        row_calendar=np.array([ELAPSED] * (len(plan.projects) + 1) + facts.calendar[rows].tolist(), np.int64),
        map_pairs=pairs,
        horizon=horizon,
        groups={name: place[nodes] for name, nodes in uncertain.groups.items()},
        dates=dates,
        zones=specials.zones,
        priced=specials.priced,
        planned_costs=np.array([planned_amount(item.amount) for item in all_items(model)]),
        planned_ratios=np.array([planned_amount(price.ratio) for price in model.prices], np.float32),
    )


def maps_of(clock: Clock, pairs: tuple[tuple[int, int], ...], horizon: int) -> MapTable:
    """Tabulate each pair of calendars over this many minutes by the clock from the origin."""
    made = []
    for source, target in pairs:
        working = clock.working(source)
        work = working.work_before(clock.origin + horizon) - working.work_before(clock.origin)
        made.append(calendar_map(working, clock.working(target), clock.origin, max(work, 1), LARGEST_QUANTUM))
    sizes = np.array([item.table.size for item in made], np.int64)
    quantum = np.array([item.quantum for item in made], np.int32)
    return MapTable(
        first=np.concatenate([[0], np.cumsum(sizes)])[:-1].astype(np.int64),
        size=sizes,
        quantum=quantum,
        factor=(1 << SHIFT) // quantum.astype(np.int64) + 1,
        entry=np.concatenate([item.table for item in made] or [np.zeros(1, np.int32)]),
    )


def origin_of(plan: PlanData, dates: Dates) -> int:
    """Choose a midnight well before everything, so that leads stay above zero."""
    moments = np.concatenate([dates.start, dates.finish, dates.remaining_start, [project.start for project in plan.projects]])
    constraint = plan.arrays.activities.constraint_date
    earliest = min(int(moments.min()), int(constraint[constraint != NONE].min(initial=HIGH)))
    return (earliest // MINUTES_PER_DAY - 92) * MINUTES_PER_DAY


def _needed(model: SimulationModel, network: Network) -> NDArray[np.bool_]:
    """Mark the nodes that must be simulated whether or not anything waits for them."""
    needed = np.zeros(network.nodes, np.bool_)
    named = [*model.milestones, *(name for risk in model.risks for name in acted_on(risk))]
    named += [item.activity for item in model.items if item.activity is not None]
    for name in (*named, *(condition.activity for condition in model.conditions)):
        needed[model.plan.index[name]] = True
    return needed


def _edges(
    facts: NodeFacts, links: LinkFacts, order: Ordering, place: Ints
) -> tuple[EdgeTable, tuple[tuple[int, int], ...], NDArray[np.int32]]:
    """Lay links and joins out by their target, with the number of the calendar map that each passes."""
    joins = np.array(order.joins, np.int64).reshape(-1, 2)
    none, no = np.zeros(len(joins), np.int64), np.zeros(len(joins), np.bool_)
    source = np.concatenate([place[links.source], joins[:, 0]])
    target = np.concatenate([place[links.target], joins[:, 1]])
    from_start = np.concatenate([links.from_start, no])
    holds_finish = np.concatenate([links.holds_finish, no])
    lag = np.concatenate([links.lag, none])
    calendar, project = np.array(order.calendar, np.int64), np.array(order.project, np.int64)
    nodes = np.array(order.node, np.int64)
    starts_work = np.where(nodes >= 0, facts.starts_work[nodes], False)
    lag_calendar = np.where(lag == 0, calendar[source], np.concatenate([links.lag_calendar, none]))
    before, after, pairs = _map_numbers(calendar[source], lag_calendar, calendar[target])
    side = from_start | starts_work[source]
    side_after = np.where(lag == 0, side, lag < 0)
    by_target = np.lexsort((holds_finish, target))
    counts = np.bincount(target, minlength=nodes.size)
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    starts = np.bincount(target[~holds_finish], minlength=nodes.size)
    table = EdgeTable(
        first=first,
        split=(first[:-1] + starts).astype(np.int32),
        source=source[by_target].astype(np.int32),
        source_project=project[source[by_target]].astype(np.int32),
        from_start=from_start[by_target],
        lag=lag[by_target].astype(np.int32),
        map_before=before[by_target].astype(np.int32),
        side_before=side[by_target].astype(np.int32),
        map_after=after[by_target].astype(np.int32),
        side_after=side_after[by_target].astype(np.int32),
    )
    return table, pairs, first


def _map_numbers(source: Ints, lag: Ints, target: Ints) -> tuple[Ints, Ints, tuple[tuple[int, int], ...]]:
    """Number the ordered pairs of calendars that links cross; -1 where one does not."""
    many = int(max(source.max(initial=0), lag.max(initial=0), target.max(initial=0))) + 2
    codes = [np.where(a != b, (a + 1) * many + b + 1, -1) for a, b in ((source, lag), (lag, target))]
    used = np.unique(np.concatenate(codes))
    used = used[used >= 0]
    numbers = [np.where(code >= 0, np.searchsorted(used, code), -1) for code in codes]
    return numbers[0], numbers[1], tuple((code // many - 1, code % many - 1) for code in used.tolist())


def _tables(
    model: SimulationModel,
    facts: NodeFacts,
    order: Ordering,
    place: Ints,
    uncertain: Uncertain,
    edges: EdgeTable,
    slot: NDArray[np.int32],
    specials: Specials,
    clock: Clock,
) -> ModelTables:
    nodes = np.array(order.node, np.int64)
    row = np.full(facts.calendar.size, -1, np.int64)
    row[uncertain.nodes] = np.arange(uncertain.nodes.size)
    sample = _laid(nodes, row, -1)
    impact, first_impact = impact_places(model, place, nodes.size)
    account, rate = _rates(model, order, place)
    loadings = [uncertain.loadings[r] if r >= 0 else () for r in sample.tolist()]
    durations = sample_table(list(uncertain.distributions))
    durations = durations._replace(base=durations.base + facts.extra[uncertain.nodes].astype(np.float32))
    has_start = np.zeros(nodes.size, np.bool_)
    has_start[edges.source[edges.from_start]] = True
    table = NodeTable(
        slot=slot,
        has_start_row=has_start,
        floor=_laid(nodes, facts.floor, LOW),
        ceiling=_laid(nodes, facts.ceiling, HIGH),
        finish_floor=_laid(nodes, facts.finish_floor, LOW),
        known_start=_laid(nodes, facts.known_start, LOW),
        duration=_laid(nodes, facts.remaining + facts.extra, 0),
        sample=sample,
        key=_keys(model, nodes),
        first_impact=first_impact,
        first_loading=pointers(loadings),
        monitor=_monitor(model, order, place),
        project=np.array(order.project, np.int32),
        account=account,
        rate=rate,
        special=specials.entry,
    )
    risks, impacts, costs, ratios = risk_table(model, clock)
    every = loadings + [item.loadings for item in all_items(model)] + (priced := [price.loadings for price in model.prices])
    ends = pointers(every)
    first_item, first_price = len(loadings), len(every) - len(priced)
    return ModelTables(
        nodes=table,
        edges=edges._replace(source=slot[edges.source]),
        maps=MapTable(*(np.zeros(0, np.int64),) * 2, np.zeros(0, np.int32), np.zeros(0, np.int64), np.zeros(0, np.int32)),
        impact=impact,
        factors=_factors(every, residuals(loadings)),
        risks=risks._replace(item_first_loading=ends[first_item : first_price + 1]),
        durations=durations,
        impacts=impacts,
        costs=costs,
        ratios=ratios,
        special=specials.table,
        branches=Branches().table(),
        weather=weather_table((), entity_keys([place.id for place in model.weather]), (), clock, 0, 0),
        prices=price_table(model, clock, residuals(priced))._replace(first_loading=ends[first_price:]),
    )


def _laid(nodes: Ints, values: NDArray[np.int64], otherwise: int) -> NDArray[np.int32]:
    """Lay values of nodes out in the order of simulation; joins get the other value."""
    return np.where(nodes >= 0, values[nodes], otherwise).astype(np.int32)


def _keys(model: SimulationModel, nodes: Ints) -> NDArray[np.uint32]:
    """The random keys of activities, by their ids; zero where no activity stands."""
    ids = [activity.id for activity in model.plan.activities]
    keys = entity_keys(ids)
    found = np.zeros((nodes.size, 3), np.uint32)
    own = (nodes >= 0) & (nodes < len(ids))
    found[own] = keys[nodes[own]]
    return found


def _monitor(model: SimulationModel, order: Ordering, place: Ints) -> NDArray[np.int32]:
    """The row of the results that each place fills, or -1."""
    monitor = np.full(len(order.node), -1, np.int32)
    monitor[order.ends] = np.arange(len(order.ends))
    monitor[-1] = len(order.ends)
    # A milestone asked for twice, or one that is left out, is refused before; see `run`.
    for k, name in enumerate(model.milestones):
        monitor[place[model.plan.index[name]]] = len(order.ends) + 1 + k
    return monitor


def _rates(model: SimulationModel, order: Ordering, place: Ints) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """The account that each place charges and the money per minute."""
    account, rate = np.full(len(order.node), -1, np.int32), np.zeros(len(order.node))
    for charge in model.activity_rates:
        at = place[model.plan.index[charge.activity]]
        if at >= 0:
            account[at], rate[at] = order.project[at], rate[at] + charge.per_minute
    return account, rate


def _factors(loadings: list[tuple[Loading, ...]], residual: NDArray[np.float32]) -> FactorTable:
    factors = sorted({loading.factor for found in loadings for loading in found})
    number = {name: k for k, name in enumerate(factors)}
    return FactorTable(
        key=entity_keys(factors),
        factor=np.array([number[loading.factor] for found in loadings for loading in found], np.int32),
        loading=np.array([loading.value for found in loadings for loading in found], np.float32),
        residual=residual,
    )
