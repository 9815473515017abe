"""Seeded resources and assignments for a plan: amounts and prices that change, a calendar of one's own, work done and left."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from mainstay.formats.schedule import (
    Activity,
    Assignment,
    Availability,
    Calendar,
    CalendarException,
    Rate,
    Resource,
    Schedule,
    Shift,
)
from mainstay.formats.terms import ActivityKind, ResourceKind

TURN = datetime(2026, 3, 2, 0)  # noqa: DTZ001 - a plan's clock has no zone
OWN = 3
"""The calendar of the first resource."""


def staffed(schedule: Schedule, seed: int, primavera: bool) -> Schedule:
    rnd = random.Random(1000 + seed)
    own = Calendar(
        OWN, "Ana Example", (None,) * 4 + ((Shift(480, 720),), None, None), parent_uid=1,
        exceptions=(CalendarException(TURN.date(), (TURN + timedelta(days=4)).date(), ()),),
    )  # fmt: skip
    resources = tuple(random_resource(rnd, uid, primavera) for uid in range(1, 5))
    work = [row for row in schedule.activities if row.duration_minutes and row.kind == ActivityKind.TASK]
    pairs = {(activity.uid, rnd.randint(1, 4)) for activity in work for _ in range(rnd.randint(0, 2))}
    by_uid = {row.uid: row for row in work}
    made = tuple(random_assignment(rnd, number, by_uid[uid], who) for number, (uid, who) in enumerate(sorted(pairs), 1))
    return replace(schedule, calendars=(*schedule.calendars, own), resources=resources, assignments=made)


def random_resource(rnd: random.Random, uid: int, primavera: bool) -> Resource:
    kinds = [ResourceKind.WORK, ResourceKind.EQUIPMENT] if primavera else [ResourceKind.WORK]
    first, then = (Decimal(rnd.randint(20, 90)) for _ in range(2))
    changes = uid == 2
    return Resource(
        uid=uid, id=uid, name=f"Crew & <{uid}>", code=f"CR{uid}", kind=rnd.choice(kinds), email=f"crew{uid}@example.org",
        calendar_uid=OWN if uid == 1 else 1, max_units=200.0 if changes else 100.0 * rnd.randint(1, 4), active=uid != 4,
        availability=(Availability(200.0, None, TURN - timedelta(minutes=1)), Availability(350.0, TURN, None)) if changes else (),
        rates=(Rate(first, finish=TURN - timedelta(minutes=1)), Rate(then, start=TURN)) if changes else (Rate(first),),
    )  # fmt: skip


def random_assignment(rnd: random.Random, number: int, activity: Activity, who: int) -> Assignment:
    units = 25.0 * rnd.randint(1, 6)
    work = (activity.duration_minutes or 0) * units / 100
    done = work if activity.actual_finish else 0
    return Assignment(
        uid=number, activity_uid=activity.uid, resource_uid=who, units=units, start=activity.start, finish=activity.finish,
        actual_start=activity.actual_start, actual_finish=activity.actual_finish,
        work_minutes=work, actual_work_minutes=done, remaining_work_minutes=work - done,
    )  # fmt: skip
