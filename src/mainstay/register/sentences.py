"""What a form's checks have found, as sentences: the value that was given, what is wrong with it, what to do."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mainstay.register import words

MOST_QUOTED = 60


def of_form(form: forms.ModelForm[Any]) -> dict[str, list[str]]:
    """Field → sentences. What the checks of the house say stands as it is; what the framework says is put into our words."""
    return {name: [text for error in found for text in texts_of(form, name, error)] for name, found in form.errors.as_data().items()}


def texts_of(form: forms.ModelForm[Any], name: str, error: ValidationError) -> list[str]:
    write = WRITERS.get(str(error.code))
    if write is None or name not in form.fields:
        return [str(text) for text in error.messages]
    field = form.fields[name]
    label = str(field.label)
    given: Mapping[str, Any] = error.params if isinstance(error.params, Mapping) else {}
    params = {**given, "validators": [*field.validators, *form._meta.model._meta.get_field(name).validators]}
    return [write(label, quoted(form, name), field, params) or " ".join(map(str, error.messages))]


def quoted(form: forms.ModelForm[Any], name: str) -> str:
    """The value as it was given, short."""
    value = form.data.get(name)
    if isinstance(value, list | tuple):
        value = value[0] if value else ""
    text = value if isinstance(value, str) else words.text(value)
    text = " ".join(text.split())
    return text if len(text) <= MOST_QUOTED else f"{text[: MOST_QUOTED - 1]}…"


def span(field: forms.Field, validators: Sequence[Any]) -> str:
    """`Enter 0 to 100.`"""
    low, high = getattr(field, "min_value", None), getattr(field, "max_value", None)
    for validator in validators:
        limit = getattr(validator, "limit_value", None)
        if getattr(validator, "code", "") == "min_value":
            low = limit
        elif getattr(validator, "code", "") == "max_value":
            high = limit
    if low is not None and high is not None:
        return _("Enter %(low)s to %(high)s.") % {"low": words.text(low), "high": words.text(high)}
    if low is not None:
        return _("Enter %(low)s or more.") % {"low": words.text(low)}
    return _("Enter %(high)s or less.") % {"high": words.text(high)} if high is not None else ""


def out_of_span(label: str, value: str, field: forms.Field, params: Mapping[str, Any]) -> str:
    limits = span(field, params["validators"])
    return _("%(label)s is %(value)s. %(limits)s") % {"label": label, "value": value, "limits": limits} if limits else ""


def missing(label: str, value: str, field: forms.Field, params: Mapping[str, Any]) -> str:  # noqa: ARG001  # the writers' signature
    if isinstance(field, forms.ModelChoiceField | forms.ChoiceField):
        return _("%(label)s is missing. Choose one.") % {"label": label}
    return _("%(label)s is missing. Enter it.") % {"label": label}


def unfit(label: str, value: str, field: forms.Field, params: Mapping[str, Any]) -> str:  # noqa: ARG001  # the writers' signature
    told = {"label": label, "value": value}
    if isinstance(field, forms.DateField):
        return _("%(label)s is “%(value)s”. Enter a date such as 2026-11-10.") % told
    if isinstance(field, forms.IntegerField) and not isinstance(field, forms.DecimalField | forms.FloatField):
        return _("%(label)s is “%(value)s”. Enter a whole number.") % told
    if isinstance(field, forms.DecimalField):
        return _("%(label)s is “%(value)s”. Enter a number.") % told
    if isinstance(field, forms.EmailField):
        return _("%(label)s is “%(value)s”. Enter an address such as name@example.org.") % told
    return ""


def unknown_choice(label: str, value: str, field: forms.Field, params: Mapping[str, Any]) -> str:  # noqa: ARG001  # the writers' signature
    if not isinstance(field, forms.ChoiceField) or isinstance(field, forms.ModelChoiceField):
        return ""
    choices = ", ".join(str(text) for key, text in field.widget.choices if key not in ("", None))
    return _("%(label)s is “%(value)s”. Choose one of: %(choices)s.") % {"label": label, "value": value, "choices": choices}


def too_long(label: str, value: str, field: forms.Field, params: Mapping[str, Any]) -> str:  # noqa: ARG001  # the writers' signature
    told = {"label": label, "length": params.get("show_value", ""), "most": params.get("limit_value", "")}
    return _("%(label)s has %(length)s characters; %(most)s is the most. Shorten it.") % told


def too_fine(label: str, value: str, field: forms.Field, params: Mapping[str, Any]) -> str:  # noqa: ARG001  # the writers' signature
    return _("%(label)s is %(value)s. Enter at most %(most)s decimal places.") % {
        "label": label,
        "value": value,
        "most": params.get("max", ""),
    }


def too_big(label: str, value: str, field: forms.Field, params: Mapping[str, Any]) -> str:  # noqa: ARG001  # the writers' signature
    return _("%(label)s is %(value)s, which is more than can be kept. Enter a smaller number.") % {"label": label, "value": value}


WRITERS: dict[str, Callable[[str, str, forms.Field, Mapping[str, Any]], str]] = {
    "required": missing,
    "min_value": out_of_span,
    "max_value": out_of_span,
    "invalid": unfit,
    "invalid_choice": unknown_choice,
    "max_length": too_long,
    "max_decimal_places": too_fine,
    "max_digits": too_big,
    "max_whole_digits": too_big,
}
