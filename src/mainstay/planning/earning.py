"""What one plan has earned: each activity's share of its baseline, weighed by cost, else by work, else by duration. No database.

An index that the file cannot give has its reason instead. Time is counted in working minutes of the project's calendar.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import numpy as np

from mainstay.engine.calendar_table import Ints
from mainstay.engine.earned_value import Curve, Performance, curve_of_work, performance
from mainstay.engine.plan import ActivityKind
from mainstay.engine.worktime import WorkingTime, minute_of
from mainstay.formats.schedule import Activity, Baseline, Schedule
from mainstay.planning.checking import code_of
from mainstay.planning.conversion.activities import engine_kind
from mainstay.planning.conversion.calendars import engine_calendars, project_calendar

LEAST_BASELINED = 0.5
"""Of the activities with a duration, the share that must have a baseline before anything is said of the whole."""
INDICES = ("cpi", "spi", "spi_t")


class Weight(StrEnum):
    """By which of the baseline's figures activities count."""

    COST = "cost"
    WORK = "work"
    DURATION = "duration"


class Unsaid(StrEnum):
    """Why an index cannot be said."""

    NO_BASELINE = "no_baseline"
    LITTLE_BASELINE = "little_baseline"
    NO_BUDGET = "no_budget"
    NO_STATUS_DATE = "no_status_date"
    NOT_BEGUN = "not_begun"
    NO_ACTUAL = "no_actual"
    NO_FINISH = "no_finish"


@dataclass(frozen=True, slots=True)
class Piece:
    """One activity with its baseline; budget, planned and earned in the unit of the weight."""

    uid: int
    code: str
    name: str
    start: datetime
    finish: datetime
    budget: float
    percent: float
    planned: float = 0.0

    @property
    def earned(self) -> float:
        return self.budget * self.percent / 100

    @property
    def behind(self) -> float:
        """What it should have earned by now and has not."""
        return self.planned - self.earned

    @property
    def earns_nothing(self) -> bool:
        return self.planned > 0 and self.percent == 0


@dataclass(frozen=True, slots=True)
class Earning:
    """The performance of one plan, as far as its file tells it, with the activities it comes from."""

    counted: int
    """Activities with a duration."""
    baselined: int
    weight: Weight | None = None
    performance: Performance | None = None
    pieces: tuple[Piece, ...] = ()
    unsaid: Mapping[str, Unsaid] = field(default_factory=dict)

    def index(self, name: str) -> float | None:
        return getattr(self.performance, name) if self.performance is not None and name not in self.unsaid else None

    @property
    def idle(self) -> list[Piece]:
        """Those that should have earned something and have earned nothing, the most expected first."""
        return sorted((piece for piece in self.pieces if piece.earns_nothing), key=lambda piece: (-piece.planned, piece.code))


def earning(schedule: Schedule) -> Earning:
    """What the plan has earned by its status date."""
    rows = list(work_of(schedule))
    baselines = {row.uid: found for row in rows if (found := baseline_of(row)) is not None}
    held = [row for row in rows if row.uid in baselines]
    if not held or len(held) < LEAST_BASELINED * len(rows):
        reason = Unsaid.LITTLE_BASELINE if held else Unsaid.NO_BASELINE
        return Earning(len(rows), len(held), unsaid=dict.fromkeys(INDICES, reason))
    clock = WorkingTime(project_calendar(schedule, engine_calendars(schedule)))
    weight, budgets = weighed([baselines[row.uid] for row in held], clock)
    if weight is None:
        return Earning(len(rows), len(held), unsaid=dict.fromkeys(INDICES, Unsaid.NO_BUDGET))
    pieces = [piece(row, baselines[row.uid], budget) for row, budget in zip(held, budgets, strict=True)]
    curve = curve_of_work(worked(clock, [one.start for one in pieces]), worked(clock, [one.finish for one in pieces]), budgets)
    return judged(schedule, rows, pieces, curve, weight, clock)


