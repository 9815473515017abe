"""The run sheet of a cut-over: when each step was planned, when it is expected now, and what holds it up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mainstay.transition import dates
from mainstay.transition.step.model import CutOverStep, Gate

OVER = ("done", "skipped")


@dataclass(frozen=True, slots=True)
class Line:
    """One step with its times. ``expected`` are the actual times as far as there are any."""

    step: Any
    planned: tuple[datetime, datetime] | None
    expected: tuple[datetime, datetime] | None

    @property
    def late_minutes(self) -> int | None:
        """Minutes that it ends later than planned; negative is earlier."""
        if self.planned is None or self.expected is None:
            return None
        return round((self.expected[1] - self.planned[1]).total_seconds() / 60)


def steps_of(plan: Any) -> list[Any]:
    rows = CutOverStep.objects.filter(plan=plan.pk, is_withdrawn=False)
    return list(rows.select_related("owner", "waits_for", "plan").order_by("place", "pk"))


def lines(plan: Any, steps: Sequence[Any], now: datetime) -> list[Line]:
    """A step starts when it was planned, but neither before the one that it waits for ends nor in the past."""
    begin = dates.begins(plan)
    has_begun = plan.state not in ("draft", "agreed", "ready")
    ends: dict[int, datetime] = {}
    made: dict[int, Line] = {}
    for step in in_order(steps):
        length = timedelta(minutes=step.minutes)
        start = begin + timedelta(minutes=step.starts_minutes) if begin else None
        expected = expected_of(step, start, ends.get(step.waits_for_id), now if has_begun else None, length)
        if expected is not None:
            ends[step.pk] = expected[1]
        made[step.pk] = Line(step, (start, start + length) if start else None, expected)
    return [made[step.pk] for step in steps]


def expected_of(
    step: Any, planned: datetime | None, ready: datetime | None, now: datetime | None, length: timedelta
) -> tuple[datetime, datetime] | None:
    if step.state in ("done", "failed", "skipped"):
        return (step.started_at or step.ended_at, step.ended_at) if step.ended_at else None
    if step.state == "running" and step.started_at:
        return step.started_at, max(step.started_at + length, now or step.started_at)
    start = max((moment for moment in (planned, ready, now) if moment is not None), default=None)
    return (start, start + length) if start and planned else None


def in_order(steps: Iterable[Any]) -> list[Any]:
    """Each step behind the one that it waits for; what waits in a circle or for a step that is gone comes as it stands."""
    waiting, placed, ordered = list(steps), set[int](), list[Any]()
    there = {step.pk for step in waiting}
    while waiting:
        ready = [step for step in waiting if step.waits_for_id is None or step.waits_for_id in placed or step.waits_for_id not in there]
        ordered += ready or waiting
        placed |= {step.pk for step in ready or waiting}
        waiting = [step for step in waiting if step.pk not in placed]
    return ordered


def unfinished(plan: Any) -> list[str]:
    return [str(step) for step in steps_of(plan) if step.state not in OVER]


def no_return(plan: Any) -> str:
    """The step behind which there is no way back, once it is done; else nothing."""
    return next((str(step) for step in steps_of(plan) if step.gate == Gate.NO_RETURN and step.state == "done"), "")
