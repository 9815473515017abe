"""`mainstay returns`: workbooks of a commission written into a folder, those that came back loaded whole or not at all; signed links."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mainstay.cli import installation
from mainstay.cli.bar import Bar
from mainstay.cli.keeping import keep
from mainstay.cli.outcome import DONE, REFUSED, UNREADABLE, Failure, tell

if TYPE_CHECKING:
    from mainstay.reporting.cycle.workbook.loading import Loaded


def add(commands: Any) -> None:
    parser = commands.add_parser("returns", help="write and load the workbooks of returns, print their signed links", description=__doc__)
    steps = parser.add_subparsers(title="what to do", metavar="WHAT", required=True)
    load = steps.add_parser("load", help="load workbooks that came back", description="Each workbook names its return itself.")
    load.add_argument("files", nargs="+", type=Path, metavar="FILE")
    load.add_argument("--send", action="store_true", help="send each return as well, if nothing is missing")
    load.set_defaults(run=run, what=load_files)
    write = steps.add_parser("write", help="write a workbook for each return that is open", description="Prints the names of the files.")
    write.add_argument("commission", metavar="COMMISSION", help="reference such as RC-005, or with its initiative: NIT/RC-005")
    write.add_argument("folder", type=Path, metavar="FOLDER")
    write.set_defaults(run=run, what=write_files)
    link = steps.add_parser(
        "link", help="print the signed link of a return", description="For whoever has no e-mail; it stands in the history."
    )
    link.add_argument("record", metavar="RETURN", help="reference such as RT-002, or with its initiative: NIT-BR/RT-002")
    link.add_argument("--new", action="store_true", help="make a new link, which ends the one there is")
    link.set_defaults(run=run, what=print_link)
    for each in (load, write, link):
        each.add_argument("--as", dest="email", metavar="ADDRESS", default="", help="account to act as (the first administrator)")
        each.add_argument("--json", action="store_true", help="print the result as JSON")


def run(arguments: argparse.Namespace) -> int:
    absent = [path for path in getattr(arguments, "files", []) if not path.is_file()]
    if absent:
        raise Failure(f"There is no file {absent[0]}.", UNREADABLE)
    installation.ready()
    with installation.told():
        code: int = arguments.what(arguments)
        return code


def load_files(arguments: argparse.Namespace) -> int:
    from mainstay.register.history import Actor  # needs Django, loaded by `ready`
    from mainstay.reporting.cycle.workbook import loading  # as above

    actor = Actor(installation.administrator(arguments.email), "command")
    files = [(path, path.name) for path in arguments.files]
    made: list[Loaded] = []
    with Bar() as bar:
        for number, one in enumerate(loading.load_files(files, actor, send=arguments.send), 1):
            made.append(one)
            bar(number, len(files), one.name)
    print(json.dumps([one.as_json() for one in made], ensure_ascii=False) if arguments.json else "\n".join(map(lines, made)))
    return REFUSED if any(one.faults or one.not_sent for one in made) else DONE


def lines(made: "Loaded") -> str:
    """What became of a file, and below it a line for each fault and note."""
    words = {
        "refused": "not loaded",
        "unchanged": "nothing changed",
        "taken": f"{made.written} taken",
        "sent": f"{made.written} taken, sent",
    }
    told = [f"{made.name}: {words[made.outcome]}{', not sent' if made.not_sent else ''}"]
    return "\n".join(
        [
            *told,
            *(f"    {fault}" for fault in (*made.faults, *made.not_sent)),
            *(f"    needed: {fault}" for fault in made.missing),
            *(f"    note: {note}" for note in made.notes),
        ]
    )


def write_files(arguments: argparse.Namespace) -> int:
    from mainstay.register.history import Actor  # needs Django, loaded by `ready`
    from mainstay.reporting.cycle.workbook import handing  # as above

    actor = Actor(installation.administrator(arguments.email), "command")
    commission = named("reporting.commission", arguments.commission, actor)
    written = keep(arguments.folder, handing.hand_out_all(commission, actor))
    if not written:
        tell("mainstay: no return of this commission is open for answers.")
    print(json.dumps({"commission": commission.ref, "files": list(map(str, written))}) if arguments.json else "\n".join(map(str, written)))
    return DONE if written else REFUSED


def print_link(arguments: argparse.Namespace) -> int:
    from mainstay.register.history import Actor  # needs Django, loaded by `ready`
    from mainstay.reporting.cycle import linking  # as above

    actor = Actor(installation.administrator(arguments.email), "command")
    row = named("reporting.project_return", arguments.record, actor)
    held = linking.latest(row)
    if arguments.new or held is None or linking.why_dead(held):
        if not linking.may_be_made(row):
            raise Failure(f"No link can be made for {row.ref}: {linking.why_not(row)}")
        held = linking.make(row, actor)
    told = {"return": row.ref, "for": held.person.title, "until": held.expires_on.isoformat(), "link": linking.show(held, actor)}
    print(json.dumps(told, ensure_ascii=False) if arguments.json else told["link"])
    return DONE


def named(key: str, text: str, actor: Any) -> Any:
    """The record of this reference; where several initiatives have one of it, the initiative's code stands before it."""
    from mainstay.register.access import visible_to  # needs Django
    from mainstay.register.spec import REGISTERS  # as above

    register = REGISTERS[key]
    code, _slash, ref = text.rpartition("/")
    rows = register.rows(visible_to(actor.account, register)).filter(ref__iexact=ref, is_withdrawn=False)
    found = list((rows.filter(initiative__code__iexact=code) if code else rows)[:10])
    if not found:
        raise Failure(f"There is no {register.singular()} {text}.")
    if len(found) > 1:
        names = ", ".join(f"{one.initiative.code}/{one.ref}" for one in found)
        raise Failure(f"{ref} is more than one {register.singular()}. Say which: {names}.")
    return found[0]
