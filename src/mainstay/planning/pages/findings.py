"""What the check finds in one version of a plan, and, of the live one, whether it goes together with the plans of its programme."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mainstay.accounts.models import Account
from mainstay.initiatives.models import Initiative
from mainstay.planning import viewing
from mainstay.planning.calculations import calculated
from mainstay.planning.checking import Finding, check
from mainstay.planning.models import Plan
from mainstay.planning.pages import circles
from mainstay.planning.pages.version import frame, plan_of
from mainstay.planning.receiving import document
from mainstay.register.requests import actor_of, asks

NAMED = 12
"""Activities named beside a finding; the search finds the others."""


@require_safe
@asks("planning.plan:view")
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_of(request, pk)
    rows = checked(plan.document_digest)
    context = frame(request, plan, "findings") | {
        "findings": [(finding, finding.activities[:NAMED], finding.count - min(len(finding.activities), NAMED)) for finding in rows],
        "circles": between(actor_of(request).account, plan) if plan.is_live and not plan.is_withdrawn else [],
        "activities_url": reverse("planning.version", args=[plan.pk]),
    }
    return render(request, "planning/findings.html", context)


@lru_cache(maxsize=32)
def checked(document_digest: str) -> tuple[Finding, ...]:
    """What lies under a digest never changes, so that its findings do not either."""
    return check(document(document_digest))


def between(account: Account | None, plan: Plan) -> list[circles.Told]:
    """The circles that this plan is part of, in the integrated plan of its programme."""
    found = calculated(programme_of(plan.initiative))
    own = next((place for place, project in enumerate(found.programme.projects) if project.plan == plan.pk), None)
    return [] if own is None else circles.told(account, found, viewing.visible_projects(account, found), own)


def programme_of(place: Initiative) -> Initiative:
    """The nearest programme at or above, else the initiative itself."""
    step: Initiative | None = place
    while step is not None and step.kind != "programme":
        step = step.parent
    return step or place
