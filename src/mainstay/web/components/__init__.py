"""The components of the face: each a folder with its template and its examples, which also declare what it takes. No queries here."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.template import Context, engines
from django.utils.safestring import SafeString, mark_safe

from mainstay.web.components.drawings import PREPARED

FOLDER = Path(__file__).parent


class ComponentError(Exception):
    """A component was asked for something that it does not declare."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a component takes under one name."""

    meaning: str
    default: Any = None
    is_required: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """One way to use a component, shown in the gallery and rendered by the contract test."""

    title: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Component:
    """A component as its folder declares it."""

    name: str
    title: str
    use: str
    parameters: Mapping[str, Parameter]
    examples: tuple[Example, ...]

    @property
    def takes(self) -> list[tuple[str, Parameter]]:
        """The parameters for templates, where `parameters.items` would be the one called items."""
        return list(self.parameters.items())

    def check_names(self, given: set[str]) -> None:
        """Refuse parameters that are not declared, and the lack of one that is needed."""
        unknown = given - set(self.parameters)
        if unknown:
            raise ComponentError(f"The component {self.name} takes no {', '.join(sorted(unknown))}. It takes {', '.join(self.parameters)}.")
        missing = {name for name, parameter in self.parameters.items() if parameter.is_required} - given
        if missing:
            raise ComponentError(f"The component {self.name} needs {', '.join(sorted(missing))}.")

    def render(self, given: Mapping[str, Any], csrf_token: Any = None) -> SafeString:
        """The component as HTML, from its parameters alone."""
        values = {name: given.get(name, parameter.default) for name, parameter in self.parameters.items()}
        for name, parameter in self.parameters.items():
            if parameter.choices and values[name] not in parameter.choices:
                raise ComponentError(
                    f"The component {self.name} takes {' or '.join(map(repr, parameter.choices))} for {name}, not {values[name]!r}."
                )
        prepare = PREPARED.get(self.name)
        context = Context({**(prepare(values) if prepare else values), "csrf_token": csrf_token})
        made: str = template_of(self.name).render(context)
        return mark_safe(made)  # noqa: S308  # a rendered template, escaped by the engine


@cache
def template_of(name: str) -> Any:
    """The compiled template of a component."""
    return engines["django"].engine.get_template(f"components/{name}/template.html")  # type: ignore[attr-defined] # Django's own backend


@cache
def component(name: str) -> Component:
    """The component `name` as its folder declares it."""
    path = FOLDER / name / "examples.yaml"
    if not path.is_file():
        raise ComponentError(f"There is no component {name}. There are {', '.join(names())}.")
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    parameters = {key: parameter_of(value) for key, value in told["parameters"].items()}
    examples = tuple(Example(example["title"], example.get("with") or {}) for example in told["examples"])
    return Component(name, told["title"], told["use"], parameters, examples)


def parameter_of(told: str | Mapping[str, Any]) -> Parameter:
    """A parameter as told: a bare sentence for one that is needed, else a mapping with its default."""
    if isinstance(told, str):
        return Parameter(told)
    return Parameter(told["meaning"], told.get("default"), "default" not in told, tuple(told.get("choices", ())))


def names() -> list[str]:
    """The names of all components in the order of the alphabet."""
    return sorted(path.parent.name for path in FOLDER.glob("*/examples.yaml"))


def render(name: str, **values: Any) -> SafeString:
    """Render a component from Python."""
    found = component(name)
    found.check_names(set(values))
    return found.render(values)
