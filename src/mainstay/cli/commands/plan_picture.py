"""`mainstay plan picture CODE`: the plan on a page of a portfolio, programme or project, as landscape PDF and as PowerPoint."""

import argparse
import json
from pathlib import Path
from typing import Any

from mainstay.cli import installation
from mainstay.cli.keeping import keep
from mainstay.cli.outcome import DONE, REFUSED, Failure

TEXT = "the plan on a page of an initiative, as landscape PDF and as PowerPoint with native shapes"
SHOWN = ("key", "all", "milestones", "projects")


def add(kinds: Any) -> None:
    one = kinds.add_parser("picture", help=TEXT, description=f"Writes {TEXT}.")
    one.add_argument("code", metavar="INITIATIVE", help="code of the portfolio, programme or project")
    one.add_argument("--formats", default="pdf,pptx", help="which files (%(default)s)")
    one.add_argument("--paper", choices=("a3", "a4"), default="a3", help="of the PDF (%(default)s)")
    one.add_argument("--show", choices=SHOWN, default="key", help="which rows (%(default)s: critical, milestones, give and get)")
    one.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="where they are written (the current folder)")
    one.add_argument("--as", dest="email", metavar="ADDRESS", default="", help="account to act as (the first administrator)")
    one.add_argument("--json", action="store_true", help="print the names of the files as JSON")
    one.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    installation.ready()
    with installation.told():
        return make(arguments)


def make(arguments: argparse.Namespace) -> int:
    from django.utils import timezone  # needs settings, loaded by `ready`

    from mainstay.initiatives.initiative.register import InitiativeRegister  # needs Django
    from mainstay.planning import viewing  # as above
    from mainstay.planning.calculations import calculated  # as above
    from mainstay.planning.paper import plan_page  # as above
    from mainstay.register.access import visible_to  # as above
    from mainstay.render.plan_page import pdf, pptx  # as above

    wanted = [name.strip() for name in arguments.formats.split(",") if name.strip()]
    if not wanted or set(wanted) - {"pdf", "pptx"}:
        raise Failure("The formats of a plan on a page are pdf and pptx.")
    account = installation.administrator(arguments.email)
    place = visible_to(account, InitiativeRegister).filter(code__iexact=arguments.code).first()
    if place is None:
        raise Failure(f"There is no initiative {arguments.code}.", REFUSED)
    found = calculated(place)
    visible = viewing.visible_projects(account, found)
    if not visible:
        raise Failure(f"There is no live plan below {place.code}. Import one first.", REFUSED)
    page = plan_page(place, found, visible, arguments.show, timezone.localdate())
    made = {"pdf": lambda: pdf.write(page, arguments.paper), "pptx": lambda: pptx.write(page)}
    written = keep(arguments.to, [(f"{place.code} plan.{name}", made[name]()) for name in wanted])
    print(json.dumps({"initiative": place.code, "files": list(map(str, written))}) if arguments.json else "\n".join(map(str, written)))
    return DONE
