"""The gate's word on drafted lines: what is valid, what differs, what cannot be; each fault beside its cell."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from mainstay.register import actions, many
from mainstay.register.actions import InvalidRows
from mainstay.register.errors import Refused
from mainstay.register.history import Actor
from mainstay.register.many import Wanted
from mainstay.register.record import Source
from mainstay.register.spec import Register
from mainstay.register.tables import columns_of
from mainstay.register.transfer import steps
from mainstay.register.transfer.lines import row_place, shown
from mainstay.register.transfer.plan import Addition, Difference, Fault, Kind, Line, Preview

UNVERSIONED = _(
    "%(ref)s exists, and the row brings no version. Export the list and fill that file, or say above that the rows of this file count."
)


def judge(found: Preview, actor: Actor, ids: Mapping[Addition, int]) -> None:
    """Sets the kind, the differences and the faults of each line."""
    judge_changes(found, actor, ids)
    judge_new(found, actor, ids)


def resolved(line: Line, ids: Mapping[Addition, int]) -> dict[str, Any]:
    return {name: ids[value] if isinstance(value, Addition) else value for name, value in line.values.items()}


def judge_changes(found: Preview, actor: Actor, ids: Mapping[Addition, int]) -> None:
    register = found.register
    lines = [line for line in found.lines if line.kind is Kind.CHANGED and (line.values or line.state)]
    for line in found.lines:
        if line.kind is Kind.CHANGED and not line.values and not line.state:
            line.kind = Kind.SAME
    was = texts_now(register, [line.pk for line in lines if line.pk], {name for line in lines for name in line.values})
    judged = many.judge(register, [Wanted(line.pk or 0, line.version, resolved(line, ids)) for line in lines], actor)
    for place, line in enumerate(lines):
        if place in judged.errors:
            refuse(found, line, judged.errors[place])
            continue
        record = judged.records[place]
        differing = [name for name in line.values if judged.before[place].get(name) != judged.after[place].get(name)]
        line.values = {name: line.values[name] for name in differing}
        for name in differing:
            column = columns_of(register)[name]
            line.differences.append(Difference(name, column.label, was[line.pk or 0].get(name, ""), shown(register, column, record, set())))
        judge_state(found, line, record, record.state if line.state else "", actor)
        if line.kind is Kind.CHANGED and not differing and not line.state:
            line.kind = Kind.SAME


def texts_now(register: type[Register], pks: list[int], names: set[str]) -> dict[int, dict[str, str]]:
    """What the fields of these records say before the change."""
    columns = [columns_of(register)[name] for name in names]
    found = {}
    for part in many.parts(pks):
        for record in register.rows(register.model._default_manager.filter(pk__in=part)):
            found[record.pk] = {column.name: shown(register, column, record, set()) for column in columns}
    return found


def judge_new(found: Preview, actor: Actor, ids: Mapping[Addition, int]) -> None:
    register = found.register
    lines = [line for line in found.lines if line.kind is Kind.NEW]
    if not lines:
        return
    rows = [{**resolved(line, ids), **({"ref": line.ref} if line.ref else {})} for line in lines]
    try:
        records = actions.checked_rows(register, rows, actor, Source.IMPORTED)
    except InvalidRows as fault:
        for place, errors in fault.rows.items():
            refuse(found, lines[place], errors)
        return
    except Refused as fault:
        for line in lines:
            refuse(found, line, {many.WHOLE: [str(fault)]})
        return
    for line, record in zip(lines, records, strict=True):
        line.title = line.title or record.title
        judge_state(found, line, record, register.states.first if line.state and register.states else "", actor)
        line.differences += [
            Difference(name, columns_of(register)[name].label, "", shown(register, columns_of(register)[name], record, set()))
            for name, value in line.values.items()
            if value is not None
        ]


def judge_state(found: Preview, line: Line, record: Any, source: str, actor: Actor) -> None:
    if not line.state:
        return
    register = found.register
    if why := steps.hindrance(register, record, source, line.state, actor.account):
        refuse(found, line, {"state": [why]})
    elif register.states:
        label = register.label("state")
        line.differences.append(Difference("state", label, str(register.states.label(source)), str(register.states.label(line.state))))


def refuse(found: Preview, line: Line, errors: Mapping[str, list[str]]) -> None:
    line.kind = Kind.FAULTY
    sheet, columns = found.table.sheet, columns_of(found.register)
    for name, texts in errors.items():
        column = found.table.mapped.get(name)
        place = row_place(sheet, line.row) if column is None else sheet.place(line.row, column)
        label = columns[name].label if name in columns else ""
        if name == "version" and line.version is None:
            texts = [UNVERSIONED % {"ref": line.ref}]  # noqa: PLW2901  # the same fault in the words of a file
        line.faults += [Fault(place, label, with_label(label, text), column) for text in texts]


def with_label(label: str, text: str) -> str:
    """A sentence that does not name its field gets the label in front."""
    return text if not label or label.lower() in text.lower() else f"{label}: {text}"
