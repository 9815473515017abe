"""The assurance map of a programme as a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainstay.assurance.coverage.mapping import mapped
from mainstay.assurance.coverage.register import CoverageRegister
from mainstay.initiatives.finding import initiative_for, way_to
from mainstay.register.access import below, may, visible_to
from mainstay.register.requests import actor_of, asks

MOST = 1_000


@require_safe
@asks("assurance.coverage:view")
def coverage(request: HttpRequest, pk: int) -> HttpResponse:
    place = initiative_for(request, pk, CoverageRegister)
    account = actor_of(request).account
    rows = visible_to(account, CoverageRegister).filter(below("initiative__path", [place.path]), is_withdrawn=False)
    lines, subjects = mapped(rows.order_by("title", "pk")[:MOST])
    context = {
        "title": _("Assurance map of %(place)s") % {"place": place.title},
        "breadcrumbs": way_to(account, place),
        "marking": place.marking,
        "initiative": place,
        "lines": lines,
        "subjects": subjects,
        "gaps": sum(one.is_gap for one in subjects),
        "twice": sum(one.is_twice for one in subjects),
        "may_add": may(account, "create", CoverageRegister),
        "url": f"{CoverageRegister.url('list')}?in={place.pk}",
    }
    return render(request, "assurance/map.html", context)
