"""A record's form as a page shows it: the gate's own fields with widgets for people. References offer only what the account may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register.access import may
from mainstay.register.gate import EntryForm, RecordChoice, form_class, form_for
from mainstay.register.spec import Register

MOST_OPTIONS = 40
"""Up to here a reference is a select; above it a text that is completed from a list."""
MOST_SUGGESTIONS = 200
MOST_RADIOS = 4


class RecordSelect(forms.Select):
    """A reference among few: the browser's own select."""


class NumberText(forms.TextInput):
    """A number as a person types it: no digits after the point that say nothing."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, Decimal):
            text = f"{value:f}"
            return text.rstrip("0").rstrip(".") if "." in text else text
        return None if value is None else str(value)


class RecordText(forms.TextInput):
    """A reference among many: its name is typed, and the browser completes it. A reference, code or exact title will do."""

    template_name = "register/parts/record_text.html"

    def __init__(self, suggestions: list[str], current: Mapping[str, str], url: str) -> None:
        super().__init__(attrs={"autocomplete": "off", "data-suggest": url, "spellcheck": "false"})
        self.suggestions, self.current = suggestions, current

    def format_value(self, value: Any) -> str | None:
        return self.current.get(str(value), str(value)) if value not in (None, "") else None

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_list"
        context["widget"]["attrs"]["list"] = list_id
        return {**context, "list_id": list_id, "suggestions": self.suggestions}


def page_form(
    register: type[Register],
    account: Account | None,
    *,
    instance: Any = None,
    data: Mapping[str, Any] | None = None,
    initial: Mapping[str, Any] | None = None,
) -> EntryForm:
    """The form of a record for a page; with `data` it is bound, and what `data` leaves out keeps its value."""
    if data is None:
        form = form_class(register)(None, instance=instance, account=account, initial=dict(initial or {}))
    else:
        form = form_for(register, values_of(register, data), instance=instance, account=account)
    dress(register, form, account)
    return form


def values_of(register: type[Register], data: Mapping[str, Any]) -> dict[str, Any]:
    """Of what was sent, this register's fields and nothing else. A box without its tick sends nothing: its name stands in `boxes`."""
    values = {name: data[name] for name in register.fields() if name in data}
    boxes = data.getlist("boxes") if hasattr(data, "getlist") else []
    values.update({name: "" for name in boxes if name in register.fields() and name not in data})
    return values


def dress(register: type[Register], form: EntryForm, account: Account | None) -> None:
    """Give each field the widget that suits it; a reference to what the account may not see is left out and stays as it is."""
    options: dict[Any, list[Any]] = {}
    for name, field in list(form.fields.items()):
        if isinstance(field, RecordChoice):
            if field.kept is not None and not may(account, "view", register.references()[name], field.kept):
                del form.fields[name]
                continue
            field.widget = reference_widget(register, name, form, field, options)
        elif isinstance(field, forms.TypedChoiceField):
            dress_choice(field)
        elif isinstance(field.widget, forms.Textarea):
            field.widget.attrs.update({"rows": 4, "cols": 60})
        elif isinstance(field, forms.DecimalField | forms.IntegerField):
            field.widget = NumberText(
                attrs={"inputmode": "decimal" if isinstance(field, forms.DecimalField) else "numeric", "autocomplete": "off"}
            )
        field.widget.is_required = field.required
        if isinstance(field.widget, forms.TextInput | forms.Textarea) and getattr(field, "max_length", None):
            field.widget.attrs.setdefault("maxlength", str(field.max_length))  # type: ignore[attr-defined]  # looked up on the line above


def dress_choice(field: forms.TypedChoiceField) -> None:
    listed: Any = field.choices
    choices = [choice for choice in listed if choice[0] not in ("", None)]
    if field.required and len(choices) <= MOST_RADIOS:
        field.widget = forms.RadioSelect(choices=choices)


def reference_widget(
    register: type[Register], name: str, form: EntryForm, field: RecordChoice, options: dict[Any, list[Any]]
) -> forms.Widget:
    rows: QuerySet[Any] | None = field.queryset
    if rows is None:
        return RecordSelect(choices=[("", _("Nothing to choose from"))])
    key = str(rows.query)
    if key not in options:
        options[key] = list(rows.order_by(*rows.model._meta.ordering or ("pk",))[: MOST_SUGGESTIONS + 1])
    found = options[key]
    if field.kept is not None and field.kept not in found:
        found = [field.kept, *found]
    if len(found) <= MOST_OPTIONS:
        empty = _("Choose") if field.required else _("Nobody yet") if name == "owner" else _("None")
        return RecordSelect(choices=[("", empty), *((row.pk, str(row)) for row in found)])
    current = {str(row.pk): str(row) for row in found}
    value = form[name].value()
    if value and str(value) not in current and str(value).isdigit():
        current.update({str(row.pk): str(row) for row in rows.filter(pk=int(value))})
    return RecordText([str(row) for row in found[:MOST_SUGGESTIONS]], current, f"{register.url('list')}choices/{name}/")


@dataclass(frozen=True, slots=True)
class Placed:
    """A field and whether it takes the whole width."""

    bound: forms.BoundField
    is_wide: bool


def sections_of(register: type[Register], form: EntryForm) -> list[tuple[str, list[Placed]]]:
    """The form's fields under the register's own headings, without those that are withheld."""
    made = [(str(title), [placed(form[name]) for name in names if name in form.fields]) for title, names in register.sections.items()]
    return [(title, fields) for title, fields in made if fields]


def placed(bound: forms.BoundField) -> Placed:
    """Long texts and titles take the whole width."""
    return Placed(bound, isinstance(bound.field.widget, forms.Textarea) or bound.name == "title")


def boxes_of(form: EntryForm) -> list[str]:
    return [name for name, field in form.fields.items() if isinstance(field, forms.BooleanField)]
