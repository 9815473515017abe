"""What moved between two versions of a plan, on a page: counts on top that filter, then one row for each activity."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from mainstay.planning.models import Plan
from mainstay.planning.movement import Kind, Movement, baselines, movement
from mainstay.planning.movement.likeness import Likeness, likenesses
from mainstay.planning.movement.matching import code_of, pairs
from mainstay.planning.pages.version import ROWS, frame, pagination, plan_of, versions_of
from mainstay.planning.plan.register import PlanRegister
from mainstay.planning.plan.sameness import SaidOfActivities, said
from mainstay.planning.receiving import document, may_receive
from mainstay.register import words
from mainstay.register.asat import refuse_past
from mainstay.register.errors import NotFound
from mainstay.register.history import Actor, Event, record_event
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.render import typography

MANY = 20
"""More than the baselines that a plan can carry."""
KINDS = {
    Kind.ADDED: gettext_lazy("Added"),
    Kind.DELETED: gettext_lazy("Deleted"),
    Kind.LATER: gettext_lazy("Later"),
    Kind.EARLIER: gettext_lazy("Earlier"),
    Kind.ESTIMATED: gettext_lazy("Re-estimated"),
    Kind.LINKED: gettext_lazy("Re-linked"),
    Kind.PROGRESSED: gettext_lazy("Progressed"),
    Kind.RENAMED: gettext_lazy("Renamed"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of two plans that are compared: a version, or a baseline that a version carries."""

    key: str
    name: str
    label: str
    digest: str
    order: tuple[int, int]
    """The earlier of two comes first: a baseline lies before the version that carries it."""
    baseline: int | None = None


@require_safe
@asks("planning.plan:view")
def moved(request: HttpRequest, pk: int) -> HttpResponse:
    """From the version before, or from that of `?with=`; always from the earlier to the later of the two."""
    plan = plan_of(request, pk)
    own, others = side(plan), sides(request, plan)
    told = request.GET.get("with", "")
    other = next((one for one in others if one.key == told), None)
    if told and other is None:
        raise NotFound
    before = next((one for one in others if one.order < own.order and one.baseline is None), None)
    other = other or before or (others[0] if others else None)
    may_say = seen_at(request) is None and may_receive(plan.initiative, actor_of(request))
    context = frame(request, plan, "movement") | {"others": others, "other": other, "may_say": may_say}
    if other is not None:
        then, now = sorted((own, other), key=lambda one: one.order)
        context |= between(request, then, now, other)
    return render(request, "planning/movement.html", context)


