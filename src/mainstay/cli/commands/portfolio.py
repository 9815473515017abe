"""`mainstay portfolio read FILE…`: what stands in published tables of projects, and what they do not publish, without a database;
`load FOLDER --into CODE`: all publications of a folder into one portfolio, with their history."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mainstay.cli import installation
from mainstay.cli.outcome import DONE, REFUSED, UNREADABLE, Failure, tell
from mainstay.formats import portfolio
from mainstay.formats.errors import FormatError
from mainstay.formats.portfolio import telling

if TYPE_CHECKING:
    from mainstay.reporting.portfolio.taking import Line, Preview

LOADS = "all publications of a folder, the oldest first; a person confirms the projects that may be known ones"
READS = "projects, totals with what is not published, ratings, and every cell that says no figure"


def add(commands: Any) -> None:
    parser = commands.add_parser("portfolio", help="read published tables of projects", description=__doc__)
    kinds = parser.add_subparsers(title="what to do", metavar="WHAT", required=True)
    one = kinds.add_parser("read", help=READS, description=f"Prints {READS}.")
    one.add_argument("files", nargs="+", type=Path, metavar="FILE")
    one.add_argument("--as-at", type=date.fromisoformat, metavar="DATE", help="the day that the figures speak of (31 March of the year)")
    one.add_argument("--json", action="store_true", help="print one JSON object for one file, a list of them for several")
    one.set_defaults(run=read)
    load = kinds.add_parser("load", help=LOADS, description=f"Loads {LOADS}.")
    load.add_argument("folder", type=Path, metavar="FOLDER", help="a folder of tables, or one table")
    load.add_argument("--into", required=True, metavar="CODE", help="code of the portfolio")
    load.add_argument("--title", default="", help="title of the portfolio, which is begun where there is none of that code")
    load.add_argument("--as-at", action="append", default=[], metavar="FILE=DATE", help="the day that a file's figures speak of")
    load.add_argument("--doubtful", choices=("ask", "same", "new"), default="ask", help="what projects that may be known ones are")
    load.add_argument("--as", dest="email", metavar="ADDRESS", default="", help="account to act as (the first administrator)")
    load.add_argument("--json", action="store_true", help="print what was done as JSON; asks nothing")
    load.set_defaults(run=run_load)


def read(arguments: argparse.Namespace) -> int:
    """Each file by itself; one that cannot be read is told and spoils none of the others."""
    told, code = [], DONE
    for path in arguments.files:
        if not path.is_file():
            tell(f"mainstay: {path}: There is no such file.")
            code = UNREADABLE
            continue
        try:
            told.append(portfolio.read(path, mapping=portfolio.Mapping(as_at=arguments.as_at)))
        except FormatError as fault:
            tell(f"mainstay: {path}: {fault}")
            code = UNREADABLE
    if arguments.json:
        documents = [telling.document(found) for found in told]
        print(json.dumps(documents[0] if len(arguments.files) == 1 and documents else documents, ensure_ascii=False))
    else:
        for found in told:
            print("\n".join(telling.lines(found)))
    return code


def run_load(arguments: argparse.Namespace) -> int:
    if not arguments.folder.exists():
        raise Failure(f"There is no folder {arguments.folder}.", UNREADABLE)
    days = dict(map(day_of, arguments.as_at))
    installation.ready()
    with installation.told():
        return load_folder(arguments, days)


def day_of(text: str) -> tuple[str, date]:
    name, _sign, day = text.rpartition("=")
    try:
        return name, date.fromisoformat(day)
    except ValueError:
        raise Failure(f"{text} does not name a file and a day, such as uk_2021.csv=2021-03-31.") from None


def load_folder(arguments: argparse.Namespace, days: dict[str, date]) -> int:
    from mainstay.register.history import Actor  # needs Django, loaded by `ready`
    from mainstay.reporting.portfolio import loading  # as above

    actor, told = Actor(installation.administrator(arguments.email), "command"), loading.Loaded()
    found = loading.publications(loading.files_of(arguments.folder), days, told)
    if told.faults or not found:
        report(arguments, loading.as_json(told))
        return UNREADABLE
    into = loading.portfolio_called(arguments.into, arguments.title, actor)
    fixed = {"same": True, "new": False}.get(arguments.doubtful)

    def decide(seen: "Preview", line: "Line") -> bool | None:
        return fixed if fixed is not None or arguments.json else asked(seen, line)

    for text in loading.load(found, into, actor, decide, told):
        if not arguments.json:
            print(text, flush=True)
    report(arguments, loading.as_json(told))
    return REFUSED if told.open else DONE


def asked(seen: "Preview", line: "Line") -> bool | None:
    """A person's word; nobody's where none sits at the terminal."""
    if not sys.stdin.isatty():
        return None
    answer = input(f"{seen.found.file}: “{line.entry.name}” may be {line.initiative}: {line.match.why}. Is it? [y/n] ")
    return answer.strip().lower() in {"y", "yes"}


def report(arguments: argparse.Namespace, told: dict[str, Any]) -> None:
    if arguments.json:
        print(json.dumps(told, ensure_ascii=False))
        return
    for name, text in {**told["left_out"], **told["faults"]}.items():
        tell(f"mainstay: {name}: {text}")
    for each in told["doubtful"]:
        tell(f"mainstay: {each['file']}: “{each['project']}” may be a known project: {each['why']}.")
    if told["doubtful"]:
        tell("mainstay: nothing of that file was taken in. Answer at a terminal, or say --doubtful same or --doubtful new.")
