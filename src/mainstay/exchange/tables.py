"""Tables in: which register a workbook or CSV file holds, a preview of it, and taking it in. Columns are matched by the mechanism."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from mainstay.formats.spreadsheet import Workbook, read
from mainstay.register.access import may
from mainstay.register.errors import Invalid
from mainstay.register.history import Actor
from mainstay.register.spec import REGISTERS, Register
from mainstay.register.transfer import importing, matching
from mainstay.register.transfer.plan import Applied, Preview

FEWEST_COLUMNS = 2


def read_file(path: Path, name: str | None = None) -> Workbook:
    """Read in the limited child process; raises `FormatError` with a sentence."""
    return read(path, name=name)


def register_for(book: Workbook, actor: Actor) -> type[Register]:
    """The register whose columns the headings name best, among those that `actor` may import into."""
    best: tuple[int, str] = (0, "")
    for key, register in REGISTERS.items():
        if not register.is_entered or not may(actor.account, "import", register):
            continue
        table = matching.table_of(register, book)
        if table is not None and len(table.mapped) > best[0]:
            best = (len(table.mapped), key)
    if best[0] < FEWEST_COLUMNS:
        raise Invalid(
            {
                "file": [
                    _("No row names columns of a register that you may import into. Put headings such as Title and Owner above the rows.")
                ]
            }
        )
    return REGISTERS[best[1]]


def preview(
    register: type[Register], book: Workbook, actor: Actor, *, into: int | None = None, unversioned: bool = False, add: bool = False
) -> Preview:
    """What importing would do. `into` is the initiative of rows whose table names none."""
    defaults: Mapping[str, Any] = {"initiative": into} if into is not None and "initiative" in register.fields() else {}
    return importing.preview(register, book, actor, defaults=defaults, unversioned=unversioned, add=add)


def take_in(found: Preview, actor: Actor, *, reason: str = "", once: str = "") -> Applied:
    """All rows or none."""
    return importing.apply(found, actor, reason=reason, once=once)
