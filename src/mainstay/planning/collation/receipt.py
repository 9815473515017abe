"""What is odd about a plan that arrives: a reason to stop, which a person must set aside, or something to know."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.engine.errors import EngineError
from mainstay.formats.schedule import Schedule
from mainstay.initiatives.models import Initiative
from mainstay.initiatives.standards import resolve
from mainstay.planning import receiving
from mainstay.planning.comparison import schedule_file
from mainstay.planning.health import keeping
from mainstay.planning.health.assessment import assess
from mainstay.planning.models import Activity, Plan
from mainstay.planning.plan.register import PlanRegister
from mainstay.register.access import visible_to
from mainstay.register.words import day

STANDARD = "plan-receipt"
LEAST_SCORE, MOST_AGE = "least_health", "most_days_old"
"""Threshold standard and its names: the schedule health below which a plan is stopped (per cent), and how old its status date may be."""
TOMORROW = timedelta(days=1)
MOST_SAMPLED = 400
"""Activities by which a plan is recognised."""
CLEARLY = 2
"""A plan is taken for another project's when it shares so many times more activities with that one's."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that is odd; `stops` where nobody may take the plan in without looking."""

    code: str
    text: str
    stops: bool = False


def doubts(schedule: Schedule, place: Initiative | None, account: Account | None = None) -> list[Doubt]:
    """All that is odd about `schedule` as the next version of the plan of `place`; the reasons to stop first.

    Another project is named only to an `account` that may see it.
    """
    live = Plan.objects.filter(initiative=place, is_live=True).first() if place is not None else None
    found = [*of_itself(schedule), *(of_project(schedule, place, live, account) if place is not None else ())]
    return sorted(found, key=lambda doubt: not doubt.stops)


def of_itself(schedule: Schedule) -> Iterator[Doubt]:
    status = schedule.status_date
    if status is None:
        yield Doubt("no_status_date", _("The plan has no status date, so nobody can tell how far it has been brought up to date."))
    elif status > timezone.localtime().replace(tzinfo=None) + TOMORROW:
        yield Doubt("from_the_future", _("Its status date, %(day)s, is still to come.") % {"day": day(status.date())}, stops=True)
    try:
        schedule_file(schedule)
    except EngineError as fault:
        yield Doubt("unschedulable", str(fault), stops=True)


def of_project(schedule: Schedule, place: Initiative, live: Plan | None, account: Account | None) -> Iterator[Doubt]:
    yield from of_standards(schedule, place)
    other = taken_for(schedule, place)
    if other is not None:
        is_known = visible_to(account, PlanRegister).filter(pk=other.pk).exists()
        text = _("It looks like the plan of %(other)s: most of its activities are that project's.")
        yield Doubt("wrong_project", text % {"other": other.initiative if is_known else _("another project")}, stops=True)
    if live is None:
        return
    if live.status_date and schedule.status_date and schedule.status_date.date() < timezone.localdate(live.status_date):
        words = {"day": day(schedule.status_date.date()), "live": day(timezone.localdate(live.status_date))}
        yield Doubt("older", _("Its status date, %(day)s, is before that of the live version, %(live)s.") % words, stops=True)
    if live.project_name and schedule.name and alike(live.project_name) != alike(schedule.name):
        names = {"now": schedule.name, "then": live.project_name}
        yield Doubt("renamed", _("The file calls the project %(now)s; the live version called it %(then)s.") % names)
    count = sum(map(receiving.is_row, schedule.activities))
    if count * 2 < live.activity_count:
        numbers = {"now": count, "then": live.activity_count}
        yield Doubt("half_gone", _("It has %(now)d activities; the live version has %(then)d.") % numbers, stops=True)


def of_standards(schedule: Schedule, place: Initiative) -> Iterator[Doubt]:
    """What the office asks of every plan that it takes; nothing where no standard says so."""
    told = resolve(place, "threshold", STANDARD)
    if not isinstance(told, dict):
        return
    least, most = told.get(LEAST_SCORE), told.get(MOST_AGE)
    if isinstance(least, int | float):
        score = assess(schedule, keeping.limits_for(place)).score
        if score is not None and score < least:
            numbers = {"score": score, "least": f"{least:g}"}
            yield Doubt("unhealthy", _("Its schedule health is %(score)d %%; at least %(least)s %% is asked for.") % numbers, stops=True)
    if isinstance(most, int | float) and schedule.status_date is not None:
        age = (timezone.localdate() - schedule.status_date.date()).days
        if age > most:
            numbers = {"age": age, "most": f"{most:g}"}
            yield Doubt("stale", _("Its status date is %(age)d days old; at most %(most)s days are allowed.") % numbers, stops=True)


def taken_for(schedule: Schedule, place: Initiative) -> Plan | None:
    """The live plan of another initiative that shares clearly more activities, by code and name, than this one's own does."""
    rows = [row for row in schedule.activities if receiving.is_row(row) and not row.summary and row.name.strip()]
    step = max(len(rows) // MOST_SAMPLED, 1)
    sample = {(receiving.code_of(row), receiving.clean(row.name, 250)) for row in rows[::step][:MOST_SAMPLED]}
    if not sample:
        return None
    held = Activity.objects.filter(plan__is_live=True, plan__is_withdrawn=False, code__in={code for code, _name in sample})
    shared: dict[int, int] = {}
    for plan, code, name in held.values_list("plan", "code", "name").iterator():
        if (code, name) in sample:
            shared[plan] = shared.get(plan, 0) + 1
    own = Plan.objects.filter(initiative=place, is_live=True).values_list("pk", flat=True).first()
    best = max((pk for pk in shared if pk != own), key=lambda pk: shared[pk], default=None)
    if best is None or shared[best] * 2 < len(sample) or shared[best] < CLEARLY * shared.get(own or 0, 0):
        return None
    return Plan.objects.select_related("initiative").get(pk=best)


def alike(text: str) -> str:
    """Names are the same whatever their capitals, spaces and signs."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))
