"""What a cycle costs those who fill it: minutes that forms have timed, and money where an hour has a price."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mainstay.initiatives.models import Initiative
from mainstay.initiatives.standards import resolve
from mainstay.reporting.burden.timeliness import Record

STANDARD, RATE = "reporting", "pounds_per_hour"
"""The threshold that tells what an hour of those who report costs: {"pounds_per_hour": 38}."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of a number of returns: those that were timed, and all of them as if the others took as long on the average."""

    minutes: int
    timed: int
    hours: float
    returns: int
    pounds: Decimal | None
    """None where no price of an hour is set."""


def rate_for(place: Initiative) -> Decimal | None:
    """Pounds an hour, as the standard that reaches `place` says."""
    value: Any = resolve(place, "threshold", STANDARD)
    found = value.get(RATE) if isinstance(value, dict) else None
    return Decimal(str(found)) if isinstance(found, int | float) and found > 0 else None


def cost(told: Record, rate: Decimal | None) -> Cost | None:
    """None where no form has been timed: workbooks and returns on paper tell nothing of their time."""
    if not told.timed:
        return None
    returns = told.in_time + told.late
    hours = told.minutes / told.timed * returns / 60
    return Cost(told.minutes, told.timed, hours, returns, None if rate is None else (Decimal(hours) * rate).quantize(Decimal(1)))
