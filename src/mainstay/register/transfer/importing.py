"""Rows of a table into a register: first a preview of what would be new and different, then all rows or none."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.formats.spreadsheet import Sheet, Workbook
from mainstay.register import actions, many
from mainstay.register.access import may
from mainstay.register.actions import InvalidRows
from mainstay.register.errors import Invalid, Refused
from mainstay.register.history import Actor
from mainstay.register.many import Wanted
from mainstay.register.models import Receipt
from mainstay.register.once import claim, settle
from mainstay.register.record import Source
from mainstay.register.spec import REGISTERS, Register
from mainstay.register.transfer import matching, steps
from mainstay.register.transfer.lines import Drafting
from mainstay.register.transfer.matching import Table
from mainstay.register.transfer.plan import Addition, Applied, Kind, Line, Preview
from mainstay.register.transfer.verdicts import judge

TWICE = gettext_lazy("Two rows would be the same record, or one exists already. Look for codes, addresses or references that occur twice.")


def preview(
    register: type[Register],
    book: Workbook | Sheet,
    actor: Actor,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    fields: Mapping[int, str] | None = None,
    defaults: Mapping[str, Any] | None = None,
    unversioned: bool = False,
    add: bool = False,
) -> Preview:
    """What importing `book` would do; nothing is written.

    `fields` corrects the mapping (column from 0 → field, "" for none). `defaults` are values for new rows whose table has no such column,
    e.g. {"initiative": 12}. `unversioned` lets rows without a version change records, at the version they have now. `add` makes the
    people that rows name and that do not exist. Raises Refused, or Invalid where no table is found.
    """
    if not register.is_entered or not may(actor.account, "import", register):
        raise Refused(_("You may not import %(what)s.") % {"what": register.title().lower()})
    table = matching.table_of(register, book, sheet=sheet, row=header_row)
    if table is None:
        raise Invalid({"file": [nothing_found(register, header_row)]})
    if fields is not None:
        table = replace(table, fields=corrected(register, table, fields))
    drafting = Drafting(register, table, actor, dict(defaults or {}), unversioned=unversioned, add=add)
    found = Preview(register, table, drafting.lines(), drafting.remarks(book))
    found.unknown, found.is_unversioned = list(drafting.unknown), drafting.is_unversioned
    found.additions = list(drafting.additions)
    with transaction.atomic():
        # What is to be added is made for the judgement only, and taken back with it.
        judge(found, actor, made(found.additions, actor, _("Named in an import.")))
        transaction.set_rollback(True)
    return found


def nothing_found(register: type[Register], header_row: int | None) -> str:
    some = ", ".join(register.label(name) for name in register.fields()[:4])
    if header_row:
        return _("Row %(row)s holds no headings of %(what)s. Choose the row that names the columns.") % {
            "row": header_row,
            "what": register.title().lower(),
        }
    return _("No row names columns of %(what)s. Put headings such as %(some)s into one row, and the rows below it.") % {
        "what": register.title().lower(),
        "some": some,
    }


def corrected(register: type[Register], table: Table, fields: Mapping[int, str]) -> dict[int, str]:
    """The mapping as the person wants it; a field twice is an error."""
    found = {**table.fields, **{column: name for column, name in fields.items() if column in table.header.headings}}
    known = {"ref", "version", *register.fields(), *(["state"] if register.states else [])}
    taken: dict[str, int] = {}
    for column, name in found.items():
        if name and name not in known:
            raise Invalid({"file": [_("%(name)s is no field of %(what)s.") % {"name": name[:40], "what": register.title().lower()}]})
        if name and name in taken:
            two = {"one": table.header.headings[taken[name]], "two": table.header.headings[column], "field": register.label(name)}
            raise Invalid({"file": [_("Both “%(one)s” and “%(two)s” are to be %(field)s. Leave one of them out.") % two]})
        taken[name] = column
    return found


def made(additions: list[Addition], actor: Actor, reason: str) -> dict[Addition, int]:
    """Make the records that are missing; in the transaction of the import."""
    return {
        each: actions.create(REGISTERS[each.register_key], {"title": each.title}, actor, source=Source.IMPORTED, reason=reason).pk
        for each in additions
    }


def apply(found: Preview, actor: Actor, *, reason: str = "", once: str = "") -> Applied:
    """Do what the preview shows: all rows or none. `once` names the request, so that sent twice it has one effect.

    InvalidRows names the faults by place in `found.lines`: those of the preview, and rows that somebody has changed since.
    """
    register = found.register
    if once and Receipt.objects.filter(key=once, account=actor.account, register=register.key).exists():
        return Applied(was_done_before=True)
    if found.faulty:
        raise InvalidRows(
            {place: {many.WHOLE: [str(fault) for fault in line.faults]} for place, line in enumerate(found.lines) if line.faults}
        )
    try:
        with transaction.atomic():
            if once and claim(register, actor, once) is not None:
                return Applied(was_done_before=True)
            done = write(found, actor, reason or _("Imported."))
            if once and (first := next(iter([*done.created, *done.changed]), None)):
                settle(register, actor, once, first.pk)
    except IntegrityError as fault:
        raise Invalid({"file": [str(TWICE)]}) from fault
    return done


def write(found: Preview, actor: Actor, reason: str) -> Applied:
    """Write the lines; steps between states come last, each on the version that the row's other values have made."""
    register = found.register
    ids = made(found.additions, actor, reason)
    new, edited = found.new, found.changed
    rows = [given(line, ids, with_ref=True) for line in new]
    created = placed(found, new, lambda: actions.create_many(register, rows, actor, reason=reason)) if new else []
    wanted = [Wanted(line.pk or 0, line.version, given(line, ids)) for line in edited]
    placed(found, edited, lambda: many.change_many(register, wanted, actor, reason=reason, source=Source.IMPORTED))
    for line, record in zip(new, created, strict=True):
        line.pk = record.pk
    records = {
        pk: record for part in many.parts(pks_of(found)) for pk, record in register.model._default_manager.in_bulk(list(part)).items()
    }
    for line in [*new, *found.changed]:
        if line.state:
            records[line.pk or 0] = steps.take(register, records[line.pk or 0], line.state, actor, reason)
    return Applied([records[line.pk or 0] for line in new], [records[line.pk or 0] for line in found.changed], len(found.same))


def pks_of(found: Preview) -> list[int]:
    return [line.pk for line in [*found.new, *found.changed] if line.pk]


def placed(found: Preview, lines: list[Line], act: Any) -> Any:
    """Do `act`; faults that it finds by place in `lines` are told by place in all lines."""
    try:
        return act()
    except InvalidRows as fault:
        where = {id(line): place for place, line in enumerate(found.lines)}
        raise InvalidRows({where[id(lines[place])]: texts for place, texts in fault.rows.items()}) from fault


def given(line: Line, ids: Mapping[Addition, int], *, with_ref: bool = False) -> dict[str, Any]:
    values = {name: ids[value] if isinstance(value, Addition) else value for name, value in line.values.items()}
    return {**values, "ref": line.ref} if with_ref and line.ref else values


__all__ = ["Applied", "Kind", "Preview", "apply", "preview"]
