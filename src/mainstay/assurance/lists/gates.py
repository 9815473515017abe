"""What each type of review asks to see, which ratings pass a gate, and which recommendations are conditions: data, in versions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mainstay.assurance.lists import OWN, told

STANDARD = "checklist-"
"""A standard of kind categories with this name and the type replaces the shipped list."""


@dataclass(frozen=True, slots=True)
class Item:
    """A document that a type of review asks for: of the holder of which role, and how many days before the review."""

    key: str
    what: str
    role: str = ""
    before: int = 14


def passing(scale: str) -> frozenset[str]:
    """The steps of a scale (`name/version`) that pass; of a scale that is not told, none."""
    return frozenset(told("gates")["passes"].get(scale, ()))


def conditions() -> list[str]:
    """The priorities of recommendations that are conditions."""
    found: list[str] = told("gates")["conditions"]
    return found


def type_name(kind: str, own_type: str) -> str:
    """The type as the name of a standard ends: `gate-3`, or the words of an own type."""
    return re.sub(r"[^a-z0-9]+", "-", own_type.lower()).strip("-") if kind == OWN else kind


def shipped(name: str) -> list[Item]:
    """What is asked for at every review, then what this type asks for besides."""
    data = told("gates")
    return [item(name, row) for row in (*data["every"], *data["types"].get(name, ()))]


def item(name: str, row: dict[str, Any]) -> Item:
    return Item(f"{name}:{row['code']}", row["what"], row["of"], row["before"])


def own(name: str, lines: Iterable[str]) -> list[Item]:
    """The office's own list."""
    return [Item(f"{name}:own-{number}", line.strip()) for number, line in enumerate(lines, 1)]
