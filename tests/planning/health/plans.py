"""Plans built by hand for the assessment: a five-day week of eight hours, work and links as a case needs them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from mainstay.formats.schedule import Activity, Assignment, Baseline, Calendar, Link, Schedule, Shift

DAY = 480
MONDAY = datetime(2026, 1, 5, 8)  # noqa: DTZ001  # a plan's clock has no zone
WEEK = ((Shift(480, 720), Shift(780, 1020)),) * 5 + ((), ())


def work(uid: int, days: float = 5, **told: Any) -> Activity:
    return Activity(uid=uid, activity_id=f"A{uid}", name=f"Step {uid}", duration_minutes=days * DAY, milestone=days == 0, **told)


def done(row: Activity, finish: datetime) -> Activity:
    return replace(row, percent_complete=100, actual_start=finish - timedelta(hours=9), actual_finish=finish)


def due(row: Activity, finish: datetime) -> Activity:
    return replace(row, baselines=(Baseline(number=0, start=finish - timedelta(hours=9), finish=finish),))


def chain(uids: Sequence[int]) -> tuple[Link, ...]:
    return tuple(Link(before, after) for before, after in pairwise(uids))


def plan(rows: Iterable[Activity], links: Iterable[Link] = (), **told: Any) -> Schedule:
    calendar = Calendar(1, "Office", WEEK)
    rest = {"name": "Wall", "start": MONDAY, "calendars": (calendar,), "default_calendar_uid": 1, "minutes_per_day": DAY}
    return Schedule(activities=tuple(rows), links=tuple(links), **{**rest, **told})


def assigned(rows: Iterable[Activity]) -> tuple[Assignment, ...]:
    return tuple(Assignment(uid=row.uid, activity_uid=row.uid, resource_uid=1) for row in rows)
