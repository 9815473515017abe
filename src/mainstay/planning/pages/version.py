"""One version of a plan on a page of its own: its activities, and where it comes from; and the frame of its other pages."""

from typing import Any, cast
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mainstay.accounts.models import Account
from mainstay.planning.models import Activity, Plan
from mainstay.planning.pages.provenance import facts_of
from mainstay.planning.plan.register import PlanRegister
from mainstay.register import words
from mainstay.register.access import visible_to
from mainstay.register.errors import NotFound
from mainstay.register.requests import actor_of, asks
from mainstay.register.trail import Crumb, crumbs

ROWS = 200
LONGEST_SEARCH = 80
SHOWN = {
    "all": gettext_lazy("All activities"),
    "open": gettext_lazy("Not finished"),
    "milestones": gettext_lazy("Milestones"),
    "summaries": gettext_lazy("Summaries"),
}


def plan_of(request: HttpRequest, pk: int) -> Plan:
    """The version, where its reader may see it; else it does not exist for them."""
    found = visible_to(actor_of(request).account, PlanRegister).select_related("initiative").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return cast("Plan", found)


def versions_of(account: Account | None, plan: Plan) -> list[Plan]:
    """All versions of the same initiative's plan that the reader may see, the newest first."""
    rows = visible_to(account, PlanRegister).filter(initiative=plan.initiative, is_withdrawn=False)
    return list(rows.select_related("initiative").order_by("-number"))


def frame(request: HttpRequest, plan: Plan, tab: str) -> dict[str, Any]:
    """Title, way, tabs and state of each page of a version."""
    account = actor_of(request).account
    pages = (
        ("activities", _("Activities"), "planning.version"),
        ("findings", _("What the check finds"), "planning.findings"),
        ("health", _("Health"), "planning.health"),
        ("earned", _("Earned value"), "planning.earned"),
        ("movement", _("What moved"), "planning.movement"),
    )
    return {
        "title": _("%(plan)s, version %(number)s") % {"plan": plan.initiative.title, "number": plan.number},
        "plan": plan,
        "record_url": PlanRegister.url("detail", plan),
        "marking": plan.get_marking_display(),
        "breadcrumbs": [*crumbs(PlanRegister, account, plan), Crumb(str(plan.ref), PlanRegister.url("detail", plan))],
        "tabs": [
            {"label": label, "url": reverse(name, args=[plan.pk]), "current": key == tab, "count": None} for key, label, name in pages
        ],
    }


@require_safe
@asks("planning.plan:view")
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """The activities as the file has them, found by code or name."""
    plan = plan_of(request, pk)
    wanted = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_SEARCH]
    show = request.GET.get("show", "all")
    show = show if show in SHOWN else "all"
    rows = chosen(plan, wanted, show)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page", "1"))
    context = frame(request, plan, "activities") | {
        "rows": [(row, "\u2003" * min(max(row.outline - 1, 0), 8)) for row in page.object_list],
        "pagination": pagination(page, {"q": wanted, "show": show}),
        "q": wanted,
        "show": show,
        "shown": SHOWN,
        "count_words": _("%(n)s of %(of)s activities") % {"n": words.number(page.paginator.count), "of": words.number(plan.activity_count)},
        "facts": facts_of(plan),
        "warnings": plan.warnings,
    }
    return render(request, "planning/version.html", context)


def chosen(plan: Plan, wanted: str, show: str) -> QuerySet[Activity]:
    rows = plan.activities.order_by("position")
    if wanted:
        rows = rows.filter(Q(code__icontains=wanted) | Q(name__icontains=wanted))
    if show == "open":
        rows = rows.filter(percent__lt=100, is_summary=False)
    if show in ("milestones", "summaries"):
        rows = rows.filter(**{"is_milestone" if show == "milestones" else "is_summary": True})
    return rows


def pagination(page: Page[Any], kept: dict[str, str]) -> dict[str, Any]:
    """What the component `pagination` takes."""
    query = {name: value for name, value in kept.items() if value}
    return {
        "first": page.start_index(),
        "last": page.end_index(),
        "total": page.paginator.count,
        "previous_url": "?" + urlencode({**query, "page": page.previous_page_number()}) if page.has_previous() else "",
        "next_url": "?" + urlencode({**query, "page": page.next_page_number()}) if page.has_next() else "",
    }
