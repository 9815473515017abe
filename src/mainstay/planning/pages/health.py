"""The health of one version of a plan: the fourteen points, the ten practices, and the score of every version before."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainstay.formats.schedule import Schedule
from mainstay.planning.health import keeping
from mainstay.planning.health.assessment import Health, assess
from mainstay.planning.health.point import STANDARD, Limits, Point
from mainstay.planning.models import Plan
from mainstay.planning.pages.version import frame, plan_of, versions_of
from mainstay.planning.receiving import document, schedule_of
from mainstay.register import store
from mainstay.register.requests import actor_of, asks

NAMED = 8
"""Activities named beside a point; the search finds the others."""
VERSIONS = 12


@require_safe
@asks("planning.plan:view")
def health(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_of(request, pk)
    limits = keeping.limits_for(plan.initiative)
    found = assessed(plan.document_digest, limits)
    versions = versions_of(actor_of(request).account, plan)[:VERSIONS]
    scores = keeping.of(versions, content)
    context = frame(request, plan, "health") | {
        "health": found,
        "points": [(point, value(point), limit(point), point.activities[:NAMED], rest(point)) for point in found.points],
        "versions": [(row, scores.get(row.pk)) for row in versions],
        "activities_url": reverse("planning.version", args=[plan.pk]),
        "standard": STANDARD,
        "has_own_limits": limits != Limits(),
    }
    return render(request, "planning/health.html", context)


@lru_cache(maxsize=32)
def assessed(document_digest: str, limits: Limits) -> Health:
    """What lies under a digest never changes, so that by the same limits its health does not either."""
    return assess(document(document_digest), limits)


def content(plan: Plan) -> Schedule | None:
    """Of a version that is damaged there is none; `mainstay verify` tells of it."""
    try:
        return schedule_of(plan)
    except store.StoreError:
        return None


def value(point: Point) -> str:
    if point.code == "path_test":
        return "–" if point.count is None else _("%(moved)s of %(added)s wd") % {"moved": f"{point.count:,}", "added": f"{point.of or 0:,}"}
    if point.value is None:
        return "–"
    return f"{point.value:.2f}" if point.is_index else f"{point.value:.1f} %"


def limit(point: Point) -> str:
    if point.limit is None:
        return "–"
    text = f"{point.limit:g}" if point.is_index else f"{point.limit:g} %"
    return (_("at least %(limit)s") if point.is_least else _("at most %(limit)s")) % {"limit": text}


def rest(point: Point) -> int:
    """How many were found beside those that are named."""
    named = len(point.activities[:NAMED])
    return max(len(point.activities) - named, 0)
