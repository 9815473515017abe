"""Every component with every example, for the gallery page and the contract test."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.safestring import SafeString

from mainstay.web.components import Component, Example, component, names

WIDE = frozenset(
    {
        "figures",
        "history",
        "links",
        "moved",
        "chart",
        "views",
        "pagination",
        "progress",
        "confirm",
        "challenge",
        "empty",
        "errors",
        "facts",
        "field",
        "note",
        "compare",
    }
)


class ExampleForm(forms.Form):
    """One field of each kind, so that the gallery shows a real form's widgets."""

    title = forms.CharField(help_text="One line that says it all.")
    probability = forms.DecimalField(max_value=100, help_text="Chance in one winter, after responses.")
    due = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    owner = forms.ChoiceField(choices=[("", "Nobody yet"), ("1", "Ines Marlowe"), ("2", "Callum Reyes")], required=False)
    nature = forms.ChoiceField(choices=[("threat", "Threat"), ("opportunity", "Opportunity")], widget=forms.RadioSelect)
    cause = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), required=False)
    is_shared = forms.BooleanField(label="Other risks have the same cause", required=False)


def example_form() -> ExampleForm:
    form = ExampleForm(
        {"title": "Winter storms close the marine window", "probability": "135", "due": date(2026, 11, 24), "nature": "threat"},
        auto_id="example-%s",
    )
    form.errors["probability"] = form.error_class(["Probability is 135 %. Enter 0 to 100."])
    return form


@dataclass(frozen=True, slots=True)
class Shown:
    """A rendered example."""

    title: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class Entry:
    """A component in the gallery."""

    component: Component
    is_wide: bool
    shown: tuple[Shown, ...]


def values_of(example: Example, form: ExampleForm) -> Mapping[str, Any]:
    """The example's values; `example:title` stands for that field of the example form."""
    return {
        name: form[value.removeprefix("example:")] if isinstance(value, str) and value.startswith("example:") else value
        for name, value in example.values.items()
    }


def show(name: str) -> Entry:
    """One component with its examples rendered."""
    found, form = component(name), example_form()
    shown = []
    for example in found.examples:
        values = values_of(example, form)
        found.check_names(set(values))
        shown.append(Shown(example.title, found.render(values)))
    return Entry(found, name in WIDE, tuple(shown))


def gallery() -> list[Entry]:
    """All components."""
    return [show(name) for name in names()]
