"""`mainstay verify`: proves that nobody has touched the history, the kept files and the snapshots; exit code 1 where something is wrong."""

import argparse
import json
from collections.abc import Iterator
from typing import Any

from mainstay.cli import installation
from mainstay.cli.bar import Bar
from mainstay.cli.outcome import DONE, REFUSED

SHOWN = 100


def add(commands: Any) -> None:
    parser = commands.add_parser("verify", help="prove history, kept files and snapshots", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print what was looked at and what is wrong as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    installation.ready()
    with installation.told(), Bar() as bar:
        from mainstay.exchange import verification  # needs Django, loaded by `ready`

        report = verification.verify(installation.progress(bar))
    if arguments.json:
        print(json.dumps({"looked_at": report.looked_at, "faults": report.faults, "is_whole": not report.faults}, ensure_ascii=False))
    else:
        print("\n".join(lines(report)))
    return REFUSED if report.faults else DONE


def lines(report: Any) -> Iterator[str]:
    yield from (f"{name:<24}{count:>12,}" for name, count in report.looked_at.items())
    yield from report.faults[:SHOWN]
    if len(report.faults) > SHOWN:
        yield f"… and {len(report.faults) - SHOWN:,} more."
    yield f"{len(report.faults):,} faults." if report.faults else "Nothing is missing and nothing has been altered."
