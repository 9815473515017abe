"""`mainstay init`: the home directory, the key, the database, static files, the first administrator, and compiled code warmed."""

import argparse
import json
import time
from typing import Any

from mainstay.cli import installation, passphrase
from mainstay.cli.bar import Bar
from mainstay.cli.outcome import DONE

ADDRESS = "administrator@example.org"


def add(commands: Any) -> None:
    parser = commands.add_parser("init", help="set up an installation, or bring it up to date", description=__doc__)
    parser.add_argument("--quiet", action="store_true", help="say only what must be kept: the first administrator's password")
    parser.add_argument("--email", default=ADDRESS, help="address of the first administrator (%(default)s)")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    started = time.monotonic()
    installation.ready()
    with installation.told(), Bar(quiet=arguments.quiet) as bar:
        bar(0, 4, "database")
        migrate()
        bar(1, 4, "static files")
        collect_static()
        bar(2, 4, "administrator")
        password = first_administrator(arguments.email)
        bar(3, 4, "compiled code")
        warm()
        bar(4, 4, "done")
    report(arguments, password, time.monotonic() - started)
    return DONE


def migrate() -> None:
    from django.conf import settings  # needs Django, loaded by `ready`
    from django.core.management import call_command  # as above

    settings.HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", verbosity=0, interactive=False)


def collect_static() -> None:
    from django.core.management import call_command  # needs Django

    call_command("collectstatic", verbosity=0, interactive=False)


def first_administrator(email: str) -> str:
    """Make the first administrator with a password of our own making; "" where there is one already."""
    from mainstay.accounts.models import Account  # needs Django

    if Account.objects.filter(is_administrator=True).exists():
        return ""
    password = passphrase.made()
    Account.objects.create_user(email, "Administrator", password, is_administrator=True)
    return password


def warm() -> None:
    """Compile the engine's loops now, so that the first person who simulates does not wait for it."""
    from mainstay.cli import warming  # loads the engine, which takes a moment

    warming.warm()


def report(arguments: argparse.Namespace, password: str, seconds: float) -> None:
    from django.conf import settings  # needs Django

    if arguments.json:
        made = {"email": arguments.email, "password": password} if password else None
        print(json.dumps({"home": str(settings.HOME), "administrator": made, "seconds": round(seconds, 1)}))
        return
    if password:
        print(f"First administrator: {arguments.email}   password: {password}")
        print("It is shown this once. Keep it, or change it after signing in.")
    if not arguments.quiet:
        print(f"Ready in {settings.HOME} ({seconds:.1f} s). Start it with `mainstay serve`.")
