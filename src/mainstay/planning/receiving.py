"""A plan arrives: the next version for its initiative, whole or not at all; what it feeds is brought up to date in the same transaction."""

import zlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import islice

from django.db import transaction
from django.utils.timezone import make_aware

from mainstay.formats.schedule import Activity as FileActivity
from mainstay.formats.schedule import Schedule
from mainstay.formats.schedule_json import from_json, to_json
from mainstay.initiatives.models import Initiative
from mainstay.planning import feeds, performing
from mainstay.planning.health import keeping
from mainstay.planning.models import Activity, Plan
from mainstay.planning.movement.explaining import Explanation
from mainstay.planning.plan.register import PlanRegister
from mainstay.register import numbering, store
from mainstay.register.access import paths_for
from mainstay.register.derived import derive, introduce
from mainstay.register.errors import NotFound, Refused
from mainstay.register.history import Actor
from mainstay.register.record import Source


def may_receive(initiative: Initiative, actor: Actor) -> bool:
    return any(initiative.path.startswith(path) for path in paths_for(actor.account, PlanRegister, "import"))


@transaction.atomic
def receive(
    initiative: Initiative, schedule: Schedule, file_name: str, content: bytes, actor: Actor, *, warnings: Sequence[str] = ()
) -> Plan:
    """Keep `schedule` as the live version of the initiative's plan. The same file twice is one version."""
    held = Initiative.objects.select_for_update(of=("self",)).filter(pk=initiative.pk).first()
    if held is None:
        raise NotFound
    if not may_receive(held, actor):
        raise Refused(f"You may not load plans for {held}.")
    file_digest = store.put(content)
    document_digest = store.put(zlib.compress(to_json(schedule).encode("utf-8", "surrogatepass"), 6))
    live = Plan.objects.filter(initiative=held, is_live=True).first()
    if live is not None and (live.file_digest, live.document_digest) == (file_digest, document_digest):
        return live
    if live is not None:
        derive(
            PlanRegister,
            live,
            {"is_live": False, "state": "superseded"},
            actor,
            verb="supersede",
            reason=f"Version {live.number + 1} arrived.",
        )
    plan = new_version(held, schedule, file_name, file_digest, document_digest, live, [*schedule.warnings, *warnings])
    add_activities(plan, schedule)
    performing.keep(plan, schedule)
    keeping.keep(plan, schedule)
    explanation = Explanation(lambda: earlier(live), schedule)
    introduce(PlanRegister, [plan], actor, reason=f"Loaded from {plan.file_name}.{explanation.of_last_finish()}")
    feeds.refresh(plan, actor, explanation)
    return plan


def new_version(
    initiative: Initiative,
    schedule: Schedule,
    file_name: str,
    file_digest: str,
    document_digest: str,
    live: Plan | None,
    warnings: list[str],
) -> Plan:
    number = live.number + 1 if live else 1
    plan = Plan(
        initiative=initiative,
        title=f"{initiative.code} plan, version {number}",
        number=number,
        state="received",
        source=Source.IMPORTED,
        marking=initiative.marking,
        file_name=file_name[-200:],
        file_digest=file_digest,
        document_digest=document_digest,
        project_name=clean(schedule.name or schedule.title, 200),
        application=clean(f"{schedule.application} {schedule.file_type}".strip(), 60),
        status_date=make_aware(schedule.status_date) if schedule.status_date else None,
        starts_on=schedule.start.date() if schedule.start else None,
        finishes_on=finish_of(schedule),
        activity_count=sum(is_row(activity) for activity in schedule.activities),
        link_count=len(schedule.links),
        external_count=len(schedule.external_links),
        resource_count=len(schedule.resources),
        warnings=warnings[:200],
    )
    plan.ref = numbering.free_reference(PlanRegister, plan)
    plan.save(force_insert=True)
    return plan


def finish_of(schedule: Schedule) -> date | None:
    finishes = [activity.finish for activity in schedule.activities if activity.finish and is_row(activity)]
    latest = max(finishes, default=schedule.finish)
    return latest.date() if latest else None


def is_row(activity: FileActivity) -> bool:
    return not activity.project_summary and not activity.external and activity.active


def code_of(activity: FileActivity) -> str:
    """The code by which people name the activity: the planner's own, else its outline number, else its id."""
    return clean(activity.activity_id or activity.wbs or str(activity.id or activity.uid), 80)


def clean(text: str, length: int) -> str:
    """Without the characters that no database column takes."""
    return "".join(letter for letter in text if letter.isprintable() and not "\ud800" <= letter <= "\udfff").strip()[:length]


def add_activities(plan: Plan, schedule: Schedule) -> None:
    rows = (row(plan, place, activity) for place, activity in enumerate(schedule.activities) if is_row(activity))
    while batch := list(islice(rows, 1000)):
        Activity.objects.bulk_create(batch)


def row(plan: Plan, place: int, activity: FileActivity) -> Activity:
    baseline = next((found for found in activity.baselines if found.number == 0), None)
    moments = {
        "start": activity.start,
        "finish": activity.finish,
        "baseline_start": baseline and baseline.start,
        "baseline_finish": baseline and baseline.finish,
    }
    return Activity(
        plan=plan,
        uid=str(activity.uid),
        code=code_of(activity),
        name=clean(activity.name, 250),
        outline=min(max(activity.outline_level, 0), 32000),
        position=place,
        is_summary=activity.summary,
        is_milestone=activity.milestone,
        percent=Decimal(str(round(min(max(activity.percent_complete or 0, 0), 100), 2))),
        **{name: make_aware(moment) if moment else None for name, moment in moments.items()},
    )


def schedule_of(plan: Plan) -> Schedule:
    """The whole content of a version, as it was read."""
    return document(plan.document_digest)


def earlier(live: Plan | None) -> Schedule | None:
    """The content of the version before; that it is damaged is told by `mainstay verify` and keeps no plan out."""
    try:
        return schedule_of(live) if live is not None else None
    except store.StoreError:
        return None


def document(digest: str) -> Schedule:
    """The content that is kept under a digest."""
    return from_json(zlib.decompress(store.get(digest)))
