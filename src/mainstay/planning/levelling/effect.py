"""What levelling does, as plain dataclasses that are kept and shown. Amounts are full-time units: 1 is one person."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PlanUsed:
    """A plan that went in: code of its project, version, digest of its content."""

    code: str
    version: int
    digest: str


@dataclass(frozen=True, slots=True)
class ProjectEffect:
    code: str
    title: str
    before: datetime
    after: datetime
    priority: int = 0
    """How many times a day of its finish counted; 0 where only the last finish of all did."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An activity that starts at another time, or a milestone that falls on another."""

    project: str
    uid: int
    code: str
    name: str
    is_milestone: bool
    start_before: datetime
    start_after: datetime
    finish_before: datetime
    finish_after: datetime

    @property
    def days(self) -> int:
        """Days of the calendar from the old to the new finish."""
        return (self.finish_after.date() - self.finish_before.date()).days


@dataclass(frozen=True, slots=True)
class LoadPoint:
    """The most that is used at once in the weeks (or months) from a day on, and the most that is there."""

    day: date
    before: float
    after: float
    offered: float


@dataclass(frozen=True, slots=True)
class Load:
    resource: str
    points: tuple[LoadPoint, ...]

    @property
    def worst(self) -> float:
        """By how much it is overbooked at the worst before."""
        return max((point.before - point.offered for point in self.points), default=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The whole proposal. ``bound``: no levelling finishes what may move before then."""

    projects: tuple[ProjectEffect, ...]
    moved: tuple[Moved, ...]
    loads: tuple[Load, ...]
    before: datetime
    after: datetime
    bound: datetime
    gap: float
    movable: int
    schedules: int
    seconds: float
    stopped: bool
    engine_version: str
    plans: tuple[PlanUsed, ...] = ()
    within_float: bool = False
    """Nothing was moved beyond its float."""
    overbooked: tuple[str, ...] = ()
    """What is still asked for too much then, one sentence each."""
