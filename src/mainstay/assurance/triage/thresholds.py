"""Above which whole-life cost a review is a must, on a day: the office's own standard, else the dated rules that are shipped."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mainstay.initiatives.standard.model import StandardKind
from mainstay.initiatives.standards import resolve

STANDARD, LIMIT = "assurance-review", "cost"
DATA = Path(__file__).parent / "thresholds.yaml"


@dataclass(frozen=True, slots=True)
class Rule:
    """From this whole-life cost on, in pounds, a review is a must."""

    key: str
    title: str
    cost: Decimal
    source: str = ""


@cache
def shipped() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(DATA.read_text(encoding="utf-8"))["rules"]
    return found


def rule_of(on: date) -> Rule | None:
    """The shipped rule that holds on a day."""
    for one in shipped():
        if one["from"] <= on and (one.get("until") is None or on <= one["until"]):
            return Rule(one["key"], one["title"], Decimal(one["cost"]), one["source"])
    return None


def rule_for(place: Any, on: date) -> Rule | None:
    """The rule for an initiative: what its offices and programmes have set, else the shipped one."""
    own = resolve(place, StandardKind.THRESHOLD, STANDARD, on)
    if isinstance(own, dict) and LIMIT in own:
        return Rule("own", "Own threshold", Decimal(str(own[LIMIT])), "Standard of the office")
    return rule_of(on)
