"""How much single activities have to do with the finish: cruciality and the schedule sensitivity index beside criticality.

References
----------
Williams: Criticality in stochastic networks. Journal of the Operational Research Society 43 (1992) 353–357 (cruciality).
Project Management Institute: PMBOK Guide, 3rd edition, 2004, chapter 11 (schedule sensitivity index);
Vanhoucke: Using activity sensitivity and network topology information to monitor project time performance. Omega 38 (2010) 359–370.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import ELAPSED, MINUTES_PER_DAY
from mainstay.engine.plan import PlanData
from mainstay.engine.simulation.distributions import Fixed
from mainstay.engine.simulation.inputs import CostItem
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.rerun import Rerun
from mainstay.engine.simulation.result import Sample
from mainstay.engine.simulation.translation import translate

WEEK: Final = 7 * MINUTES_PER_DAY
MOST_VALUES: Final = 8_000_000
"""Durations held at a time, 64 MB: more activities are watched in several runs."""
ACCOUNT: Final = "\x1faccount "


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """One activity.

    ``criticality`` is the share of iterations in which it drives the finish of the programme; ``cruciality`` Spearman's rank correlation
    of its duration with that finish; ``deviation`` the standard deviation of its duration in minutes by the clock, working minutes being
    spread over the week of its calendar; ``index`` the schedule sensitivity index, criticality × deviation ÷ that of the finish.
    """

    activity: str
    criticality: float
    cruciality: float
    deviation: float
    index: float


def sensitivity(
    model: SimulationModel, activities: Sequence[str], criticality: Mapping[str, float], rerun: Rerun
) -> tuple[Sensitivity, ...]:
    """Work out the sensitivity of some activities, in their order; those that are over or take no part are left out.

    Parameters
    ----------
    criticality
        Of a run of the same model, by activity.
    """
    made = []
    for finish, rows in _watched(model, activities, rerun):
        places = ranks(finish.values)
        for name, minutes in rows.items():
            deviation = Sample(minutes).deviation * by_the_clock(model.plan, name)
            share = criticality.get(name, 0.0)
            index = share * deviation / finish.deviation if finish.deviation > 0 else 0.0
            made.append(Sensitivity(name, share, correlation(ranks(minutes), places), deviation, index))
    return tuple(made)


def durations_of(model: SimulationModel, activities: Sequence[str], rerun: Rerun) -> dict[str, NDArray[np.float64]]:
    """The duration that each activity had in each iteration, working minutes with its risks' delays."""
    return {name: minutes for _finish, rows in _watched(model, activities, rerun) for name, minutes in rows.items()}


def _watched(model: SimulationModel, activities: Sequence[str], rerun: Rerun) -> Iterator[tuple[Sample, dict[str, NDArray[np.float64]]]]:
    """Run the model with an account of money for each activity, charged one a minute: the kernel itself then tells the durations."""
    each = max(1, MOST_VALUES // rerun.iterations)
    names = list(dict.fromkeys(activities))
    for begin in range(0, len(names), each):
        watched = names[begin : begin + each]
        first = len(model.plan.projects)
        accounts = tuple(replace(model.plan.projects[0], id=f"{ACCOUNT}{name}", finish=None) for name in watched)
        plan = replace(model.plan, projects=(*model.plan.projects, *accounts))
        own = replace(model, plan=plan, items=(*model.items, CostItem(ACCOUNT, accounts[0].id, Fixed(0.0))), activity_rates=())
        ready = translate(own)
        nodes = ready.tables.nodes
        account, rate = nodes.account.copy(), nodes.rate.copy()
        places = {name: int(ready.position[plan.index[name]]) for name in watched}
        for number, place in enumerate(places.values()):
            if place >= 0:
                account[place], rate[place] = first + number, 1.0
        tables = ready.tables._replace(nodes=nodes._replace(account=account, rate=rate))
        found = rerun.of(own, replace(ready, tables=tables))
        yield found.finish_of(), {name: found.money[first + number] for number, (name, place) in enumerate(places.items()) if place >= 0}


def by_the_clock(plan: PlanData, activity: str) -> float:
    """Minutes by the clock that pass, in the week of the activity's calendar, with one working minute."""
    calendar = int(plan.arrays.activities.calendar[plan.index[activity]])
    worked = WEEK if calendar == ELAPSED else int(plan.calendar_table.week_minutes[calendar])
    return WEEK / worked if worked else 1.0


def ranks(values: NDArray[np.generic]) -> NDArray[np.float64]:
    """Ranks from 0; equal values share the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts + 1) / 2.0)[inverse], np.float64)


def correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Pearson's correlation; 0 where one of them is constant."""
    spread = float(one.std() * other.std())
    return float(((one - one.mean()) * (other - other.mean())).mean() / spread) if spread > 0 else 0.0
