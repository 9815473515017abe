"""The load of each resource before and after levelling: the most that is used at once, by week or month."""

from datetime import date, timedelta
from itertools import pairwise

from mainstay.engine.critical_path import ScheduleResult
from mainstay.engine.levelling.plan_checking import worked
from mainstay.engine.levelling.plan_levelling import Levelled
from mainstay.engine.levelling.pool import WHOLE, Pool, Resource
from mainstay.engine.levelling.slots import amount_at
from mainstay.engine.worktime import datetime_of, minute_of
from mainstay.planning.levelling.effect import Load, LoadPoint

MOST_WEEKS = 60
MOST_RESOURCES = 12


def loads(made: Levelled, pool: Pool) -> tuple[Load, ...]:
    """The resources that were most overbooked first; the others are left out beyond a dozen."""
    found = [load(made, pool, resource) for resource in pool.resources]
    return tuple(sorted(found, key=lambda one: (-one.worst, one.resource))[:MOST_RESOURCES])


def load(made: Levelled, pool: Pool, resource: Resource) -> Load:
    before, after = (used(result, pool, resource) for result in (made.before, made.after))
    marks = [*before, *after]
    if not marks:
        return Load(resource.name, ())
    edges = periods(datetime_of(min(marks)).date(), datetime_of(max(marks)).date())
    points = []
    for first, last in pairwise(edges):
        begin, end = (minute_of(datetime_of(0).replace(year=day.year, month=day.month, day=day.day)) for day in (first, last))
        offered = max(amount_at(resource, mark) for mark in (begin, *inside(resource, begin, end)))
        points.append(LoadPoint(first, peak(before, begin, end) / WHOLE, peak(after, begin, end) / WHOLE, offered / WHOLE))
    return Load(resource.name, tuple(points))


def inside(resource: Resource, begin: int, end: int) -> list[int]:
    return [offer.start for offer in resource.offers if offer.start is not None and begin < offer.start < end]


def periods(first: date, last: date) -> list[date]:
    """Mondays, or firsts of months where weeks would be too many, from the first day to beyond the last."""
    weekly = (last - first).days // 7 < MOST_WEEKS
    day = first - timedelta(days=first.weekday()) if weekly else first.replace(day=1)
    found = [day]
    while day <= last:
        day = day + timedelta(days=7) if weekly else (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        found.append(day)
    return found


def used(result: ScheduleResult, pool: Pool, resource: Resource) -> dict[int, int]:
    """The amount in use from each moment at which it changes."""
    changes: dict[int, int] = {}
    for use in pool.uses:
        if use.resource == resource.id:
            for start, finish in worked(result, use.activity):
                changes[start] = changes.get(start, 0) + use.amount
                changes[finish] = changes.get(finish, 0) - use.amount
    total, found = 0, {}
    for mark in sorted(changes):
        total += changes[mark]
        found[mark] = total
    return found


def peak(amounts: dict[int, int], begin: int, end: int) -> int:
    """The most in use between two moments."""
    most, current = 0, 0
    for mark, amount in amounts.items():
        if mark >= end:
            break
        if mark <= begin:
            current = amount
        else:
            most = max(most, amount)
    return max(most, current)