def judged(
    schedule: Schedule, rows: Sequence[Activity], pieces: Sequence[Piece], curve: Curve, weight: Weight, clock: WorkingTime
) -> Earning:
    earned = sum(piece.earned for piece in pieces)
    actual = ACTUAL[weight](rows)
    unsaid = {} if actual else {"cpi": Unsaid.NO_ACTUAL}
    status = schedule.status_date
    if status is None:
        told = Performance(curve.budget, 0.0, earned, actual)
        return Earning(len(rows), len(pieces), weight, told, tuple(pieces), unsaid | dict.fromkeys(("spi", "spi_t"), Unsaid.NO_STATUS_DATE))
    now = clock.work_before(minute_of(status))
    pieces = [planned_by(one, clock, now) for one in pieces]
    end = finished_at(schedule, pieces)
    at = min(now, clock.work_before(minute_of(end))) if end is not None else now
    told = performance(curve, earned, at, actual)
    if now <= curve.start:
        unsaid |= dict.fromkeys(("spi", "spi_t"), Unsaid.NOT_BEGUN)
    elif earned >= curve.budget and end is None:
        unsaid |= {"spi_t": Unsaid.NO_FINISH}
    elif told.spi is None or told.spi_t is None:
        unsaid |= dict.fromkeys(("spi", "spi_t"), Unsaid.NOT_BEGUN)
    return Earning(len(rows), len(pieces), weight, told, tuple(pieces), unsaid)


def work_of(schedule: Schedule) -> Iterator[Activity]:
    """What can earn: the activities at the lowest level that last some time or cost something."""
    parents = {row.parent_uid for row in schedule.activities if row.active and not row.external}
    for row in schedule.activities:
        is_real = row.active and not row.external and not row.project_summary and not row.recurring
        if is_real and engine_kind(row, row.uid in parents) != ActivityKind.SUMMARY and (row.duration_minutes or costs(row)):
            yield row


def costs(row: Activity) -> bool:
    return any(baseline.number == 0 and baseline.cost for baseline in row.baselines)


def baseline_of(row: Activity) -> Baseline | None:
    """The baseline in force, where it has both dates."""
    found = next((one for one in row.baselines if one.number == 0), None)
    return found if found is not None and found.start is not None and found.finish is not None else None


def weighed(baselines: Sequence[Baseline], clock: WorkingTime) -> tuple[Weight | None, list[float]]:
    """By the first of cost, work and duration of which there is any."""
    lasting = worked(clock, [one.finish for one in baselines if one.finish]) - worked(clock, [one.start for one in baselines if one.start])
    choices = {
        Weight.COST: [float(one.cost or 0) for one in baselines],
        Weight.WORK: [one.work_minutes or 0.0 for one in baselines],
        Weight.DURATION: [
            one.duration_minutes or float(length) for one, length in zip(baselines, np.maximum(lasting, 0).tolist(), strict=True)
        ],
    }
    for weight, budgets in choices.items():
        if sum(max(budget, 0.0) for budget in budgets) > 0:
            return weight, [max(budget, 0.0) for budget in budgets]
    return None, []


def piece(row: Activity, baseline: Baseline, budget: float) -> Piece:
    start, finish = baseline.start, baseline.finish
    assert start is not None and finish is not None  # noqa: S101 (baseline_of gives only such)
    return Piece(row.uid, code_of(row), row.name, start, max(start, finish), budget, percent_of(row))


def percent_of(row: Activity) -> float:
    """How much is done, by that percentage by which the planner reports."""
    chosen = {"physical": row.physical_percent_complete, "units": row.percent_work_complete}.get(row.percent_complete_kind)
    return 100.0 if row.actual_finish else min(max((chosen if chosen is not None else row.percent_complete) or 0.0, 0.0), 100.0)


def worked(clock: WorkingTime, moments: Sequence[datetime]) -> Ints:
    return clock.work_before_each(np.array([minute_of(moment) for moment in moments], np.int64))


def planned_by(one: Piece, clock: WorkingTime, now: int) -> Piece:
    """With what the baseline wanted of it by now."""
    start, finish = clock.work_before(minute_of(one.start)), clock.work_before(minute_of(one.finish))
    share = min(max((now - start) / (finish - start), 0.0), 1.0) if finish > start else float(now >= start)
    return Piece(one.uid, one.code, one.name, one.start, one.finish, one.budget, one.percent, one.budget * share)


def finished_at(schedule: Schedule, pieces: Sequence[Piece]) -> datetime | None:
    """When the last of what has a budget was finished; None while any of it is open, or where the file does not say."""
    held = {one.uid for one in pieces if one.budget > 0}
    ends = [row.actual_finish for row in schedule.activities if row.uid in held]
    return max((end for end in ends if end is not None), default=None) if ends and None not in ends else None


def spent(rows: Sequence[Activity]) -> float | None:
    return float(sum(row.actual_cost or 0 for row in rows)) or None


def worked_on(rows: Sequence[Activity]) -> float | None:
    return sum(row.actual_work_minutes or 0.0 for row in rows) or None


ACTUAL: Mapping[Weight, Callable[[Sequence[Activity]], float | None]] = {
    Weight.COST: spent,
    Weight.WORK: worked_on,
    Weight.DURATION: lambda _rows: None,
}
"""What was spent, in the unit of the weight: of durations nobody records it."""
