#!/usr/bin/env python3
"""Writes the reference pages that follow from declarations: every register with its fields and steps, and the table of roles."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mainstay.project.settings")
os.environ.setdefault("MAINSTAY_TESTING", "1")
REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "reference"
NOTE = "<!-- Written by scripts/write_reference.py from the declarations; change those. -->"
VERBS = ("view", "comment", "export", "create", "change", "withdraw", "import", "decide")


def registers() -> str:
    """The page of all registers."""
    from mainstay.register.spec import REGISTERS, load  # needs Django

    load()
    lines = ["# Registers", NOTE, "", "What each register holds. The manual page of each stands behind **Guide** on its list.", ""]
    for key in sorted(REGISTERS):
        lines += _register(REGISTERS[key])
    return "\n".join(lines)


def _register(register: type) -> Iterator[str]:
    yield f"## {register.title()}"
    yield ""
    yield f"`{register.key}`, references `{register.code}-001`. " + (
        "Kept by hand, by import and by API." if register.is_entered else "Its rows come from files and calculations alone."
    )
    yield ""
    for heading, names in register.sections.items():
        yield f"**{heading}**"
        yield ""
        for name in names:
            field = register.field(name)
            must = "" if field.blank or field.null or field.has_default() else ", required"
            told = f": {field.help_text}" if field.help_text else ""
            yield f"- {register.label(name)} (`{name}`{must}){told}"
        yield ""
    if register.states is not None:
        states = register.states
        for step in states.moves.values():
            reason = ", with a reason" if step.needs_reason else ""
            yield f"- {step.verb}: {' or '.join(states.label(name) for name in step.sources)} → {states.label(step.target)}{reason}"
        yield ""


def roles() -> str:
    """The table of roles: what each may do where it is held, and below."""
    from mainstay.initiatives.roles import ROLES  # needs Django
    from mainstay.register.spec import REGISTERS, load  # needs Django

    load()
    lines = [
        "# Roles",
        NOTE,
        "",
        "A role is held at an office or an initiative and reaches everything below it. What is not named here is not allowed; whoever",
        "holds no role on the path of a record gets the same answer as for one that does not exist.",
        "",
    ]
    for role in ROLES.values():
        lines += [f"## {role.label}", "", "| may | in |", "|---|---|"]
        grouped: dict[tuple[str, ...], list[str]] = {}
        for key in sorted(REGISTERS):
            allowed = tuple(verb for verb in VERBS if role.allows(key, verb))
            grouped.setdefault(allowed, []).append(REGISTERS[key].title())
        lines += [f"| {', '.join(verbs) or 'nothing'} | {', '.join(titles)} |" for verbs, titles in grouped.items()]
        lines.append("")
    return "\n".join(lines)


PAGES = {"registers.md": registers, "roles.md": roles}


def main() -> int:
    django.setup()
    for name, make in PAGES.items():
        (REFERENCE / name).write_text(make(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
