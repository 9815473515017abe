"""`mainstay plan read|schedule|check|health FILE…` and `compare OLD NEW`: what stands in plan files, what the engine makes of it,
what is wrong, what moved; no database. `picture CODE`: the plan on a page of an initiative of the installation."""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from mainstay.cli.bar import Bar
from mainstay.cli.commands import plan_convert, plan_health, plan_level, plan_picture
from mainstay.cli.outcome import DONE, REFUSED, UNREADABLE, Failure, tell
from mainstay.engine.errors import EngineError
from mainstay.formats.errors import FormatError
from mainstay.formats.plans import ReadResult, SchedulePool
from mainstay.planning import checking, comparison, reading
from mainstay.planning.movement import telling

MOST_READERS = 2
COMPARED = ("early_start", "early_finish", "late_start", "late_finish", "start", "finish", "total_float")
COMPARES = "what moved between two versions of a plan: added, deleted, re-linked, re-estimated, later or earlier, progressed"


def add(commands: Any) -> None:
    parser = commands.add_parser("plan", help="read, schedule or check plan files", description=__doc__)
    kinds = parser.add_subparsers(title="what to do", metavar="WHAT", required=True)
    for name, act, text in (
        ("read", read, "what stands in the files: activities, links, resources, assignments, calendars, warnings"),
        ("schedule", schedule, "the engine's dates and floats, and how they compare with those in the files"),
        ("check", check, "what makes the plans untrustworthy; exit code 1 where something is found"),
        ("health", health, "the fourteen points of the DCMA assessment and GAO's ten practices; exit code 1 where a point fails"),
    ):
        one = kinds.add_parser(name, help=text, description=f"Prints {text}.")
        one.add_argument("files", nargs="+", type=Path, metavar="FILE")
        one.add_argument("--json", action="store_true", help="print one JSON object for one file, a list of them for several")
        if act is schedule:
            one.add_argument("--compare", action="store_true", help="print only how many values of each field equal those in the file")
            one.add_argument("--mpxj", action="store_true", help="print that, and how many the schedulers of MPXJ equal")
        one.set_defaults(run=act)
    plan_convert.add(kinds)
    plan_level.add(kinds)
    plan_picture.add(kinds)
    pair = kinds.add_parser("compare", help=COMPARES, description=f"Prints {COMPARES}.")
    pair.add_argument("old", type=Path, metavar="OLD")
    pair.add_argument("new", type=Path, metavar="NEW")
    pair.add_argument("--json", action="store_true", help="print one JSON object")
    pair.set_defaults(run=compare)


def read(arguments: argparse.Namespace) -> int:
    return each_file(arguments, lambda found: (reading.document(found), DONE), read_lines)


def read_lines(told: dict[str, Any]) -> Iterable[str]:
    yield f"{told['file']}: {told['format']}"
    for name in ("activities", "links", "external_links", "resources", "assignments", "calendars"):
        yield f"  {name.replace('_', ' '):<16}{len(told[name]):>8,}"
    yield from (f"  not read: {warning}" for warning in told["warnings"])


def schedule(arguments: argparse.Namespace) -> int:
    if arguments.mpxj:
        with SchedulePool() as pool:
            return each_file(arguments, lambda found: with_mpxj(found, pool), count_lines)
    if arguments.compare:
        return each_file(arguments, counted, count_lines)
    return each_file(arguments, scheduled, schedule_lines)


def counted(found: ReadResult) -> tuple[dict[str, Any], int]:
    """For each field how many of the stored values ours equal, over all projects of the file."""
    told, code = scheduled(found)
    counts: dict[str, Any] = {name: {"equal": 0, "total": 0} for name in COMPARED}
    reasons: Counter[str] = Counter()
    for project in told["projects"]:
        for each in project.get("compared", ()):
            if each["field"] in counts:
                counts[each["field"]]["equal"] += each["equal"]
                counts[each["field"]]["total"] += each["compared"]
                reasons.update(each["reasons"])
    errors = [project["error"] for project in told["projects"] if "error" in project]
    return {"file": told["file"], "format": told["format"], **counts, "reasons": dict(reasons.most_common()), "errors": errors}, code


def with_mpxj(found: ReadResult, pool: SchedulePool) -> tuple[dict[str, Any], int]:
    """The same, and how many the schedulers of MPXJ, which reads the files, equal."""
    told, code = counted(found)
    made = pool.read(found.path, anew=True)
    for name in COMPARED:
        told[name]["mpxj"] = 0
    for project, other in zip(found.schedules, made.schedules, strict=True):
        for name, equal in ({} if project.is_baseline else comparison.equal_elsewhere(project, other)).items():
            told[name]["mpxj"] += equal
    return told, code


def count_lines(told: dict[str, Any]) -> Iterable[str]:
    yield f"{told['file']}: {told['format']}"
    for name in COMPARED:
        yield f"  {name.replace('_', ' '):<16}{told[name]['equal']:>8,} of {told[name]['total']:,} as in the file{by_mpxj(told[name])}"
    yield from (f"  {count:>8,} differ: {reason}" for reason, count in told["reasons"].items())
    yield from (f"  not scheduled: {error}" for error in told["errors"])


def by_mpxj(counts: dict[str, int]) -> str:
    return f", {counts['mpxj']:,} by MPXJ's schedulers" if "mpxj" in counts else ""


def projects_of(found: ReadResult) -> list[Any]:
    return [project for project in found.schedules if not project.is_baseline]


