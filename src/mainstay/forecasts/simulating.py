"""The runs that one forecast takes: as it is, before responses and with nothing shared; what explains them is in ``exploring``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from time import perf_counter

from django.utils.translation import gettext as _

from mainstay.engine.simulation import SimulationModel, SimulationResult
from mainstay.engine.simulation.convergence import Convergence
from mainstay.engine.simulation.run import run_translated
from mainstay.engine.simulation.translation import translate
from mainstay.forecasts.exploring import Explored, explore, run_count
from mainstay.forecasts.options import Options
from mainstay.forecasts.taking import Taken
from mainstay.jobs.progress import Progress

MOST_FOR_DRIVERS = 10_000


@dataclass(frozen=True, slots=True)
class Simulated:
    """What came out of all of them."""

    result: SimulationResult
    before: SimulationResult | None
    """With the risks before their responses, where the run is after them."""
    independent: SimulationResult
    explored: Explored
    uncertain: int
    seconds: float


@dataclass(slots=True)
class Steps:
    """Progress over several runs, counted in iterations."""

    progress: Progress
    total: int
    done: int = 0

    def tells(self, text: str, each: int = 1) -> Callable[[int], None]:
        return lambda units: self.progress(min(self.done + units * each, self.total), self.total, text)


def whole_runs(options: Options) -> int:
    """How many runs of all the iterations one forecast takes; their results are held at once."""
    return 3 if options.after else 2


def simulate(taken: Taken, options: Options, day: date, progress: Progress) -> Simulated:
    """Run all of them; `day` is the one from which contingency is drawn down.

    Raises EngineError, with a sentence, where the plans make no network; the caller's `Cancelled` passes through.
    """
    begun = perf_counter()
    translation = translate(taken.model)
    iterations = options.iterations
    for_drivers = min(iterations, MOST_FOR_DRIVERS)
    steps = Steps(progress, iterations * whole_runs(options) + for_drivers * run_count(taken, translation, day))

    def played(model: SimulationModel, text: str, count: int, until: Convergence | None = None) -> SimulationResult:
        own = translation if model is taken.model else translate(model)
        told = steps.tells(text)
        found = run_translated(model, own, iterations=count, seed=options.seed, progress=told, sampling=options.sampling, until=until)
        steps.done += iterations
        return found

    def told(text: str) -> Callable[[int], None]:
        return steps.tells(text, for_drivers)

    def over(runs: int) -> None:
        steps.done += runs * for_drivers

    result = played(taken.model, _("simulating"), iterations, options.until)
    made = result.iterations
    return Simulated(
        result=result,
        before=played(taken.before, _("simulating before responses"), made) if options.after else None,
        independent=played(taken.model.without_dependence(), _("simulating with nothing shared"), made),
        explored=explore(taken, translation, result, min(made, for_drivers), options.seed, day, told, over),
        uncertain=int((translation.tables.nodes.sample >= 0).sum()),
        seconds=perf_counter() - begun,
    )
