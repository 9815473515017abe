"""What a plan on a page says: rows with their bars on one axis of dates, the day it is of, its marking and where it comes from."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Kind = Literal["project", "summary", "activity", "milestone"]


@dataclass(frozen=True, slots=True)
class Bar:
    """One row. ``done`` is the share that is done, 0 to 1."""

    name: str
    kind: Kind
    start: date
    finish: date
    baseline_start: date | None = None
    baseline_finish: date | None = None
    done: float = 0.0
    is_critical: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """The words of the key and of the foot, in the reader's language."""

    done: str = "Done"
    activity: str = "Activity"
    critical: str = "Critical"
    baseline: str = "Baseline"
    milestone: str = "Milestone"
    as_at: str = "As at"
    run: str = "Run"
    page: str = "Page"


@dataclass(frozen=True, slots=True)
class PlanPage:
    title: str
    marking: str
    bars: tuple[Bar, ...]
    as_at: date
    made_at: datetime
    run: str
    """The calculation that it was drawn from."""
    digest: str
    told: str
    """The same in a sentence, for whoever cannot see it."""
    left_out: str = ""
    """What did not fit, in a sentence."""
    language: str = "en-GB"
    key: Key = field(default_factory=Key)
