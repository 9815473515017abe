"""What befalls an activity in each iteration, written plainly: whether it exists, which risks strike it, and the weather."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.network import Network
from mainstay.engine.simulation.branch_tables import Branches, below, branches_of
from mainstay.engine.simulation.distributions import Array
from mainstay.engine.simulation.inputs import Window
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.network_tables import HIGH, LOW, Clock, NodeFacts
from mainstay.engine.simulation.random import Stream
from mainstay.engine.simulation.reference_numbers import Numbers
from mainstay.engine.simulation.spells import Spells, finished, spells

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Strike:
    """A risk that acts on an activity: minutes with their sign, or factors, where it occurs."""

    risk: str
    occurs: Flags
    window: Window
    minutes: Ints | None = None
    ratio: Array | None = None


@dataclass(slots=True)
class Acts:
    """All of it for one run; rows have one value an iteration.

    ``lanes`` 1 without numbers is the plan itself: the likeliest branches, no risk and fair weather.
    """

    model: SimulationModel
    facts: NodeFacts
    clock: Clock
    lanes: int
    branches: Branches
    rows: dict[int, Flags] = field(default_factory=dict)
    strikes: dict[int, list[Strike]] = field(default_factory=dict)
    struck: dict[str, Flags] = field(default_factory=dict)
    histories: dict[int, tuple[Ints, Spells]] = field(default_factory=dict)

    def alive(self, node: int) -> Flags:
        found = np.ones(self.lanes, np.bool_)
        for row in self.branches.exists.get(node, ()):
            found = found & self.rows[row]
        return found

    def floor(self, node: int, is_alone: bool) -> Ints:
        """Earliest minute of the activity's calendar, by what holds it beside its links."""
        start = np.array([self.model.plan.projects[int(self.facts.project[node])].start])
        absent = int(self.clock.count(self.facts.calendar[node : node + 1], start)[0]) if is_alone else LOW
        return np.where(self.alive(node), self.facts.floor[node], absent)

    def length(self, node: int, begin: Ints, own: Ints) -> Ints:
        """Minutes that the activity takes when it begins at these minutes of its calendar and has this work of its own."""
        alive, extra = self.alive(node), int(self.facts.extra[node])
        out = own.copy()
        for strike in self.strikes.get(node, ()):
            opens, closes = self._counted(node, strike.window.opens, LOW), self._counted(node, strike.window.closes, HIGH)
            under_way = alive & (begin < closes) & (begin + np.maximum(own, 1) > opens)
            if strike.ratio is not None:
                longer = (
                    np.floor(np.maximum((out - extra) * np.where(strike.occurs, strike.ratio, 1.0), 0.0) + 0.5).astype(np.int64) + extra
                )
                out = np.where(under_way, longer, out)
            elif strike.minutes is not None:
                out = out + strike.minutes * under_way
            if strike.risk in self.struck:
                self.struck[strike.risk] |= under_way & strike.occurs
        out = np.maximum(out, 0)
        if node in self.histories:
            lived, found = self.histories[node]
            for k in np.unique(lived).tolist():
                here = lived == k
                out[here] = finished(found[k], begin[here], out[here]) - begin[here]
        return out * alive

    def decide(self, node: int, finish: Ints) -> None:
        """Note which branches exist once an activity's finish (minutes of its calendar) is known."""
        for after, then, otherwise in self.branches.watched.get(node, ()):
            late = finish > self._counted(node, after, HIGH)
            self.rows[then], self.rows[otherwise] = late, ~late

    def _counted(self, node: int, instant: int | None, otherwise: int) -> int:
        if instant is None:
            return otherwise
        return int(self.clock.count(self.facts.calendar[node : node + 1], np.array([instant], np.int64))[0])


def planned_acts(model: SimulationModel, network: Network, facts: NodeFacts, clock: Clock) -> Acts:
    branches = branches_of(model, network)
    return Acts(model, facts, clock, 1, branches, {row: np.array([holds]) for row, holds in enumerate(branches.planned)})


def drawn_acts(model: SimulationModel, network: Network, facts: NodeFacts, clock: Clock, numbers: Numbers, horizon: int) -> Acts:
    """Draw all that befalls activities. Minutes of the clock count from its origin, a midnight that the weather starts from."""
    branches = branches_of(model, network)
    acts = Acts(model, facts, clock, numbers.iterations, branches)
    for row, name in enumerate(branches.names):
        bits = numbers.bits(name, Stream.BRANCH)
        acts.rows[row] = (bits >= branches.low[row]) & (bits < branches.high[row])
    for risk in model.risks:
        occurs, severity = numbers.occurs(model, risk), numbers.uniform(risk.id, Stream.SEVERITY)
        window = risk.window or Window()
        if risk.window is not None:
            acts.struck[risk.id] = np.zeros(numbers.iterations, np.bool_)
        for factor in risk.factors:
            at = acts.strikes.setdefault(model.plan.index[factor.activity], [])
            at.append(Strike(risk.id, occurs, window, ratio=factor.ratio.quantile(severity)))
        for impact in risk.time:
            minutes = risk.nature.sign * np.floor(impact.minutes.quantile(severity) + 0.5).astype(np.int64) * occurs
            acts.strikes.setdefault(model.plan.index[impact.activity], []).append(Strike(risk.id, occurs, window, minutes=minutes))
    for strikes in acts.strikes.values():
        strikes.sort(key=lambda strike: (strike.ratio is None, strike.risk))
    for place in model.weather:
        lived = (numbers.bits(place.id, Stream.PLACE) * place.realisations >> np.uint64(32)).astype(np.int64)
        for node in below(model.plan, place.activities):
            acts.histories[node] = (lived, spells(place, clock, int(facts.calendar[node]), horizon, numbers.seed))
    return acts
