"""The one gate that values pass on their way into a record: page, API, import and command use this same form."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model, QuerySet
from django.forms.models import ModelChoiceIterator, modelform_factory
from django.utils.translation import gettext_lazy as _

from mainstay.accounts.models import Account
from mainstay.register import rules, sentences
from mainstay.register.access import below, may, may_set, paths_for, visible_to
from mainstay.register.errors import Invalid
from mainstay.register.record import Entry
from mainstay.register.spec import Register

GUARDED = _("Only those who may decide here may change this.")
NO_SUCH = _("There is no such record, or it is not yours to see: %(value)s.")


class RecordChoice(forms.ModelChoiceField[Any]):
    """A reference to another record, by id, reference, e-mail or exact title; only what the writer may see is ever found."""

    default_error_messages = {
        "invalid_choice": NO_SUCH,
        "ambiguous": _("%(value)s names more than one record. Give the reference instead."),
    }
    known: dict[str, list[Any]] | None = None
    kept: Model | None = None
    """What the record refers to already: it may stay, even where the writer does not see it or it has been withdrawn since."""

    def remember(self) -> None:
        """Load all choices once, for a batch of many rows."""
        self.known = {}
        for record in self.queryset or ():
            for name in self.names_of(record):
                self.known.setdefault(name, []).append(record)

    def names_of(self, record: Any) -> set[str]:
        names = {str(record.pk), record.ref.lower(), record.title.lower(), str(record).lower()}
        return names | {str(getattr(record, name, "")).lower() for name in ("email", "code") if getattr(record, name, "")}

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or isinstance(value, Model):
            return value or None
        text = str(value).strip()
        if self.kept is not None and text == str(self.kept.pk):
            return self.kept
        found = self.known.get(text.lower(), []) if self.known is not None else self.look_up(text)
        if len(found) > 1:
            raise ValidationError(self.error_messages["ambiguous"], code="ambiguous", params={"value": text[:80]})
        if not found:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": text[:80]})
        return found[0]

    def look_up(self, text: str) -> list[Any]:
        rows: QuerySet[Any] = self.queryset if self.queryset is not None else Entry.objects.none()  # type: ignore[attr-defined]  # a field without choices finds nothing
        if text.isascii() and text.isdigit():
            return list(rows.filter(pk=int(text))[:1]) if len(text) < 19 else []
        if "\x00" in text:
            return []
        names = {field.name for field in rows.model._meta.get_fields()}
        for lookup in ("code", "email", "ref", "title"):
            if lookup in names and (found := list(rows.filter(**{f"{lookup}__iexact": text})[:2])):
                return found
        head, _space, tail = text.partition(" ")
        for lookup in ("code", "ref"):
            if tail and lookup in names and (found := list(rows.filter(**{lookup: head, "title": tail})[:2])):
                return found
        return []

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)

    iterator = ModelChoiceIterator


class EntryForm(forms.ModelForm[Any]):
    """A record's form: fields in the register's order, references limited to what the account may see."""

    register: type[Register]

    def __init__(self, *args: Any, account: Account | None, restrict: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        if not restrict:
            return
        adding = self.instance._state.adding
        for name, target in self.register.references().items():
            field = self.fields[name]
            if isinstance(field, RecordChoice):
                rows = visible_to(account, target).filter(is_withdrawn=False)
                if adding and name == self.register.model.PARENT and self.register.scope and self.register.scope[0].startswith(f"{name}__"):
                    rows = rows.filter(pk__in=places(account, self.register, target))
                field.queryset = rows
                field.kept = None if adding else getattr(self.instance, name)
                if target is self.register and self.register.scope == ("path",) and (adding or field.kept is not None):
                    # Without a parent a row of a tree lies at its root, where only those may put it who reach everything.
                    field.required = field.required or "/" not in paths_for(account, self.register, "create" if adding else "change")

    def clean(self) -> dict[str, Any] | None:
        """Lines end in one way, whoever sends them: a browser ends them otherwise than a file or a program."""
        super().clean()
        for name, value in self.cleaned_data.items():
            if isinstance(value, str) and "\r" in value:
                self.cleaned_data[name] = value.replace("\r\n", "\n").replace("\r", "\n")
        self.refuse_guarded()
        if self.account is not None and self.account.grants is not None:
            self.refuse_ungranted()
        return self.cleaned_data

    def refuse_guarded(self) -> None:
        """Some fields of a record that stands need more than the right to change it."""
        if self.instance._state.adding:
            return
        for name, verb in self.register.guarded.items():
            held, given = getattr(self.instance, name), self.cleaned_data.get(name)
            if name in self.cleaned_data and held != given and not may(self.account, verb, self.register, self.instance):
                self.add_error(name, GUARDED)

    def refuse_ungranted(self) -> None:
        """Who holds grants changes the fields that these name."""
        for name, given in list(self.cleaned_data.items()):
            if getattr(self.instance, name) != given and not may_set(self.account, self.register, name):
                self.add_error(name, GUARDED)

    def _post_clean(self) -> None:
        """After the model's own rules come those that packages above have added for this register."""
        super()._post_clean()  # type: ignore[misc]  # part of Django's form contract, absent from its stubs
        if not self.errors and rules.stand(self.register.key):
            for name, text in rules.faults(self.register.key, self.instance, set(self.changed_data)):
                self.add_error(name if name in self.fields else None, text)


def places(account: Account | None, register: type[Register], target: type[Register]) -> QuerySet[Any]:
    """The parents below which `account` may create rows of `register`."""
    return target.model._default_manager.filter(below("path", paths_for(account, register, "create"))).values("pk")


def formfield(field: Any, **kwargs: Any) -> forms.Field | None:
    if isinstance(field, ForeignKey):
        return RecordChoice(
            queryset=field.related_model._default_manager.none(),
            required=not field.blank,
            label=str(field.verbose_name)[:1].upper() + str(field.verbose_name)[1:],
            help_text=field.help_text,
        )
    made: forms.Field | None = field.formfield(**kwargs)
    if isinstance(made, forms.DateField):
        made.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return made


_forms: dict[str, type[EntryForm]] = {}


def form_class(register: type[Register]) -> type[EntryForm]:
    if register.key not in _forms:
        made = modelform_factory(register.model, form=EntryForm, fields=register.fields(), formfield_callback=formfield)
        made.register = register  # type: ignore[attr-defined]  # set on the class just made
        _forms[register.key] = made  # type: ignore[assignment]  # the factory's return type is the base form
    return _forms[register.key]


def form_for(register: type[Register], data: Mapping[str, Any] | None, *, instance: Any = None, account: Account | None) -> EntryForm:
    """The form of a record; what `data` leaves out keeps the value it has."""
    bound = None if data is None else {**current_values(register, instance), **data}
    return form_class(register)(bound, instance=instance, account=account)


def current_values(register: type[Register], instance: Any) -> dict[str, Any]:
    if instance is None:
        return {name: default for name in register.fields() if (default := initial(register, name)) is not None}
    values = {}
    for name in register.fields():
        field = register.field(name)
        value = getattr(instance, field.attname)
        made = None if isinstance(field, ForeignKey) or value is None else field.formfield()
        values[name] = made.prepare_value(value) if made is not None else value
    return values


def initial(register: type[Register], name: str) -> Any:
    field = register.field(name)
    return field.get_default() if field.has_default() and not isinstance(field, ForeignKey) else None


def checked(form: EntryForm) -> Any:
    """The record with the form's values, or `Invalid` with a sentence for each field."""
    if not form.is_valid():
        raise Invalid(sentences.of_form(form))
    return form.instance
