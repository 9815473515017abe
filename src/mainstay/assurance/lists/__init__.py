"""Lists of assurance as data: types of review, lines of defence, categories and priorities of recommendations; each with its version."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewType:
    """A type of review: how long it takes and how early its assessment meeting is held, where it asks for one."""

    code: str
    title: str
    short: str
    days: int = 4
    gate: int | None = None
    informs: str = ""
    """The kind of approval that it comes before."""
    levels: tuple[str, ...] = ()
    """Kinds of initiative that it is for; empty is any."""
    has_meeting: bool = True


@cache
def told(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def review_types() -> dict[str, ReviewType]:
    found = [ReviewType(**{**row, "levels": tuple(row.get("levels", ()))}) for row in told("types")["types"]]
    return {one.code: one for one in found}


def type_choices() -> list[tuple[str, str]]:
    return [*((one.code, one.title) for one in review_types().values()), (OWN, "Own type")]


def line_choices() -> list[tuple[str, str]]:
    """Every line of every set, as `set/version:line`, so that a record says by which definition it is of that line."""
    return [(f"{one['key']}:{line}", f"{text} ({one['short']})") for one in told("lines")["sets"] for line, text in one["lines"].items()]


def line_number(value: str) -> str:
    """The line without its definition."""
    return value.rpartition(":")[2]


def category_choices() -> list[tuple[str, str]]:
    """Every category of every list, as `list/version:code`."""
    return [(f"{one['key']}:{code}", f"{text}") for one in told("categories")["lists"] for code, text in one["categories"].items()]


def priorities() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = told("priorities")["priorities"]
    return found


def priority_choices() -> list[tuple[str, str]]:
    return [(code, one["title"]) for code, one in priorities().items()]
