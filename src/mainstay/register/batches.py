"""The gate for many rows: the choices of references are read once, and a row's form makes nothing that only a page would show."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.register.gate import EntryForm, checked, form_for
from mainstay.register.history import Actor
from mainstay.register.spec import Register


class RowForm(EntryForm):
    """The form of one row of many. It never shows its fields, so that they are cleaned without the parts that draw them."""

    def _clean_fields(self) -> None:
        for name, field in self.fields.items():
            try:
                self.cleaned_data[name] = field.clean(field.widget.value_from_datadict(self.data, self.files, name))
            except ValidationError as fault:
                self.add_error(name, fault)


class BatchForms:
    """The same gate for many rows: the choices of references are read once."""

    def __init__(self, register: type[Register], actor: Actor) -> None:
        self.register, self.actor = register, actor
        self.first = form_for(register, {}, account=actor.account)
        for field in self.first.fields.values():
            if hasattr(field, "remember"):
                field.remember()
        self.defaults = {name: value for name, value in self.first.data.items() if value is not None}
        # Each row's form would copy all fields, and they are the same for all rows: it starts without any and is given the first one's.
        self.type = type(self.first.__class__.__name__, (RowForm, type(self.first)), {})
        self.type.base_fields = {}  # type: ignore[attr-defined]  # part of Django's form contract, absent from its stubs

    def checked(self, values: Mapping[str, Any], instance: Any = None) -> Any:
        """The record, new or changed in memory, with the values; what they leave out has its default where the record is new."""
        data = {**self.defaults, **values} if instance is None else values
        form: EntryForm = self.type(data, instance=instance, account=self.actor.account, restrict=False, label_suffix="")
        form.fields.update(self.first.fields)
        return checked(form)
