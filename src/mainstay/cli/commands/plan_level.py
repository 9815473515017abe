"""`mainstay plan level FILE…`: the resource-constrained schedule of plans that share their people, or of problems of a test library."""

import argparse
import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mainstay.cli.bar import Bar
from mainstay.cli.outcome import DONE, UNREADABLE, USAGE, Failure, tell
from mainstay.cli.stopping import Stop
from mainstay.engine.errors import EngineError
from mainstay.engine.levelling.plan_levelling import PlanState
from mainstay.engine.levelling.search import Limits, State
from mainstay.engine.worktime import datetime_of
from mainstay.formats.errors import FormatError
from mainstay.formats.plans import SchedulePool
from mainstay.formats.scheduling_problems import ENDINGS, read_best_values, read_problem
from mainstay.planning.conversion.pool import projects_of
from mainstay.planning.levelling_files import plans_document, problem_document

SHOWN = 20
MOST_SECONDS, LARGEST_SEED = 86_400.0, 2**63 - 1
TEXT = "a schedule in which no resource is asked for more than there is, with what moves and how far from the optimum it may be"


def add(kinds: Any) -> None:
    one = kinds.add_parser("level", help=TEXT, description=f"Prints {TEXT}. Several plans share one pool of resources, by their names.")
    one.add_argument("files", nargs="+", type=Path, metavar="FILE", help="plan files; or .sm and .rcp problems, or folders of them")
    one.add_argument("--seconds", type=seconds, default=10.0, help="CPU time for the search of each problem (%(default)g)")
    one.add_argument("--lists", type=whole, help="end after so many schedules instead: the same answer on any machine")
    one.add_argument("--seed", type=whole, default=1, help="whole number; with --lists the same seed gives the same answer (%(default)d)")
    one.add_argument("--within-float", action="store_true", help="move nothing beyond its float; what does not fit stays overbooked")
    one.add_argument(
        "--priority", type=weighed, action="append", default=[], metavar="PLAN=N",
        help="of several plans, let a day of this one count N times (1 to 1,000; 1 where none is said); may be given for each",
    )  # fmt: skip
    one.add_argument("--best-known", type=Path, metavar="CSV", help="name and best known makespan of problems, to compare with")
    one.add_argument("--json", action="store_true", help="print JSON, with the start of every activity")
    one.set_defaults(run=run)


def seconds(text: str) -> float:
    found = float(text)
    if not math.isfinite(found) or not 0 < found <= MOST_SECONDS:
        raise argparse.ArgumentTypeError(f"give a number of seconds above 0 and at most {MOST_SECONDS:,.0f}")
    return found


def whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > LARGEST_SEED:
        raise argparse.ArgumentTypeError("give a whole number of at most 18 digits")
    return int(text)


def weighed(text: str) -> tuple[str, int]:
    name, _, weight = text.rpartition("=")
    if not name or not weight.isascii() or not weight.isdigit():
        raise argparse.ArgumentTypeError("give the name of a plan and a whole number, such as harbour=5")
    return name, int(weight)


def run(arguments: argparse.Namespace) -> int:
    if arguments.priority and arguments.within_float:
        raise Failure("Within float no finish moves, so priorities say nothing; leave out one of the two.", USAGE)
    if arguments.lists == 0:
        raise Failure("Give at least one schedule with --lists.", USAGE)
    limits = Limits(seconds=None if arguments.lists else arguments.seconds, lists=arguments.lists, seed=arguments.seed)
    files = [path for given in arguments.files for path in opened(given)]
    problems = [path for path in files if path.suffix.lower() in ENDINGS]
    if problems and len(problems) < len(files):
        raise Failure("Level problems of a test library and plan files in separate calls.", USAGE)
    return run_problems(problems, limits, arguments) if problems else run_plans(files, limits, arguments)


def opened(given: Path) -> list[Path]:
    """The problems in a folder by name, or the file itself."""
    if not given.is_dir():
        return [given]
    found = [path for path in given.iterdir() if path.suffix.lower() in ENDINGS]
    if not found:
        raise Failure(f"{given}: This folder holds no .sm or .rcp file. Name plan files one by one.", UNREADABLE)
    return sorted(found, key=lambda path: [int(part) if part.isdigit() else part for part in path.stem.replace("_", " ").split()])


