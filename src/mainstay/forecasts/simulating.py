"""The runs that one forecast takes: as it is, before responses, with nothing shared, and without each driver in turn."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from django.utils.translation import gettext as _

from mainstay.engine.simulation import Driver, SimulationModel, SimulationResult, drivers
from mainstay.engine.simulation.drivers import driver_count
from mainstay.engine.simulation.run import run_translated
from mainstay.engine.simulation.translation import translate
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
    drivers: tuple[Driver, ...]
    uncertain: int
    seconds: float


@dataclass(slots=True)
class Steps:
    """Progress over several runs, counted in iterations."""

    progress: Progress
    total: int
    done: int = 0

    def tells(self, text: str, each: int = 1) -> Callable[[int], None]:
        return lambda units: self.progress(self.done + units * each, self.total, text)


def simulate(taken: Taken, iterations: int, seed: int, after: bool, progress: Progress) -> Simulated:
    """Raises EngineError, with a sentence, where the plans make no network; the caller's `Cancelled` passes through."""
    begun = perf_counter()
    translation = translate(taken.model)
    for_drivers = min(iterations, MOST_FOR_DRIVERS)
    count = driver_count(taken.model, translation)
    steps = Steps(progress, iterations * (3 if after else 2) + for_drivers * count)

    def played(model: SimulationModel, text: str) -> SimulationResult:
        own = translation if model is taken.model else translate(model)
        found = run_translated(model, own, iterations=iterations, seed=seed, progress=steps.tells(text))
        steps.done += iterations
        return found

    return Simulated(
        result=played(taken.model, _("simulating")),
        before=played(taken.before, _("simulating before responses")) if after else None,
        independent=played(taken.model.without_dependence(), _("simulating with nothing shared")),
        drivers=drivers(
            taken.model,
            iterations=for_drivers,
            seed=seed,
            translation=translation,
            progress=steps.tells(_("leaving out one driver after the other"), for_drivers),
        ),
        uncertain=int((translation.tables.nodes.sample >= 0).sum()),
        seconds=perf_counter() - begun,
    )
