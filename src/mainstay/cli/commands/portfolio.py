"""`mainstay portfolio read FILE…`: what stands in published tables of projects, and what they do not publish. No database."""

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from mainstay.cli.outcome import DONE, UNREADABLE, tell
from mainstay.formats import portfolio
from mainstay.formats.errors import FormatError
from mainstay.formats.portfolio import telling

READS = "projects, totals with what is not published, ratings, and every cell that says no figure"


def add(commands: Any) -> None:
    parser = commands.add_parser("portfolio", help="read published tables of projects", description=__doc__)
    kinds = parser.add_subparsers(title="what to do", metavar="WHAT", required=True)
    one = kinds.add_parser("read", help=READS, description=f"Prints {READS}.")
    one.add_argument("files", nargs="+", type=Path, metavar="FILE")
    one.add_argument("--as-at", type=date.fromisoformat, metavar="DATE", help="the day that the figures speak of (31 March of the year)")
    one.add_argument("--json", action="store_true", help="print one JSON object for one file, a list of them for several")
    one.set_defaults(run=read)


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
