"""`mainstay check`: whether this installation is fit to serve: settings, database, migrations, static files, Java reader, free space."""

import argparse
import json
import shutil
from collections.abc import Iterator
from typing import Any

from mainstay.cli import installation
from mainstay.cli.outcome import DONE, NOT_READY, Failure

LEAST_FREE_MB = 500


def add(commands: Any) -> None:
    parser = commands.add_parser("check", help="whether the installation is fit to serve", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    installation.ready()
    with installation.told():
        findings = list(looked_at())
    if arguments.json:
        print(json.dumps([{"what": what, "fault": fault} for what, fault in findings], ensure_ascii=False))
    else:
        print("\n".join(f"{'wrong' if fault else 'good ':<6} {what}{': ' + fault if fault else ''}" for what, fault in findings))
    return NOT_READY if any(fault for _, fault in findings) else DONE


def looked_at() -> Iterator[tuple[str, str]]:
    """What was looked at, with a sentence where it is not good."""
    from django.conf import settings  # needs Django, loaded by `ready`
    from django.core.checks import run_checks  # as above
    from django.db import connection  # as above

    from mainstay.register import guards  # as above

    yield "settings", "; ".join(str(each.msg) for each in run_checks() if each.is_serious())
    connection.ensure_connection()
    yield f"database ({connection.vendor})", ""
    behind = installation.needs_set_up()
    yield "tables of this release", "They are missing or older. Run `mainstay init`." if behind else ""
    yield "guards of the history", "" if behind or not guards.missing() else "A trigger is missing. Run `mainstay init`."
    static = (settings.STATIC_ROOT / "staticfiles.json").exists() or settings.CONFIGURATION.testing
    yield "static files", "" if static else "They have not been collected. Run `mainstay init`."
    free = shutil.disk_usage(settings.HOME).free // 1_000_000
    yield "free space", "" if free > LEAST_FREE_MB else f"Only {free:,} MB are free in {settings.HOME}."
    yield "reader of plans", java_fault()


def java_fault() -> str:
    from mainstay.formats.errors import FormatError  # beside its only use
    from mainstay.formats.plans.child import ReaderChild  # starts a Java process
    from mainstay.formats.plans.limits import Limits  # as above

    try:
        child = ReaderChild(Limits())
        child.close()
    except (FormatError, OSError) as fault:
        return str(fault)
    return ""


__all__ = ["Failure", "add", "run"]
