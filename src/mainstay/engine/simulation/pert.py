"""The finish by PERT: one critical path on mean durations, whose variances add up. What it leaves out is what the simulation finds.

References
----------
Malcolm, Roseboom, Clark, Fazar: Application of a technique for research and development program evaluation.
Operations Research 7 (1959) 646–669.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.plan import NONE
from mainstay.engine.simulation.distributions import Distribution
from mainstay.engine.simulation.inputs import DurationFactor, RiskEvent, TimeImpact
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.rerun import Rerun
from mainstay.engine.simulation.result import SimulationResult
from mainstay.engine.simulation.run import certain
from mainstay.engine.simulation.sensitivity import by_the_clock
from mainstay.engine.simulation.translation import Translation


@dataclass(frozen=True, slots=True)
class Pert:
    """Mean finish (minutes since 1970), its standard deviation in minutes by the clock, and the activities of its critical path."""

    finish: float
    deviation: float
    path: tuple[str, ...]

    def percentile(self, percent: float) -> float:
        """Instant by which the finish would lie, were it normal with that mean and deviation."""
        return self.finish + self.deviation * NormalDist().inv_cdf(percent / 100.0)


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean and variance of every place's duration, working minutes; risks enter with their probability."""

    mean: NDArray[np.float64]
    variance: NDArray[np.float64]


def pert(model: SimulationModel, translation: Translation) -> tuple[Pert, SimulationResult]:
    """The PERT finish of the programme, and the run of one iteration on mean durations that it comes from.

    Where several paths are critical, the one with the largest variance counts.
    """
    moments = moments_of(model, translation)
    tables = certain(translation.tables)
    on_means = tables._replace(nodes=tables.nodes._replace(duration=np.rint(moments.mean).astype(np.int32)))
    found = Rerun(iterations=1, seed=0).of(model, replace(translation, tables=on_means), criticality=True)
    path, variance = widest(model, translation, moments, found.criticality)
    return Pert(found.finish_of().percentile(50), variance**0.5, path), found


def moments_of(model: SimulationModel, translation: Translation) -> Moments:
    """Mean and variance of the durations as they are drawn, and of the delays by risks as independent events."""
    nodes, columns, index = translation.tables.nodes, model.plan.arrays.activities, model.plan.index
    mean, variance = nodes.duration.astype(np.float64), np.zeros(nodes.duration.size)
    met: set[int] = set()

    def take(at: int, drawn: Distribution) -> None:
        place = int(translation.position[at])
        if place >= 0 and place not in met and nodes.sample[place] >= 0:
            mean[place], variance[place] = drawn.mean, drawn.variance
            met.add(place)

    for item in model.durations:
        at = index[item.activity]
        begun = columns.actual_start[at] != NONE and columns.duration[at]
        take(at, item.minutes.scaled(float(columns.remaining[at] / columns.duration[at])) if begun else item.minutes)
    for group in model.classes:
        for at in [index[name] for name in group.activities] if group.activities is not None else range(len(model.plan.activities)):
            place = int(translation.position[at])
            if place >= 0:
                take(at, group.ratio.scaled(float(nodes.duration[place])))
    struck = _Struck(model, translation, mean, variance)
    for risk in model.risks:
        for factor in risk.factors:
            struck.times(risk, factor)
    for risk in model.risks:
        for impact in risk.time:
            struck.plus(risk, impact)
    return Moments(np.maximum(mean, 0.0), variance)


@dataclass(frozen=True, slots=True)
class _Struck:
    """Adds risks to the moments of the places that they can strike: those under way, by the plan's own dates, within their window."""

    model: SimulationModel
    translation: Translation
    mean: NDArray[np.float64]
    variance: NDArray[np.float64]

    def place(self, risk: RiskEvent, activity: str) -> int:
        at = self.model.plan.index[activity]
        begins, ends = int(self.translation.dates.start[at]), int(self.translation.dates.finish[at])
        opens, closes = (risk.window.opens, risk.window.closes) if risk.window is not None else (None, None)
        is_outside = (closes is not None and begins >= closes) or (opens is not None and ends < opens)
        return -1 if is_outside else int(self.translation.position[at])

    def times(self, risk: RiskEvent, factor: DurationFactor) -> None:
        """Of a product of independent values: the mean is that of the means, the mean square that of the mean squares."""
        place, p, ratio = self.place(risk, factor.activity), risk.probability, factor.ratio
        if place >= 0:
            centre = 1.0 - p + p * ratio.mean
            square = 1.0 - p + p * (ratio.variance + ratio.mean**2)
            before = self.variance[place] + self.mean[place] ** 2
            self.mean[place] *= centre
            self.variance[place] = max(before * square - self.mean[place] ** 2, 0.0)

    def plus(self, risk: RiskEvent, impact: TimeImpact) -> None:
        place, p, centre = self.place(risk, impact.activity), risk.probability, impact.minutes.mean
        if place >= 0:
            self.mean[place] += risk.nature.sign * p * centre
            self.variance[place] += p * (impact.minutes.variance + centre**2) - (p * centre) ** 2


def widest(
    model: SimulationModel, translation: Translation, moments: Moments, criticality: Mapping[str, float]
) -> tuple[tuple[str, ...], float]:
    """The critical path of one iteration whose variance is the largest, with that variance in minutes by the clock squared."""
    critical = {name for name, share in criticality.items() if share > 0}
    before: dict[str, list[str]] = {}
    for link in model.plan.links:
        if link.predecessor in critical and link.successor in critical:
            before.setdefault(link.successor, []).append(link.predecessor)
    place = {name: int(translation.position[model.plan.index[name]]) for name in critical}
    total: dict[str, float] = {}
    came: dict[str, str] = {}
    for name in sorted(critical, key=lambda one: (place[one], one)):
        found = [one for one in before.get(name, ()) if one in total]
        best = max(found, key=lambda one: total[one], default="")
        own = float(moments.variance[place[name]]) * by_the_clock(model.plan, name) ** 2
        total[name] = own + (total[best] if best else 0.0)
        came[name] = best
    ends = critical - {one for found in before.values() for one in found}
    at = max(sorted(ends or critical), key=lambda one: total[one], default="")
    variance = total.get(at, 0.0)
    path = []
    while at:
        path.append(at)
        at = came[at]
    return tuple(reversed(path)), variance
