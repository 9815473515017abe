"""The page of a commission's returns beyond the first few that its record shows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainstay.register.access import visible_to
from mainstay.register.asat import refuse_past
from mainstay.register.errors import NotFound
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.register.trail import Crumb, crumbs
from mainstay.register.typed import whole_number
from mainstay.reporting.commission.register import CommissionRegister
from mainstay.reporting.cycle import chase, collecting

LONGEST_PAGE = 5


@require_safe
@asks("reporting.commission:view")
def collected(request: HttpRequest, pk: int) -> HttpResponse:
    account = actor_of(request).account
    commission = visible_to(account, CommissionRegister).filter(pk=pk, is_withdrawn=False).select_related("initiative").first()
    if commission is None:
        raise NotFound
    refuse_past(seen_at(request))
    found = collecting.collected(commission, account, number(request.GET.get("page", "")))
    context = {
        "title": _("Returns: %(title)s") % {"title": commission.title},
        "breadcrumbs": [
            *crumbs(CommissionRegister, account, commission),
            Crumb(commission.ref, CommissionRegister.url("detail", commission)),
        ],
        "found": found,
        "legend": chase.legend(),
        **pages(commission.pk, found),
    }
    return render(request, "reporting/collected.html", context)


def number(text: str) -> int:
    return max(whole_number(text, LONGEST_PAGE) or 1, 1)


def pages(pk: int, found: collecting.Collected) -> dict[str, str]:
    """The addresses of the pages before and after, as far as there are any."""
    base = reverse("reporting.collected", args=[pk])
    return {
        "previous_url": f"{base}?page={found.page - 1}" if found.page > 1 else "",
        "next_url": f"{base}?page={found.page + 1}" if found.last < found.total else "",
    }


urlpatterns: list[URLPattern] = [path("reporting/commissions/<int:pk>/returns/", collected, name="reporting.collected")]