def scheduled(found: ReadResult) -> tuple[dict[str, Any], int]:
    projects, code = [], DONE
    for project in projects_of(found):
        try:
            plan = comparison.schedule_file(project)
        except EngineError as fault:
            projects.append({"name": project.name, "error": str(fault)})
            code = UNREADABLE
            continue
        compared = [asdict(each) for each in comparison.compare(plan)]
        rows = list(comparison.scheduled_rows(plan))
        finish = plan.finish.isoformat(timespec="minutes")
        projects.append({"name": project.name, "finish": finish, "critical": plan.critical_count, "compared": compared, "activities": rows})
    return {"file": found.path.name, "format": str(found.kind.label), "projects": projects}, code


def schedule_lines(told: dict[str, Any]) -> Iterable[str]:
    for project in told["projects"]:
        if "error" in project:
            yield f"{told['file']}: {project['name']}: {project['error']}"
            continue
        critical = f"{project['critical']:,} critical of {len(project['activities']):,}"
        yield f"{told['file']}: {project['name']}: finish {project['finish']}, {critical}"
        for each in project["compared"]:
            yield f"  {each['field'].replace('_', ' '):<16}{each['equal']:>8,} of {each['compared']:,} as in the file"
            yield from (
                f"    {row['activity']} {row['name']}: {row['ours']}, in the file {row['stored']} ({row['reason']})"
                for row in each["differences"][:3]
            )


def check(arguments: argparse.Namespace) -> int:
    """Each file by itself; of several, also whether they wait for each other."""
    found: list[ReadResult] = []

    def keep(one: ReadResult) -> tuple[dict[str, Any], int]:
        found.append(one)
        return checked(one)

    return each_file(arguments, keep, check_lines, lambda told: add_circles(told, found))


def health(arguments: argparse.Namespace) -> int:
    return each_file(arguments, plan_health.assessed, plan_health.lines)


def checked(found: ReadResult) -> tuple[dict[str, Any], int]:
    today = date.today()  # noqa: DTZ011 (people here look at the plan on their own day)
    projects = [
        {"name": project.name, "findings": [finding_row(finding) for finding in checking.check(project, today)]}
        for project in projects_of(found)
    ]
    code = REFUSED if any(project["findings"] for project in projects) else DONE
    return {"file": found.path.name, "format": str(found.kind.label), "projects": projects, "warnings": list(found.warnings)}, code


def finding_row(finding: checking.Finding) -> dict[str, Any]:
    return asdict(finding) | {"share": round(finding.share, 1)}


def add_circles(told: list[dict[str, Any]], found: list[ReadResult]) -> int:
    """Give each project the circles that it is part of."""
    schedules = [(one.path.name, project) for one in found for project in projects_of(one)]
    rows = [project for document in told for project in document["projects"]]
    between = checking.check_between(schedules) if len(schedules) > 1 else []
    for row, findings in zip(rows, between, strict=False):
        row["findings"] += [finding_row(finding) for finding in findings]
    return REFUSED if any(between) else DONE


def check_lines(told: dict[str, Any]) -> Iterable[str]:
    for project in told["projects"]:
        yield f"{told['file']}: {project['name']}: {'nothing found' if not project['findings'] else ''}".rstrip(": ")
        for finding in project["findings"]:
            some = ", ".join(finding["activities"][:5]) + (", …" if finding["count"] > 5 else "")
            yield f"  {finding['count']:>6,} of {finding['of']:<7,}{finding['text']}{'  ' + some if some else ''}"


def compare(arguments: argparse.Namespace) -> int:
    """Both files must be readable; each project of one is compared with that of the other that has its id or name."""
    paths = [arguments.old, arguments.new]
    read: dict[Path, ReadResult] = {}
    with SchedulePool(workers=MOST_READERS) as pool:
        for path, found in read_many(pool, paths):
            if isinstance(found, FormatError):
                raise Failure(f"{path}: {found}", UNREADABLE)
            read[path] = found
    told = telling.compared(*(read[path] for path in paths))
    print(json.dumps(told, ensure_ascii=False, default=str) if arguments.json else "\n".join(telling.lines(told)))
    return DONE


def each_file(
    arguments: argparse.Namespace,
    act: Callable[[ReadResult], tuple[dict[str, Any], int]],
    lines: Callable[[dict[str, Any]], Iterable[str]],
    together: Callable[[list[dict[str, Any]]], int] = lambda _told: DONE,
) -> int:
    """Read the files, print what `act` finds in each; a bad file gets its sentence and spoils none of the others.

    `together` adds to the documents of all what can be told only of several.
    """
    told: list[dict[str, Any]] = []
    worst = DONE
    with SchedulePool(workers=min(MOST_READERS, len(arguments.files))) as pool, Bar() as bar:
        for number, (path, found) in enumerate(read_many(pool, arguments.files), 1):
            bar(number, len(arguments.files), path.name)
            if isinstance(found, FormatError):
                tell(f"mainstay: {path}: {found}")
                worst = UNREADABLE
                continue
            document, code = act(found)
            told.append(document)
            worst = max(worst, code)
    worst = max(worst, together(told))
    if arguments.json:
        print(json.dumps(told[0] if len(arguments.files) == 1 and told else told, ensure_ascii=False, default=str))
    elif told:
        print("\n".join(chain.from_iterable(map(lines, told))))
    return worst


def absent(path: Path) -> FormatError:
    if path.is_dir():
        return FormatError("This is a folder. Name the files in it.")
    return FormatError("There is no such file." if not path.exists() else "This is not a file that can be read.")


def read_many(pool: SchedulePool, paths: list[Path]) -> Iterable[tuple[Path, ReadResult | FormatError]]:
    """Each path with what it gave; one that is not there is told like a bad file."""
    present = [path for path in paths if path.is_file()]
    missing = [(path, absent(path)) for path in paths if not path.is_file()]
    return chain(missing, pool.read_many(present))
