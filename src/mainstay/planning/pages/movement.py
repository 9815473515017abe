"""What moved between two versions of a plan, on a page: counts on top that filter, then one row for each activity."""

from functools import lru_cache
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mainstay.planning.models import Plan
from mainstay.planning.movement import Kind, Movement, movement
from mainstay.planning.pages.version import ROWS, frame, pagination, plan_of, versions_of
from mainstay.planning.receiving import document
from mainstay.register import words
from mainstay.register.errors import NotFound
from mainstay.register.requests import actor_of, asks
from mainstay.render import typography

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


@require_safe
@asks("planning.plan:view")
def moved(request: HttpRequest, pk: int) -> HttpResponse:
    """From the version before, or from that of `?with=`; always from the earlier to the later of the two."""
    plan = plan_of(request, pk)
    others = [row for row in versions_of(actor_of(request).account, plan) if row.pk != plan.pk]
    told = request.GET.get("with", "")
    other = next((row for row in others if str(row.pk) == told), None)
    if told and other is None:
        raise NotFound
    other = other or next((row for row in others if row.number < plan.number), None) or (others[-1] if others else None)
    context = frame(request, plan, "movement") | {"others": others, "other": other}
    if other is not None:
        then, now = sorted((plan, other), key=lambda row: row.number)
        context |= between(request, then, now, other)
    return render(request, "planning/movement.html", context)


def between(request: HttpRequest, then: Plan, now: Plan, other: Plan) -> dict[str, Any]:
    found = moved_between(then.document_digest, now.document_digest)
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
            {"label": label, "url": f"?with={other.pk}&kind={key}", "current": key == kind, "count": words.number(count)}
            for key, label, count in filters
            if count or not key
        ],
        "rows": [(change, [KINDS[each] for each in change.kinds]) for change in page.object_list],
        "pagination": pagination(page, {"with": str(other.pk), "kind": kind}),
        "figures": figures(found, then, now),
        "unchanged": found.unchanged,
    }


@lru_cache(maxsize=8)
def moved_between(then: str, now: str) -> Movement:
    """By the digests of the contents, under which nothing ever changes."""
    return movement(document(then), document(now))


def figures(found: Movement, then: Plan, now: Plan) -> list[dict[str, Any]]:
    """What the component `figures` takes."""
    versions = _("version %(then)s to version %(now)s") % {"then": then.number, "now": now.number}
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
