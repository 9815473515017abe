"""`mainstay demo`: a fictional programme of six projects, or a portfolio as large as wished, loaded into the fact base."""

import argparse
import json
import time
from typing import Any

from mainstay.cli import installation, passphrase, signin
from mainstay.cli.bar import Bar
from mainstay.cli.outcome import DONE, REFUSED, Failure

MOST_PROJECTS = 20_000


def add(commands: Any) -> None:
    parser = commands.add_parser("demo", help="load the demonstration", description=__doc__)
    parser.add_argument("--if-empty", action="store_true", help="do nothing where there are initiatives already")
    parser.add_argument(
        "--projects", type=int, default=0, metavar="N", help="fill a portfolio of N projects with 50 rows and three returns each instead"
    )
    parser.add_argument("--seed", type=int, default=1, help="seed of the portfolio's figures (%(default)s)")
    parser.add_argument("--files", metavar="FOLDER", help="only write the demonstration's files into FOLDER")
    parser.add_argument("--day", metavar="YYYY-MM-DD", help="the day from which those files are dated (today)")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    if arguments.files:
        return write_files(arguments)
    if not 0 <= arguments.projects <= MOST_PROJECTS:
        raise Failure(f"--projects takes 1 to {MOST_PROJECTS:,}.")
    installation.ready()
    started = time.monotonic()
    with installation.told():
        told = portfolio(arguments) if arguments.projects else programme(arguments)
    if told is None:
        return DONE
    told["seconds"] = round(time.monotonic() - started, 1)
    if arguments.json:
        print(json.dumps(told))
    else:
        print(
            "Loaded "
            + ", ".join(f"{value:,} {name}" for name, value in told.items() if isinstance(value, int))
            + f" in {told['seconds']} s."
        )
        if "email" in told:
            print(f"Sign in as {told['email']}   password: {told['password']}")
    return DONE


def write_files(arguments: argparse.Namespace) -> int:
    from datetime import date  # only this path needs the day without Django's zone
    from pathlib import Path  # as above

    from mainstay.exchange.demo import files  # pure, but not needed by the other paths

    try:
        day = date.fromisoformat(arguments.day) if arguments.day else date.today()  # noqa: DTZ011 (files for people here: their own day)
    except ValueError as fault:
        raise Failure(f"--day takes a day such as 2026-11-30, not {arguments.day}.") from fault
    made = files.write_all(Path(arguments.files), day).paths
    print(json.dumps([str(path) for path in made]) if arguments.json else "\n".join(map(str, made)))
    return DONE


def programme(arguments: argparse.Namespace) -> dict[str, Any] | None:
    """The programme of six projects."""
    from django.conf import settings  # needs Django

    from mainstay.exchange.demo import loading  # as above
    from mainstay.reporting import making  # as above
    from mainstay.reporting.cycle import demonstration  # as above

    if not loading.is_empty():
        if arguments.if_empty:
            return None
        raise Failure(
            "There are initiatives already. The demonstration is loaded into an empty fact base only; see MAINSTAY_HOME.", REFUSED
        )
    password = passphrase.made()
    with Bar() as bar:
        found = loading.load(installation.administrator(), password, installation.progress(bar), making.freeze, demonstration.load)
    signin.keep(settings.HOME, found.email, password)
    counts = {"plans": found.plans, "activities": found.activities, "risks": found.risks}
    return {**counts, "email": found.email, "password": password}


def portfolio(arguments: argparse.Namespace) -> dict[str, Any]:
    """A portfolio of many projects."""
    from mainstay.exchange.demo import volume  # needs Django
    from mainstay.reporting.cycle.volume import load  # as above

    with Bar() as bar:
        return volume.fill(arguments.projects, arguments.seed, installation.administrator(), installation.progress(bar), load)