@require_POST
@asks("planning.plan:import")
def say_same(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who may load plans says of two activities that they are the same, or that they are not; told in the plan's history."""
    plan, actor = plan_of(request, pk), actor_of(request)
    refuse_past(seen_at(request))
    other = next((one for one in sides(request, plan) if one.key == request.POST.get("with", "") and one.baseline is None), None)
    if other is None or not may_receive(plan.initiative, actor) or actor.account is None:
        raise NotFound
    then, now = sorted((side(plan), other), key=lambda one: one.order)
    same, told = said(then.digest, now.digest)
    chosen = f"{request.POST.get('then', '')}:{request.POST.get('now', '')}"
    found = next((one for one in alike(then.digest, now.digest, same, told) if f"{one.then.uid}:{one.now.uid}" == chosen), None)
    if found is not None:
        is_same = request.POST.get("is") == "same"
        keep(found, then.digest, now.digest, is_same=is_same, actor=actor, plan=plan)
    return redirect(f"{reverse('planning.movement', args=[plan.pk])}?with={other.key}")


@transaction.atomic
def keep(found: Likeness, then: str, now: str, *, is_same: bool, actor: Actor, plan: Plan) -> None:
    """Said twice at the same moment, it is said once."""
    values = {"is_same": is_same, "by": actor.account}
    names = {"then": then, "now": now, "uid_then": found.then.uid, "uid_now": found.now.uid}
    _row, is_new = SaidOfActivities.objects.get_or_create(**names, defaults=values)
    if is_new:
        words_of = {"then": f"{code_of(found.then)} {found.then.name}", "now": f"{code_of(found.now)} {found.now.name}"}
        text = _("%(then)s is now %(now)s.") if is_same else _("%(then)s is not %(now)s.")
        record_event(Event(PlanRegister.key, "match", plan.pk, plan.ref, plan.initiative.path, reason=(text % words_of)[:500]), actor)


def side(plan: Plan) -> Side:
    name = _("version %(number)d") % {"number": plan.number}
    status = _("status %(day)s") % {"day": words.day(localdate(plan.status_date))} if plan.status_date else ""
    label = ", ".join(filter(None, (name, plan.file_name, status)))
    return Side(str(plan.pk), name, label, plan.document_digest, (plan.number, 0))


def sides(request: HttpRequest, plan: Plan) -> list[Side]:
    """What the plan can be compared with: the other versions, its own baselines, and the first baseline that ever arrived."""
    versions = versions_of(actor_of(request).account, plan)
    found = [side(row) for row in versions if row.pk != plan.pk]
    held = baselines_in(plan.document_digest)
    for number in held:
        text = _("the baseline of version %(number)d") if number == 0 else _("baseline %(baseline)d of version %(number)d")
        label = text % {"number": plan.number, "baseline": number}
        found.append(Side(f"b{number}", label, label, plan.document_digest, (plan.number, number - MANY), number))
    first = versions[-1] if versions else plan
    if first.pk != plan.pk and 0 in baselines_in(first.document_digest):
        label = _("the original baseline, of version %(number)d") % {"number": first.number}
        found.append(Side("original", label, label, first.document_digest, (first.number, -2 * MANY), 0))
    return found


@lru_cache(maxsize=64)
def baselines_in(digest: str) -> tuple[int, ...]:
    return tuple(baselines.numbers(document(digest)))


def between(request: HttpRequest, then: Side, now: Side, other: Side) -> dict[str, Any]:
    same, told = said(then.digest, now.digest)
    found = moved_between(then.digest, now.digest, then.baseline, tuple(sorted(same.items())))
    kind = request.GET.get("kind", "")
    kind = kind if kind in set(Kind) else ""
    changes = [change for change in found.changes if not kind or kind in change.kinds]
    page = Paginator(changes, ROWS).get_page(request.GET.get("page", "1"))
    filters = [("", _("All"), len(found.changes)), *((key, label, found.counts[key]) for key, label in KINDS.items())]
    return {
        "then": then,
        "now": now,
        "kind": kind,
        "kinds": [
            {"label": label, "url": f"?with={other.key}&kind={key}", "current": key == kind, "count": words.number(count)}
            for key, label, count in filters
            if count or not key
        ],
        "rows": [(change, [KINDS[each] for each in change.kinds]) for change in page.object_list],
        "pagination": pagination(page, {"with": other.key, "kind": kind}),
        "figures": figures(found, then, now),
        "unchanged": found.unchanged,
        "alike": [] if then.baseline is not None else [(one, round(100 * one.share)) for one in alike(then.digest, now.digest, same, told)],
    }


@lru_cache(maxsize=8)
def moved_between(then: str, now: str, baseline: int | None = None, same: tuple[tuple[int, int], ...] = ()) -> Movement:
    """By the digests of the contents, under which nothing ever changes; from a baseline of the earlier where one is named."""
    earlier = document(then)
    return movement(earlier if baseline is None else baselines.as_baselined(earlier, baseline), document(now), dict(same))


def alike(then: str, now: str, same: Mapping[int, int], told: set[tuple[int, int]]) -> list[Likeness]:
    """Deleted and added activities that may be the same, and of which nobody has said anything yet."""
    found = could_be_same(then, now, tuple(sorted(same.items())))
    return [one for one in found if (one.then.uid, one.now.uid) not in told]


@lru_cache(maxsize=8)
def could_be_same(then: str, now: str, same: tuple[tuple[int, int], ...]) -> list[Likeness]:
    earlier, later = document(then), document(now)
    return likenesses(earlier, later, pairs(earlier, later, dict(same)))


def figures(found: Movement, then: Side, now: Side) -> list[dict[str, Any]]:
    """What the component `figures` takes."""
    versions = _("%(then)s to %(now)s") % {"then": then.name, "now": now.name}
    slip = found.slip_days or 0
    return [
        {
            "label": _("Last finish"),
            "value": words.day(found.finish_now.date()) if found.finish_now else "–",
            "source": _("before: %(day)s") % {"day": words.day(found.finish_then.date()) if found.finish_then else "–"},
            "delta": {
                "text": typography.days(round(slip, 1), "wd"),
                "sense": "same" if not slip else "worse" if slip > 0 else "better",
                "direction": "up" if slip > 0 else "down",
            },
        },
        {
            "label": _("Activities that moved"),
            "value": words.number(len(found.changes)),
            "unit": _("of %(n)s") % {"n": words.number(found.count_now)},
            "source": versions,
        },
        {
            "label": _("Status date"),
            "value": words.day(found.status_now.date()) if found.status_now else "–",
            "source": _("before: %(day)s") % {"day": words.day(found.status_then.date()) if found.status_then else "–"},
        },
    ]
