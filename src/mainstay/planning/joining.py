"""All live plans below an initiative, and the agreements between them, as one plan of the engine."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max

from mainstay import __version__
from mainstay.engine.plan import Link, PlanData
from mainstay.formats.schedule import Schedule
from mainstay.initiatives.models import Initiative
from mainstay.planning import lookup
from mainstay.planning.conversion import activity_key, plan_of_files
from mainstay.planning.conversion.network import FilePlan
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.models import Activity, Dependency, Plan
from mainstay.planning.receiving import schedule_of
from mainstay.register import asat
from mainstay.register.access import below
from mainstay.register.asat import Moment

FORMAT = 6
"""Counts the forms of what is calculated; a new one makes all results out of date."""
MINUTES_A_DAY = 480
ACTIVE = ("agreed", "delivered")
"""States of a dependency in which it holds back the getter's plan."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A dependency record whose two activities stand in the plans; keys as the engine has them."""

    pk: int
    giver: str
    getter: str
    lag_minutes: int


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an integrated plan is calculated from; ``digest`` is the same for the same facts."""

    initiative: Initiative
    plans: tuple[Plan, ...]
    agreements: tuple[Agreement, ...]
    unresolved: tuple[str, ...] = ()
    """One sentence for each active agreement that names no activity, or one that is not there."""
    unresolved_keys: tuple[int, ...] = ()
    """The keys of their records, in the same order: not every reader may see each."""
    digest: str = field(default="")


def inputs(initiative: Initiative, moment: Moment | None = None) -> Inputs:
    """What the plan of `initiative` rests on, now or at a moment of the past. Four queries at most."""
    plans = plans_of(initiative, moment.at if moment else None)
    agreements, unresolved = agreements_between(plans, moment)
    sentences = tuple(f"{row.ref} {row.title}" for row in unresolved)
    facts = {
        "format": FORMAT,
        "engine": __version__,
        "plans": [(plan.initiative.code, plan.file_name, plan.document_digest) for plan in plans],
        "agreements": sorted((row.pk, row.giver, row.getter, row.lag_minutes) for row in agreements),
    }
    digest = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
    return Inputs(initiative, tuple(plans), tuple(agreements), sentences, tuple(row.pk for row in unresolved), digest)


def plans_of(initiative: Initiative, at: datetime | None = None) -> list[Plan]:
    """The live plans of `initiative` and all below it, by code; of a moment of the past, those that were live then."""
    rows = Plan.objects.filter(below("initiative__path", [initiative.path]), is_withdrawn=False, initiative__is_withdrawn=False)
    rows = rows.select_related("initiative").order_by("initiative__code")
    if at is None:
        return list(rows.filter(is_live=True))
    latest = rows.filter(created_at__lte=at).order_by().values("initiative").annotate(last=Max("number")).values_list("initiative", "last")
    wanted = dict(latest)
    return [plan for plan in rows.filter(initiative__in=wanted) if plan.number == wanted[plan.initiative_id]]


def agreements_between(plans: Sequence[Plan], moment: Moment | None) -> tuple[list[Agreement], list[Dependency]]:
    """The active dependencies between these plans, and those that could not be taken in."""
    initiatives = {plan.initiative_id: plan.initiative for plan in plans}
    rows = list(
        Dependency.objects.filter(initiative__in=initiatives, giver__in=initiatives).select_related("initiative", "giver").order_by("pk")
    )
    if moment is not None and rows:
        rows = asat.roll_back(DependencyRegister, rows, asat.past_values(DependencyRegister, moment.sequence, [row.pk for row in rows]))
    rows = [row for row in rows if row.state in ACTIVE and not row.is_withdrawn]
    names = {name.strip() for row in rows for name in (row.give_activity, row.get_activity) if name.strip()}
    candidates = activities_named(names, plans)
    found, unresolved = [], []
    for row in rows:
        ends = [one_end(name, initiatives[place], candidates) for name, place in ends_of(row)]
        if all(ends):
            found.append(Agreement(row.pk, ends[0], ends[1], round(float(row.lag_days) * MINUTES_A_DAY)))
        else:
            unresolved.append(row)
    return found, unresolved


def ends_of(row: Dependency) -> list[tuple[str, int]]:
    return [(row.give_activity, row.giver_id), (row.get_activity, row.initiative_id)]


def activities_named(names: set[str], plans: Sequence[Plan]) -> list[Activity]:
    if not names:
        return []
    bare = sorted({name.rpartition(":")[2].strip() for name in names} | names)
    return list(Activity.objects.filter(plan__in=plans).filter(lookup.named(bare)).select_related("plan__initiative"))


def one_end(name: str, place: Initiative, candidates: Sequence[Activity]) -> str:
    """The engine's key of the activity that `name` means in the plans of `place`, or ""."""
    if not name.strip():
        return ""
    rows = [row for row in candidates if row.plan.initiative.path.startswith(place.path)]
    activity = lookup.one(name.strip(), rows, place).activity
    return activity_key(activity.plan.initiative.code, int(activity.uid)) if activity is not None else ""


@dataclass(frozen=True, slots=True)
class Joined:
    """The engine's plan of a programme and the files that it was made from, by project code."""

    plan: PlanData
    schedules: dict[str, Schedule] = field(repr=False)


def joined(given: Inputs) -> Joined:
    """Read the plans from the store and join them.

    Raises
    ------
    mainstay.engine.errors.EngineError
        With one sentence, when the plans do not make a network.
    """
    schedules = {plan.initiative.code: schedule_of(plan) for plan in given.plans}
    return Joined(join(given, schedules), schedules)


def join(given: Inputs, schedules: dict[str, Schedule]) -> PlanData:
    return plan_of_files(file_plans(given, schedules), links_of(given))


def file_plans(given: Inputs, schedules: Mapping[str, Schedule]) -> list[FilePlan]:
    return [FilePlan(plan.initiative.code, plan.file_name, schedules[plan.initiative.code]) for plan in given.plans]


def links_of(given: Inputs) -> list[Link]:
    """The agreements as links, those made last at the end."""
    return [Link(row.giver, row.getter, lag=row.lag_minutes) for row in given.agreements]
