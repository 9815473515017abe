"""Somebody else has saved meanwhile: field by field what both began from, what they saved and what was typed; nothing is lost."""

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField, CheckboxInput
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mainstay.register import asat, telling
from mainstay.register.gate import EntryForm, RecordChoice
from mainstay.register.pages.detail import frame, template_of
from mainstay.register.pages.fields import boxes_of, page_form
from mainstay.register.pages.page import text_of
from mainstay.register.requests import actor_of
from mainstay.register.spec import Register
from mainstay.register.tables import WITHHELD, Cells, columns_of
from mainstay.register.typed import whole_number


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field on which the two differ."""

    field: BoundField
    base: str
    theirs: str
    mine: str
    theirs_raw: str
    """Their value as the field takes it, for the button that puts it in."""
    mine_raw: str
    is_conflict: bool
    """Both changed it; where only one did, their value or mine stands already."""


def page(request: HttpRequest, register: type[Register], record: Any, typed: dict[str, Any]) -> HttpResponse:
    """Answer 409 with a form that holds what was typed, each field beside the other side's value."""
    account = actor_of(request).account
    base = base_of(request, register, record)
    form = page_form(register, account, instance=copy(record), data=merged(register, account, record, base, typed))
    shown = conflicts(register, account, record, base, form, typed)
    context = frame(request, register, record) | {
        "title": _("Merge your edit of %(name)s") % {"name": record},
        "form": form,
        "conflicts": shown,
        "named": {conflict.field.name for conflict in shown},
        "boxes": boxes_of(form),
        "version": record.version,
        "base": telling.changes_of(register, record.pk).values_list("sequence", flat=True).first() or 0,
        "reason": text_of(request, "reason"),
        "action": register.url("edit", record),
        "back": register.url("detail", record),
        "since": since(request, register, record),
    }
    return HttpResponse(template_of(register, "merge").render(context, request), status=409)


def base_of(request: HttpRequest, register: type[Register], record: Any) -> Any:
    """The record as the writer had read it, by the last change that its form knew of; as it is now where the form does not say."""
    text = text_of(request, "base")
    sequence = whole_number(text)
    if sequence is None:
        return record
    rolled = asat.roll_back(register, [copy(record)], asat.past_values(register, sequence, [record.pk]))
    return rolled[0] if rolled else record


def raw(form: EntryForm, name: str, record: Any) -> str:
    """A record's value as the form's field takes it, as text."""
    field = form.fields[name]
    if isinstance(field, RecordChoice):
        value = getattr(record, f"{name}_id")
        return "" if value is None else str(value)
    value = field.prepare_value(getattr(record, name))
    widget = field.widget
    if isinstance(widget, CheckboxInput):
        return "on" if value else ""
    shown = widget.format_value(value) if hasattr(widget, "format_value") else value
    if isinstance(shown, list | tuple):
        shown = shown[0] if shown else ""
    return "" if shown is None else str(shown)


def merged(register: type[Register], account: Any, record: Any, base: Any, typed: dict[str, Any]) -> dict[str, Any]:
    """What the form holds at first: where the writer changed nothing, the other side's value stands; else what was typed."""
    form = page_form(register, account, instance=copy(base))
    values = {}
    for name, value in typed.items():
        if name not in form.fields:
            continue
        is_mine = not same(form, name, str(value), base)
        values[name] = value if is_mine else raw(form, name, record)
    return values


def same(form: EntryForm, name: str, typed: str, record: Any) -> bool:
    """Does the typed text say what the record holds? Lines end as the browser ends them."""
    field, held = form.fields[name], raw(form, name, record)
    plain = typed.replace("\r\n", "\n").strip()
    if plain == held.replace("\r\n", "\n").strip():
        return True
    return not field.has_changed(
        getattr(record, f"{name}_id") if isinstance(field, RecordChoice) else field.prepare_value(getattr(record, name)), typed
    )


def conflicts(register: type[Register], account: Any, record: Any, base: Any, form: EntryForm, typed: dict[str, Any]) -> list[Conflict]:
    """The fields on which what was typed differs from what is saved now."""
    names = [name for name in typed if name in form.fields and not same(form, name, str(typed[name]), record)]
    columns = [columns_of(register)[name] for name in names]
    cells = Cells(register, account, [base, record], columns)
    found = []
    for column in columns:
        was, now = (cells.cell(column, each).text for each in (base, record))
        text = str(typed[column.name])
        found.append(
            Conflict(
                field=form[column.name],
                base=was,
                theirs=now,
                mine=words_of(form, column.name, text),
                theirs_raw=raw(form, column.name, record) if now != _(WITHHELD) else "",
                mine_raw=text,
                is_conflict=was != now and not same(form, column.name, text, base),
            )
        )
    return found


def words_of(form: EntryForm, name: str, typed: str) -> str:
    """What was typed as a person reads it: a choice by its label, a reference by its name where it may be chosen."""
    field = form.fields[name]
    choices = getattr(field.widget, "choices", None)
    if choices:
        return next((str(label) for value, label in choices if str(value) == typed), typed)
    return typed


def since(request: HttpRequest, register: type[Register], record: Any) -> list[telling.Told]:
    """What was saved since the writer's reading, in words."""
    base = whole_number(text_of(request, "base"))
    if base is None:
        return []
    changes = telling.changes_of(register, record.pk).filter(sequence__gt=base)[:10]
    return telling.told(register, actor_of(request).account, changes)
