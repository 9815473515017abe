"""`mainstay simulate FILE…`: how likely the finishes are that plan files promise, joined by their links to each other. No database."""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mainstay.cli.bar import Bar
from mainstay.cli.outcome import DONE, UNREADABLE, Failure
from mainstay.engine.errors import EngineError

MOST_ITERATIONS = 10_000_000
SHOWN = (10, 50, 80, 90)


def add(commands: Any) -> None:
    parser = commands.add_parser("simulate", help="simulate plan files", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--iterations", type=int, default=10_000, metavar="N", help="how often the plans are played through (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed gives the same figures (%(default)s)")
    parser.add_argument("--threads", type=int, default=None, help="threads to use (all cores)")
    parser.add_argument("--engine", choices=("threads", "dask"), default="threads", help="where it is worked out (%(default)s)")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of the Dask cluster, with --engine dask, e.g. tcp://10.0.0.5:8786")
    parser.add_argument("--json", action="store_true", help="print percentiles for each project and for the whole as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from mainstay.forecasts import cluster, files  # loads the engine's compiled code, which the other commands need not wait for

    if not 1 <= arguments.iterations <= MOST_ITERATIONS:
        raise Failure(f"--iterations takes 1 to {MOST_ITERATIONS:,}.")
    absent = [str(path) for path in arguments.files if not path.is_file()]
    if absent:
        raise Failure(f"There is no file {absent[0]}.", UNREADABLE)
    if (arguments.engine == "dask") != bool(arguments.scheduler):
        raise Failure("--engine dask and --scheduler ADDRESS go together.")
    spread = cluster.DaskSpread(arguments.scheduler) if arguments.scheduler else None
    with Bar() as bar:
        try:
            forecast = files.simulate_files(
                arguments.files,
                iterations=arguments.iterations,
                seed=arguments.seed,
                threads=arguments.threads,
                progress=lambda done: bar(done, arguments.iterations, "simulating"),
                spread=spread,
            )
        except EngineError as fault:
            raise Failure(str(fault), UNREADABLE) from fault
    told = files.as_json(forecast)
    print(json.dumps(told, ensure_ascii=False) if arguments.json else "\n".join(lines(forecast)))
    return DONE


def lines(forecast: Any) -> Iterable[str]:
    """A table for people."""
    uncertain = f"{forecast.uncertain:,} uncertain of {forecast.activities:,}"
    yield f"{forecast.iterations:,} iterations, seed {forecast.seed}, {forecast.seconds:.2f} s; {uncertain}"
    yield f"{'':<32}{'plan':>12}{'chance':>8}" + "".join(f"{'P' + str(share):>12}" for share in SHOWN)
    for finish in (*forecast.projects, forecast.whole):
        name = (finish.title or finish.project or "All together")[:31]
        dates = "".join(f"{finish.percentiles[share]:%Y-%m-%d}".rjust(12) for share in SHOWN if share in finish.percentiles)
        yield f"{name:<32}{finish.plan:%Y-%m-%d}".ljust(44) + f"{finish.plan_chance:>8.0%}{dates}"
    yield from (f"assumed: {text}" for text in forecast.assumptions)
    yield from (f"not read: {text}" for text in forecast.warnings)
