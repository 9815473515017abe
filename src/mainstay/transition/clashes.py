"""Transitions that get in one another's way, or fall on a day on which nothing is to change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _

from mainstay.initiatives.models import Initiative
from mainstay.initiatives.standard.model import StandardKind
from mainstay.initiatives.standards import resolve
from mainstay.initiatives.working_days import closed_days
from mainstay.register import words
from mainstay.transition.dates import dip

FREEZE = "change-freeze"
"""The standard of kind calendar whose closed days are those on which no cut-over may begin."""
ENDED = ("closed", "cancelled", "stable")


@dataclass(frozen=True, slots=True)
class Clash:
    """One sentence about one plan or two."""

    text: str
    plans: tuple[int, ...]


def clashes(place: Initiative, plans: Sequence[Any]) -> list[Clash]:
    """Among the plans that still lie ahead, the earliest first."""
    ahead = [plan for plan in plans if plan.cut_over_on and plan.state not in ENDED]
    return [*on_closed_days(place, ahead), *between(ahead)]


def on_closed_days(place: Initiative, plans: Sequence[Any]) -> Iterator[Clash]:
    holidays = closed_days(place, {plan.cut_over_on.year for plan in plans})
    frozen = {date.fromisoformat(day) for day in (resolve(place, StandardKind.CALENDAR, FREEZE) or {}).get("closed", [])}
    for plan in plans:
        told = {"plan": plan, "day": words.day(plan.cut_over_on)}
        if plan.cut_over_on in frozen:
            yield Clash(_("%(plan)s cuts over on %(day)s, within a freeze of changes.") % told, (plan.pk,))
        elif plan.cut_over_on in holidays:
            yield Clash(_("%(plan)s cuts over on %(day)s, a bank holiday.") % told, (plan.pk,))


def between(plans: Sequence[Any]) -> Iterator[Clash]:
    for one, other in combinations(plans, 2):
        told, pair = {"one": one, "other": other, "area": one.business_area}, (one.pk, other.pk)
        if same_area(one, other) and overlap((one.opens_on, one.closes_on), (other.opens_on, other.closes_on)):
            yield Clash(_("%(area)s changes twice at once: the windows of %(one)s and %(other)s overlap.") % told, pair)
        first, second = dip(one), dip(other)
        if first and second and (days := overlap(first, second)):
            span = {"from": words.day(days[0]), "to": words.day(days[1])}
            yield Clash(_("Service dips in both %(one)s and %(other)s from %(from)s to %(to)s.") % (told | span), pair)


def same_area(one: Any, other: Any) -> bool:
    return bool(one.business_area.strip().casefold() == other.business_area.strip().casefold())


def overlap(one: tuple[date, date], other: tuple[date, date]) -> tuple[date, date] | None:
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) if first <= last else None
