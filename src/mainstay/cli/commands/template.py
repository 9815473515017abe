"""`mainstay template FILE …`: check files that packs are to be made from; `--names` lists what a token may say."""

import argparse
import json
from pathlib import Path
from typing import Any

from mainstay.cli import installation
from mainstay.cli.outcome import DONE, REFUSED, UNREADABLE, Failure


def add(commands: Any) -> None:
    parser = commands.add_parser("template", help="check templates of packs", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="a .docx, .pptx or .xlsx file with tokens")
    parser.add_argument("--names", action="store_true", help="list the names that a token may use")
    parser.add_argument("--json", action="store_true", help="print what is found as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    installation.ready()
    if arguments.names:
        return list_names()
    if not arguments.files:
        raise Failure("Name a file to check, or ask for --names.")
    found = {str(path): checked_file(path) for path in arguments.files}
    if arguments.json:
        told = {
            name: {"kind": one.kind, "uses": one.used, "faults": [[f.place, f.text] for f in one.faults]} for name, one in found.items()
        }
        print(json.dumps(told, ensure_ascii=False))
    else:
        for name, one in found.items():
            print(f"{name}: {len(one.faults) or 'no'} fault{'' if len(one.faults) == 1 else 's'}; uses {', '.join(one.used) or 'nothing'}")
            for fault in one.faults:
                print(f"  {fault.place}: {fault.text}")
    return REFUSED if any(one.faults for one in found.values()) else DONE


def checked_file(path: Path) -> Any:
    """The check of one file, or the end of the command where there is none."""
    from mainstay.reporting.templating import limited  # needs Django, loaded by `ready`

    if not path.is_file():
        raise Failure(f"There is no file {path}.", UNREADABLE)
    return limited.check(path, path.name)


def list_names() -> int:
    from mainstay.reporting.templating import catalogue  # needs Django, loaded by `ready`

    for name, one in catalogue.fields().items():
        print(f"{{{{{name}}}}}\t{one.help}")
    for found in catalogue.lists().values():
        print(f"{{{{table {found.name}}}}} or {{{{each {found.one}}}}}\t{found.help} Columns: {', '.join(c.name for c in found.columns)}")
    for name, chart in catalogue.charts().items():
        print(f"{{{{chart {name}}}}}\t{chart.help}")
    return DONE
