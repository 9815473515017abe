"""Plan files simulated without a database: what `mainstay simulate FILE…` prints."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from mainstay.engine.calendar_table import MINUTES_PER_DAY
from mainstay.engine.simulation import PERCENTS, SimulationModel, SimulationResult
from mainstay.engine.simulation.portions import Spread
from mainstay.engine.simulation.run import run_translated
from mainstay.engine.simulation.translation import translate
from mainstay.engine.worktime import datetime_of
from mainstay.forecasts.durations import assumptions, default_classes, own_durations
from mainstay.formats.plans import SchedulePool
from mainstay.formats.schedule import Schedule
from mainstay.planning.conversion import plan_of_files
from mainstay.planning.conversion.network import FilePlan


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedFinish:
    """A project's finish, or that of the whole (``project`` empty). Percentile → the moment by which that share had finished."""

    project: str
    title: str
    plan: datetime
    plan_chance: float
    percentiles: Mapping[int, datetime]
    standard_error_days: Mapping[int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileForecast:
    """``seconds`` are those of the simulation itself, without reading the files."""

    whole: SimulatedFinish
    projects: tuple[SimulatedFinish, ...]
    iterations: int
    seed: int
    seconds: float
    activities: int
    links: int
    uncertain: int
    assumptions: tuple[str, ...]
    """One sentence each: the uncertainty that was assumed where the files give none."""
    warnings: tuple[str, ...] = ()


def simulate_files(
    paths: Sequence[Path],
    *,
    iterations: int = 10_000,
    seed: int = 1,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
    spread: Spread | None = None,
) -> FileForecast:
    """Read plan files, join them by their links to each other and simulate; `progress` is told how many iterations are done.

    With `spread` the work is handed to other machines, see `forecasts.cluster`; the numbers are the same.

    Raises
    ------
    mainstay.formats.errors.FormatError
        A file that cannot be read as a plan.
    mainstay.engine.errors.EngineError
        A plan that cannot be scheduled (such as activities that wait for each other), or numbers out of range.
    """
    found, warnings = read(paths)
    plan = plan_of_files([FilePlan(code, file, schedule) for code, (file, schedule) in found.items()])
    schedules = {code: schedule for code, (_, schedule) in found.items()}
    own = own_durations(plan, schedules)
    model = SimulationModel(plan=plan, durations=own, classes=default_classes(plan))
    translation = translate(model)
    result = run_translated(model, translation, iterations=iterations, seed=seed, threads=threads, progress=progress, spread=spread)
    uncertain = int((translation.tables.nodes.sample >= 0).sum())
    return FileForecast(
        whole=finish_of(result, None, ""),
        projects=tuple(finish_of(result, code, schedule.title or schedule.name) for code, schedule in schedules.items()),
        iterations=iterations,
        seed=seed,
        seconds=result.seconds,
        activities=result.activities,
        links=result.links,
        uncertain=uncertain,
        assumptions=assumptions(min(len(own), uncertain), max(uncertain - len(own), 0)),
        warnings=tuple(warnings),
    )


def read(paths: Sequence[Path]) -> tuple[dict[str, tuple[str, Schedule]], list[str]]:
    """The projects of all files by a name of their own, each with its file's name; and what could not be read."""
    found: dict[str, tuple[str, Schedule]] = {}
    warnings: list[str] = []
    with SchedulePool() as pool:
        for path in paths:
            result = pool.read(path)
            warnings += [f"{path.name}: {text}" for text in result.warnings]
            projects = [schedule for schedule in result.schedules if not schedule.is_baseline]
            for schedule in projects:
                name = path.stem if len(projects) == 1 else schedule.project_id or schedule.name or path.stem
                found[unused(name, found)] = (path.name, schedule)
    return found, warnings


def unused(name: str, taken: Mapping[str, object]) -> str:
    """The name, numbered where two files or projects share it."""
    return name if name not in taken else next(tried for k in count(2) if (tried := f"{name} ({k})") not in taken)


def finish_of(result: SimulationResult, project: str | None, title: str) -> SimulatedFinish:
    sample, planned = result.finish_of(project), result.planned_finish_of(project)
    return SimulatedFinish(
        project=project or "",
        title=title,
        plan=datetime_of(planned),
        plan_chance=sample.share_at_most(planned),
        percentiles={percent: datetime_of(round(sample.percentile(percent))) for percent in PERCENTS},
        standard_error_days={percent: sample.percentile_error(percent) / MINUTES_PER_DAY for percent in PERCENTS},
    )


def as_json(forecast: FileForecast) -> dict[str, Any]:
    """The forecast as JSON writes it; moments in ISO 8601."""

    def told(finish: SimulatedFinish) -> dict[str, Any]:
        return {
            "project": finish.project,
            "title": finish.title,
            "plan": finish.plan.isoformat(),
            "plan_chance": round(finish.plan_chance, 6),
            "percentiles": {f"P{percent}": moment.isoformat() for percent, moment in finish.percentiles.items()},
            "standard_error_days": {f"P{percent}": round(days, 3) for percent, days in finish.standard_error_days.items()},
        }

    return {
        "iterations": forecast.iterations,
        "seed": forecast.seed,
        "seconds": round(forecast.seconds, 6),
        "activities": forecast.activities,
        "links": forecast.links,
        "uncertain": forecast.uncertain,
        "projects": [told(finish) for finish in forecast.projects],
        "whole": told(forecast.whole),
        "assumptions": list(forecast.assumptions),
        "warnings": list(forecast.warnings),
    }