def run_problems(files: list[Path], limits: Limits, arguments: argparse.Namespace) -> int:
    best = read_best_values(present(arguments.best_known)) if arguments.best_known else {}
    found, worst = [], DONE
    with Bar() as bar, Stop() as stop:
        for number, path in enumerate(files):

            def told(state: State, number: int = number, path: Path = path) -> bool:
                bar(number, len(files), f"{path.name}: {state.best}, at least {state.bound}")
                return stop.asked

            try:
                document = problem_document(read_problem(present(path)), limits, told, best.get(path.stem))
            except (EngineError, FormatError) as fault:
                tell(f"mainstay: {path}: {fault}")
                worst = UNREADABLE
                continue
            found.append(document)
            if not arguments.json:
                print(problem_line(document), flush=True)
            if stop.asked:
                break
    if arguments.json:
        print(json.dumps(found[0] if len(files) == 1 and found else found, ensure_ascii=False))
    elif len(found) > 1:
        print("\n".join(summary(found)))
    return worst


def present(path: Path) -> Path:
    if not path.is_file():
        raise Failure(f"{path}: There is no such file.", UNREADABLE)
    return path


def problem_line(told: dict[str, Any]) -> str:
    proof = "optimal" if told["optimal"] else f"gap {told['gap']:.2f} %"
    best = f"  best known {told['best_known']}" if "best_known" in told else ""
    return (
        f"{told['problem']:<12} makespan {told['makespan_before']:>5} -> {told['makespan']:>5}  at least {told['bound']:>5}  {proof:<12}"
        f"  {told['cpu_seconds']:>6.2f} s{best}"
    )


def summary(found: list[dict[str, Any]]) -> Iterable[str]:
    optimal = sum(told["optimal"] for told in found)
    mean = sum(told["cpu_seconds"] for told in found) / len(found)
    gap = sum(told["gap"] for told in found) / len(found)
    yield f"{len(found)} problems: {optimal} proven optimal, mean gap to the bound {gap:.3f} %, {mean:.2f} CPU seconds each on average"
    gaps = [told["gap_to_best_known"] for told in found if "gap_to_best_known" in told]
    if gaps:
        reached = sum(gap <= 0 for gap in gaps)
        yield f"against the best known of {len(gaps)}: mean gap {sum(gaps) / len(gaps):.3f} %, largest {max(gaps):.2f} %, {reached} reached"


def run_plans(files: list[Path], limits: Limits, arguments: argparse.Namespace) -> int:
    """All plans in one network with one pool; the search says how far it is."""
    schedules = []
    with SchedulePool() as pool:
        for path in files:
            schedules += [(path, schedule) for schedule in projects_of(pool.read(present(path)).schedules)]
    with Bar() as bar, Stop() as stop:

        def told(state: PlanState) -> bool:
            total = limits.seconds or limits.lists or 1
            done = state.seconds if limits.seconds else state.lists
            bar(min(round(100 * done / total), 100), 100, f"finish {datetime_of(state.finish):%d.%m.%Y}, gap {state.gap:.1f} %")
            return stop.asked

        try:
            document = plans_document(schedules, limits, told, within_float=arguments.within_float, priorities=dict(arguments.priority))
        except EngineError as fault:
            raise Failure(str(fault), UNREADABLE) from fault
    print(json.dumps(document, ensure_ascii=False) if arguments.json else "\n".join(plan_lines(document)))
    return DONE


def plan_lines(told: dict[str, Any]) -> Iterable[str]:
    yield f"finish {told['finish_before']} -> {told['finish']}, not before {told['bound']} (gap {told['gap']:.2f} %)"
    yield from (f"  {project['name']}: {project['finish_before']} -> {project['finish']}" for project in told["projects"])
    count, work = f"{len(told['moved'])} of {told['activities']}", f"{told['schedules']:,} schedules in {told['cpu_seconds']:.2f} CPU s"
    yield f"{count} activities move; {work}"
    yield from (f"  still {sentence}" for sentence in told["overbooked"])
    longest = sorted(told["moved"], key=lambda row: -row["days"])
    yield from (f"  {row['activity']} {row['name']}: {row['start_before']} -> {row['start']}" for row in longest[:SHOWN])
    if len(longest) > SHOWN:
        yield f"  and {len(longest) - SHOWN} more; --json lists them all"
