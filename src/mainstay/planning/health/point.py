"""One point of the assessment: what was counted, of what, against which limit, and whether it holds."""

from dataclasses import dataclass, fields
from typing import Any

STANDARD = "schedule-health"
"""The threshold standard that replaces limits below by their names."""
NAMED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Shares in per cent, days in working days of the plan, indices as they are. The published ones unless a standard says otherwise."""

    missing_logic: float = 5
    leads: float = 0
    lags: float = 5
    finish_to_start: float = 90
    hard_constraints: float = 5
    high_float: float = 5
    float_days: float = 44
    negative_float: float = 0
    long_duration: float = 5
    duration_days: float = 44
    invalid_dates: float = 0
    missed: float = 5
    path_days: float = 600
    cpli: float = 0.95
    bei: float = 0.95


def limits(told: Any) -> Limits:
    """The limits with those replaced that a standard's content names; a name that means nothing here is left alone."""
    known = {field.name for field in fields(Limits)}
    values = told.items() if isinstance(told, dict) else ()
    return Limits(**{name: float(value) for name, value in values if name in known and isinstance(value, int | float) and value >= 0})


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One of the fourteen. What cannot be judged has no verdict, and `note` says why."""

    number: int
    code: str
    title: str
    counted: str
    """What `of` counts."""
    count: int | None = None
    of: int | None = None
    value: float | None = None
    """Per cent, or the index itself."""
    limit: float | None = None
    is_least: bool = False
    """The limit is the least that is good, not the most."""
    holds: bool | None = None
    activities: tuple[str, ...] = ()
    """The first hundred found, by code."""
    note: str = ""

    @property
    def is_index(self) -> bool:
        return self.code in ("cpli", "bei")


def share(number: int, code: str, title: str, counted: str, count: int, of: int, limit: float | None, **told: Any) -> Point:
    """A point that is a share: compared before rounding; of nothing at all it says nothing."""
    value = 100 * count / of if of else None
    least = told.get("is_least", False)
    holds = None if value is None or limit is None else value >= limit if least else value <= limit
    return Point(number=number, code=code, title=title, counted=counted, count=count, of=of, value=value, limit=limit, holds=holds, **told)
