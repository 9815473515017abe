"""System checks: a register that is not whole stops the start."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from mainstay.register.access import VERBS
from mainstay.register.spec import REGISTERS


@register()
def registers_are_whole(**kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001  # the framework's signature
    found: list[CheckMessage] = []
    for key, kind in REGISTERS.items():
        found += [Error(f"Register {key}: {text}", id="register.E001") for text in faults(kind)]
    return found


def faults(kind: Any) -> list[str]:
    names = {field.name for field in kind.model._meta.get_fields()}
    texts = [f"{name} is missing in its folder." for name in ("samples.yaml", "guide.md") if not (kind.folder / name).exists()]
    for attribute, listed in (("sections", kind.fields()), ("filters", kind.filters), ("search", kind.search), ("inline", kind.inline)):
        texts += [f"{attribute} names {name!r}, which is no field." for name in listed if name not in names]
    texts += [f"column {name!r} is neither a field nor derived." for name in kind.columns if name not in names and name not in kind.derived]
    texts += [
        f"field {name!r} needs a help text."
        for name in kind.fields()
        if name in names and name not in ("title",) and not kind.field(name).help_text
    ]
    texts += [f"inline column {name!r} cannot be written." for name in kind.inline if name not in kind.fields()]
    if kind.due and kind.due not in names:
        texts.append(f"due names {kind.due!r}, which is no field.")
    for state, whose in kind.waits_on.items():
        if kind.states is None or state not in kind.states.states:
            texts.append(f"waits_on names {state!r}, which is no state.")
        if whose not in names and whose not in VERBS:
            texts.append(f"waits_on names {whose!r}, which is neither a field nor a verb.")
    if kind.scope and kind.model.PARENT and kind.scope[0].split("__")[0] != kind.model.PARENT:
        texts.append(f"its first scope {kind.scope[0]!r} does not lead through its parent {kind.model.PARENT!r}.")
    return texts
