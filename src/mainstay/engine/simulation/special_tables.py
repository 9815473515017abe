"""Which nodes have features that few have, and what the kernels read of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import Ints
from mainstay.engine.simulation.branch_tables import Branches, below
from mainstay.engine.simulation.errors import SimulationError
from mainstay.engine.simulation.inputs import RiskEvent, Window
from mainstay.engine.simulation.layout import pointers
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.network_tables import HIGH, LOW, Clock, NodeFacts
from mainstay.engine.simulation.tables import SpecialTable

Part = TypeVar("Part")


@dataclass(slots=True)
class Special:
    """The features of one activity. A strike is a risk's number, the row of its minutes or factors, whether factors, and its window."""

    exists: list[int] = field(default_factory=list)
    strikes: list[tuple[int, int, bool, Window]] = field(default_factory=list)
    place: int = -1
    charges: list[tuple[float, int]] = field(default_factory=list)
    items: list[int] = field(default_factory=list)
    watched: list[tuple[int, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Specials:
    """The table, the entry of each place in the order of simulation, and the (place of weather, calendar) and calendars it refers to."""

    table: SpecialTable
    entry: NDArray[np.int32]
    zones: tuple[tuple[int, int], ...]
    priced: tuple[int, ...]


def specials_of(model: SimulationModel, branches: Branches) -> dict[int, Special]:
    """The special activities of a model by their index."""
    plan = model.plan
    found: dict[int, Special] = {}

    def at(index: int) -> Special:
        return found.setdefault(index, Special())

    for index, rows in branches.exists.items():
        at(index).exists = rows
    for index, conditions in branches.watched.items():
        at(index).watched = conditions
    for number, place in enumerate(model.weather):
        for index in below(plan, place.activities):
            at(index).place = number
    for number, item in enumerate(model.items):
        if item.activity is not None:
            at(plan.index[item.activity]).items.append(number)
    for name in [name for risk in model.risks if risk.window or risk.factors for name in acted_on(risk)]:
        at(plan.index[name])
    for rate in model.activity_rates:
        if rate.resource is not None or model.inflation is not None:
            at(plan.index[rate.activity])
    _charges(model, found)
    _strikes(model, found)
    return found


def acted_on(risk: RiskEvent) -> list[str]:
    """Activities that a risk multiplies or lengthens."""
    return [*(factor.activity for factor in risk.factors), *(impact.activity for impact in risk.time)]


def _charges(model: SimulationModel, found: dict[int, Special]) -> None:
    prices = {price.resource: number for number, price in enumerate(model.prices)}
    for rate in model.activity_rates:
        if (index := model.plan.index[rate.activity]) in found:
            found[index].charges.append((rate.per_minute, -1 if rate.resource is None else prices[rate.resource]))


def _strikes(model: SimulationModel, found: dict[int, Special]) -> None:
    """Factors come before minutes; rows are counted over all risks."""
    plan = model.plan
    for is_factor in (True, False):
        row = 0
        for number, risk in enumerate(model.risks):
            for impact in risk.factors if is_factor else risk.time:
                if (index := plan.index[impact.activity]) in found:
                    found[index].strikes.append((number, row, is_factor, risk.window or Window()))
                row += 1
    for special in found.values():  # factors round to minutes: in an order that no list decides
        special.strikes.sort(key=lambda strike: (not strike[2], model.risks[strike[0]].id))


def special_tables(
    model: SimulationModel, found: dict[int, Special], facts: NodeFacts, place: Ints, clock: Clock, first_edge: NDArray[np.int32]
) -> Specials:
    """Lay the special activities out; raises `SimulationError` where one takes no part in the network."""
    plan = model.plan
    for index in found:
        if place[index] < 0:
            name = plan.activities[index].id
            raise SimulationError(f"Activity {name} is no part of the network that is simulated; name a task or milestone instead.")
    indices = sorted(found, key=lambda index: int(place[index]))
    parts = [found[index] for index in indices]
    calendar = [int(facts.calendar[index]) for index in indices]
    project = [int(facts.project[index]) for index in indices]
    zones = sorted({(part.place, own) for part, own in zip(parts, calendar, strict=True) if part.place >= 0})
    paid = [
        own if model.inflation is not None and (part.charges or part.items) else None for part, own in zip(parts, calendar, strict=True)
    ]
    priced = sorted({own for own in paid if own is not None})
    starts = [plan.projects[number].start for number in project]
    opening, first = _counted(clock, calendar, [[strike[3].opens for strike in part.strikes] for part in parts], LOW)
    closing, _ = _counted(clock, calendar, [[strike[3].closes for strike in part.strikes] for part in parts], HIGH)
    after, _ = _counted(clock, calendar, [[watch[0] for watch in part.watched] for part in parts], HIGH)
    nodes = [int(place[index]) for index in indices]
    alone = [int(first_edge[node + 1] == first_edge[node]) for node in nodes]
    strikes = [strike for part in parts for strike in part.strikes]
    charges = [(number, *charge) for number, part in zip(project, parts, strict=True) for charge in part.charges]
    watched = [watch for part in parts for watch in part.watched]
    table = SpecialTable(
        extra=np.array([int(facts.extra[index]) for index in indices], np.int32),
        absent_floor=np.where(alone, clock.count(np.array(calendar, np.int64), np.array(starts, np.int64)), LOW).astype(np.int32),
        first_exists=pointers(part.exists for part in parts),
        exists=_places(row for part in parts for row in part.exists),
        first_strike=first,
        strike_risk=_places(strike[0] for strike in strikes),
        strike_row=_places(strike[1] for strike in strikes),
        strike_factor=np.array([strike[2] for strike in strikes], np.bool_),
        opens=opening,
        closes=closing,
        weather=_places(zones.index((part.place, own)) if part.place >= 0 else -1 for part, own in zip(parts, calendar, strict=True)),
        place=_places(part.place for part in parts),
        first_charge=pointers(part.charges for part in parts),
        charge_account=_places(charge[0] for charge in charges),
        charge_rate=np.array([charge[1] for charge in charges], np.float64),
        charge_ratio=_places(charge[2] for charge in charges),
        price=_places(-1 if own is None else priced.index(own) for own in paid),
        first_item=pointers(part.items for part in parts),
        item=_places(item for part in parts for item in part.items),
        first_watch=pointers(part.watched for part in parts),
        watch_after=after,
        watch_then=_places(watch[1] for watch in watched),
        watch_otherwise=_places(watch[2] for watch in watched),
    )
    entry = np.full(first_edge.size - 1, -1, np.int32)
    entry[nodes] = np.arange(len(nodes))
    return Specials(table, entry, tuple(zones), tuple(priced))


def _places(values: Iterable[int]) -> NDArray[np.int32]:
    return np.array(list(values), np.int32)


def _counted(
    clock: Clock, calendar: Sequence[int], instants: Sequence[Sequence[int | None]], otherwise: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Minutes of each activity's calendar at its instants, laid end to end, with their pointers; None is the other value."""
    owner = np.array([own for own, part in zip(calendar, instants, strict=True) for _ in part], np.int64)
    flat = [instant for part in instants for instant in part]
    counted = clock.count(owner, np.array([0 if instant is None else instant for instant in flat], np.int64))
    missing = np.array([instant is None for instant in flat], np.bool_)
    return np.where(missing, otherwise, counted).astype(np.int32), pointers(instants)
