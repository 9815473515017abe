"""Plan files simulated without a database: what `mainstay simulate FILE…` prints."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any


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
) -> FileForecast:
    """Read plan files, join them by their links to each other and simulate; `progress` is told how many iterations are done.

    Raises
    ------
    mainstay.formats.errors.FormatError
        A file that cannot be read as a plan.
    mainstay.engine.errors.EngineError
        A plan that cannot be scheduled (such as activities that wait for each other), or numbers out of range.
    """
    raise NotImplementedError


def as_json(forecast: FileForecast) -> dict[str, Any]:
    """The forecast as JSON writes it; moments in ISO 8601."""
    raise NotImplementedError
