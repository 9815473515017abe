"""`mainstay pack SNAPSHOT`: the pack of a frozen snapshot as Word, PowerPoint, Excel, PDF or a page; `--of CODE` freezes one first."""

import argparse
import json
from pathlib import Path
from typing import Any

from mainstay.cli import installation
from mainstay.cli.keeping import keep
from mainstay.cli.outcome import DONE, REFUSED, UNREADABLE, Failure


def add(commands: Any) -> None:
    parser = commands.add_parser("pack", help="write the board's pack as files", description=__doc__)
    parser.add_argument("snapshot", nargs="?", help="reference of the snapshot, e.g. S-003 (the latest)")
    parser.add_argument("--of", metavar="INITIATIVE", help="code of the initiative: its latest snapshot, or with --freeze a new one")
    parser.add_argument("--freeze", metavar="NAME", help="freeze a snapshot of that name first")
    parser.add_argument("--formats", default="docx,pptx,xlsx,pdf", help="which files (%(default)s)")
    parser.add_argument(
        "--template", type=Path, metavar="FILE", help="make it from this Word, PowerPoint or Excel file with tokens instead"
    )
    parser.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="where they are written (the current folder)")
    parser.add_argument("--as", dest="email", metavar="ADDRESS", default="", help="account to act as (the first administrator)")
    parser.add_argument("--json", action="store_true", help="print the names of the files as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    installation.ready()
    with installation.told():
        return make(arguments)


def make(arguments: argparse.Namespace) -> int:
    from mainstay.register.document import DocumentError  # as above
    from mainstay.register.history import Actor  # needs Django, loaded by `ready`
    from mainstay.register.store import StoreError  # as above
    from mainstay.reporting import making  # as above

    if arguments.template:
        return make_own(arguments)
    wanted = [name.strip() for name in arguments.formats.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in making.FORMATS]
    if unknown or not wanted:
        raise Failure(f"{unknown[0] if unknown else 'Nothing'} is no format of a pack. There are {', '.join(making.FORMATS)}.")
    actor = Actor(installation.administrator(arguments.email), "command")
    snapshot = chosen(arguments, actor)
    try:
        files = [making.make(snapshot, name) for name in wanted]
    except (StoreError, DocumentError) as fault:
        raise Failure(str(fault), REFUSED) from fault
    written = keep(arguments.to, files)
    print(json.dumps({"snapshot": snapshot.ref, "files": list(map(str, written))}) if arguments.json else "\n".join(map(str, written)))
    return DONE


def make_own(arguments: argparse.Namespace) -> int:
    """The pack from a file of one's own, checked first."""
    from mainstay.cli.commands.template import checked_file  # needs Django
    from mainstay.register import store  # as above
    from mainstay.register.document import DocumentError  # as above
    from mainstay.register.history import Actor  # as above
    from mainstay.register.store import StoreError  # as above
    from mainstay.reporting.template.packing import file_name  # as above
    from mainstay.reporting.templating import limited  # as above

    checked = checked_file(arguments.template)
    if checked.faults:
        raise Failure("\n".join(f"{fault.place}: {fault.text}" for fault in checked.faults), UNREADABLE)
    snapshot = chosen(arguments, Actor(installation.administrator(arguments.email), "command"))
    try:
        content = limited.made(arguments.template.read_bytes(), checked.kind, store.get(snapshot.digest), snapshot.digest)
    except (StoreError, DocumentError, limited.TemplateFault) as fault:
        raise Failure(str(fault), REFUSED) from fault
    (written,) = keep(arguments.to, [(f"{file_name(snapshot, arguments.template.stem)}.{checked.kind}", content)])
    print(json.dumps({"snapshot": snapshot.ref, "files": [str(written)]}) if arguments.json else written)
    return DONE


def chosen(arguments: argparse.Namespace, actor: Any) -> Any:
    """The snapshot that is asked for."""
    from mainstay.initiatives.initiative.register import InitiativeRegister  # needs Django
    from mainstay.register.access import visible_to  # as above
    from mainstay.reporting import making  # as above
    from mainstay.reporting.snapshot.register import SnapshotRegister  # as above

    rows = visible_to(actor.account, SnapshotRegister).order_by("-pk")
    place = None
    if arguments.of:
        place = visible_to(actor.account, InitiativeRegister).filter(code__iexact=arguments.of).first()
        if place is None:
            raise Failure(f"There is no initiative {arguments.of}.")
        rows = rows.filter(initiative=place)
    if arguments.freeze:
        if place is None:
            raise Failure("Say with --of which initiative is to be frozen.")
        return making.freeze(place, arguments.freeze, actor)
    found = rows.filter(ref__iexact=arguments.snapshot).first() if arguments.snapshot else rows.first()
    if found is None:
        raise Failure(f"There is no snapshot {arguments.snapshot or 'yet; freeze one with --of and --freeze'}.")
    return found
