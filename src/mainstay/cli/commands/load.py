"""`mainstay import FILE…`: plans and tables into the fact base: read in a limited process, previewed, and taken in all or none."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mainstay.cli import installation
from mainstay.cli.bar import Bar
from mainstay.cli.outcome import DONE, REFUSED, UNREADABLE, Failure, tell

if TYPE_CHECKING:
    from mainstay.exchange.batch import Batch


def add(commands: Any) -> None:
    parser = commands.add_parser("import", help="load plans and registers", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--into", metavar="INITIATIVE", help="code of the portfolio, programme or project that the files belong to")
    parser.add_argument("--register", metavar="KEY", help="register of the tables among the files, e.g. risk.risk (told by their headings)")
    parser.add_argument("--as", dest="email", metavar="ADDRESS", default="", help="account to act as (the first administrator)")
    parser.add_argument("--unversioned", action="store_true", help="rows of records that exist count although they bring no version")
    parser.add_argument("--add-people", action="store_true", help="add the people whom rows name and who are not there")
    parser.add_argument("--yes", action="store_true", help="take in without asking")
    parser.add_argument(
        "--json", action="store_true", help="print what was found and done as JSON; asks nothing, so needs --yes to take in"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    absent = [path for path in arguments.files if not path.is_file()]
    if absent:
        raise Failure(f"There is no file {absent[0]}.", UNREADABLE)
    installation.ready()
    with installation.told():
        return take(arguments)


def take(arguments: argparse.Namespace) -> int:
    from mainstay.exchange import batch  # needs Django, loaded by `ready`
    from mainstay.register.history import Actor  # as above

    actor = Actor(installation.administrator(arguments.email), "command")
    with Bar() as bar:
        found = batch.read(
            [(path, path.name) for path in arguments.files],
            actor,
            into=arguments.into,
            register=arguments.register,
            progress=installation.progress(bar),
            unversioned=arguments.unversioned,
            add=arguments.add_people,
        )
    if not arguments.json:
        print("\n".join(batch.lines(found)))
    taken = None
    if found.can_be_taken and (arguments.yes or (not arguments.json and agrees())):
        taken = batch.take_in(found, actor)
    report(arguments, found, taken)
    if found.faults:
        return UNREADABLE
    return DONE if taken is not None or found.can_be_taken else REFUSED


def agrees() -> bool:
    if not sys.stdin.isatty():
        tell("mainstay: nothing was taken in. Say --yes to take the files in.")
        return False
    return input("Take these in? [y/N] ").strip().lower() in {"y", "yes"}


def report(arguments: argparse.Namespace, found: "Batch", taken: dict[str, int] | None) -> None:
    from mainstay.exchange import batch  # needs Django

    if arguments.json:
        print(json.dumps({**batch.as_json(found), "taken": taken}, ensure_ascii=False, default=str))
    elif taken is not None:
        print("Taken in: " + ", ".join(f"{count:,} {name}" for name, count in taken.items()) + ".")
