"""Lessons and calibration: ratings beside outcomes, what reviews cost, what owners say, and what has been recommended before."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainstay.assurance import calibrating, lists
from mainstay.assurance.recommendation.register import RecommendationRegister
from mainstay.assurance.review.register import ReviewRegister
from mainstay.initiatives.finding import initiative_for, way_to
from mainstay.register.access import below, visible_to
from mainstay.register.requests import actor_of, asks

BEGUN = ("under_way", "draft", "factual", "issued", "closed")
MOST, MOST_SAID = 2_000, 20


@require_safe
@asks("assurance.review:view")
def lessons(request: HttpRequest, pk: int) -> HttpResponse:
    place = initiative_for(request, pk, ReviewRegister)
    account = actor_of(request).account
    inside = below("initiative__path", [place.path])
    seen = visible_to(account, ReviewRegister).filter(inside, is_withdrawn=False, state__in=BEGUN)
    reviews = list(seen.select_related("initiative").order_by("-starts_on", "-pk")[:MOST])
    advice = visible_to(account, RecommendationRegister).filter(inside, is_withdrawn=False, is_released=True)
    repeated = advice.exclude(repeats=None).order_by().values_list("category").annotate(count=Count("pk"))
    names = dict(lists.category_choices())
    context = {
        "title": _("Lessons and calibration of %(place)s") % {"place": place.title},
        "breadcrumbs": way_to(account, place),
        "marking": place.marking,
        "initiative": place,
        "rated": calibrating.rated(reviews),
        "spent": calibrating.spent(reviews),
        "said": [one for one in reviews if one.satisfaction_why][:MOST_SAID],
        "repeated": sorted(((names.get(key, key), count) for key, count in repeated), key=lambda one: (-one[1], one[0])),
        "unjudged": sum(bool(one.rating) and not one.outcome for one in reviews),
    }
    return render(request, "assurance/lessons.html", context)
