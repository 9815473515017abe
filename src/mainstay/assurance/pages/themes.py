"""Recommendations of a programme by theme and quarter, and how they stand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainstay.assurance import standing
from mainstay.assurance.recommendation.register import RecommendationRegister
from mainstay.initiatives.finding import initiative_for, way_to
from mainstay.register.requests import actor_of, asks


@require_safe
@asks("assurance.recommendation:view")
def themes(request: HttpRequest, pk: int) -> HttpResponse:
    place = initiative_for(request, pk, RecommendationRegister)
    account, today = actor_of(request).account, timezone.localdate()
    rows = standing.rows_of(place, account)
    quarters, found = standing.themes(rows)
    late = [row for row in rows if row.state in standing.OPEN and row.do_by and row.do_by < today]
    context = {
        "title": _("Recommendations of %(place)s by theme") % {"place": place.title},
        "breadcrumbs": way_to(account, place),
        "marking": place.marking,
        "initiative": place,
        "quarters": quarters,
        "themes": found,
        "standing": standing.standing_of(rows, today),
        "late": sorted(late, key=lambda row: row.do_by)[:50],
        "url": f"{RecommendationRegister.url('list')}?in={place.pk}",
    }
    return render(request, "assurance/themes.html", context)
