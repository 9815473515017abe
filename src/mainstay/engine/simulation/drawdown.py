"""How much contingency is still needed as time goes by: what is over can no longer go wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mainstay.engine.calendar_table import MINUTES_PER_DAY
from mainstay.engine.simulation.model import SimulationModel
from mainstay.engine.simulation.rerun import Rerun
from mainstay.engine.simulation.run import Progress
from mainstay.engine.simulation.tables import ModelTables
from mainstay.engine.simulation.translation import Translation, translate


@dataclass(frozen=True, slots=True)
class Remaining:
    """The contingency that is needed from one instant (minutes since 1970) on: percentile less plan, in days by the clock and money.

    ``risks`` is how many risks can still occur then.
    """

    instant: int
    days: float
    days_error: float
    money: float
    money_error: float
    risks: int


def drawdown(
    model: SimulationModel,
    instants: Sequence[int],
    expiry: Mapping[str, int],
    rerun: Rerun,
    percent: float = 80.0,
    translation: Translation | None = None,
    progress: Progress | None = None,
) -> tuple[Remaining, ...]:
    """The contingency needed at each instant, if all that was to be over by then went as planned.

    Parameters
    ----------
    instants
        In rising order, such as the firsts of months.
    expiry
        Risk → the instant from which it can no longer occur.

    Notes
    -----
    At each instant the network is run again with the same random numbers, the risks that have expired left out, and every activity whose
    planned finish has passed certain. It falls with threats that are over and rises with opportunities that have passed unused.
    """
    ready = translation or translate(model)
    planned_finish = ready.dates.finish[: len(model.plan.activities)]
    made: list[Remaining] = []
    state: tuple[int, int] | None = None
    for done, instant in enumerate(instants):
        open_risks = [risk.id for risk in model.risks if expiry.get(risk.id, instant + 1) > instant]
        over = np.unique(ready.position[(planned_finish <= instant) & (ready.position >= 0)])
        if made and state == (len(open_risks), over.size):
            made.append(replace(made[-1], instant=instant))
        else:
            found = rerun.of(model, replace(ready, tables=_left(model, ready.tables, set(open_risks), over)))
            finish, cost = found.finish_of(), found.cost_of()
            made.append(
                Remaining(
                    instant=instant,
                    days=(finish.percentile(percent) - found.planned_finish_of()) / MINUTES_PER_DAY,
                    days_error=finish.percentile_error(percent) / MINUTES_PER_DAY,
                    money=cost.percentile(percent) - found.planned_cost_of(),
                    money_error=cost.percentile_error(percent),
                    risks=len(open_risks),
                )
            )
        state = (len(open_risks), over.size)
        if progress is not None:
            progress(done + 1)
    return tuple(made)


def _left(
    model: SimulationModel, tables: ModelTables, still: set[str], over: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]"
) -> ModelTables:
    risks, nodes = tables.risks, tables.nodes
    gone = np.array([risk.id not in still for risk in model.risks], np.bool_)
    given, otherwise, sample = risks.given.copy(), risks.otherwise.copy(), nodes.sample.copy()
    given[: gone.size][gone] = otherwise[: gone.size][gone] = 0
    sample[over] = -1
    return tables._replace(risks=risks._replace(given=given, otherwise=otherwise), nodes=nodes._replace(sample=sample))
